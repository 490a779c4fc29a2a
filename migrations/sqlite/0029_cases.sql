CREATE TABLE `cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`case_id` text NOT NULL,
	`drawn` text NOT NULL,
	`events` text NOT NULL,
	`count` integer NOT NULL,
	`started_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cases_person` ON `cases` (`person_id`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `cases_team` ON `cases` (`team_id`);--> statement-breakpoint
CREATE INDEX `cases_old` ON `cases` (`touched_at`);