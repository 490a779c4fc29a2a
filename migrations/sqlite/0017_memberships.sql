CREATE TABLE `memberships` (
	`person_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`chosen_at` integer,
	PRIMARY KEY(`person_id`, `workspace_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_workspace` ON `memberships` (`workspace_id`);