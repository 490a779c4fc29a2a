CREATE TABLE `sums` (
	`team_id` text NOT NULL,
	`period` text NOT NULL,
	`starts_on` text NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	`questions` integer NOT NULL,
	`is_hidden` integer NOT NULL,
	PRIMARY KEY(`team_id`, `period`, `starts_on`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sums_rank` ON `sums` (`team_id`,`period`,`starts_on`,`is_hidden`,"quarters" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `sums_person` ON `sums` (`person_id`);--> statement-breakpoint
DROP INDEX `schedules_state`;--> statement-breakpoint
ALTER TABLE `schedules` ADD `next_due_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `schedules_due` ON `schedules` (`state`,`next_due_at`);--> statement-breakpoint
DROP INDEX `attempts_person`;--> statement-breakpoint
CREATE INDEX `attempts_person` ON `attempts` (`person_id`,`try`,`post_id`,`is_right`);--> statement-breakpoint
DROP INDEX `posts_team`;--> statement-breakpoint
ALTER TABLE `posts` ADD `chapter` integer;--> statement-breakpoint
ALTER TABLE `posts` ADD `closed_on` text;--> statement-breakpoint
CREATE INDEX `posts_team` ON `posts` (`team_id`,`posted_at`,`state`,`is_rated`,`closed_at`);--> statement-breakpoint
DROP INDEX `standings_rank`;--> statement-breakpoint
ALTER TABLE `standings` ADD `answered` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `standings` ADD `first_try` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `standings_answered` ON `standings` (`team_id`,`is_hidden`,"answered" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `standings_rank` ON `standings` (`team_id`,`is_hidden`,"quarters" desc,`person_id`);