CREATE TABLE `known_before` (
	`code` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `known_before_until` ON `known_before` (`until`);--> statement-breakpoint
ALTER TABLE `saved_commands` ADD `used_at` integer;--> statement-breakpoint
CREATE INDEX `saved_commands_used` ON `saved_commands` (`used_at`);--> statement-breakpoint
CREATE INDEX `outbox_team` ON `outbox` (`team_id`);--> statement-breakpoint
CREATE INDEX `workspaces_team` ON `workspaces` (`team_id`);--> statement-breakpoint
CREATE INDEX `workspaces_left` ON `workspaces` (`left_at`);