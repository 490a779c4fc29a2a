CREATE TABLE `setting_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`schedule` integer,
	`setting` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `setting_changes_team` ON `setting_changes` (`team_id`,`id`);--> statement-breakpoint
CREATE INDEX `setting_changes_person` ON `setting_changes` (`person_id`);--> statement-breakpoint
CREATE INDEX `setting_changes_old` ON `setting_changes` (`at`);