CREATE TABLE `slack_installations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization` text,
	`sealed` text,
	`installed_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slack_installations_organization` ON `slack_installations` (`organization`);--> statement-breakpoint
CREATE TABLE `workspace_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`what` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `workspace_changes_workspace` ON `workspace_changes` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `workspace_changes_old` ON `workspace_changes` (`at`);--> statement-breakpoint
ALTER TABLE `workspaces` ADD `stopped_at` integer;