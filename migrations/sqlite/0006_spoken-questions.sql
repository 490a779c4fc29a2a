CREATE TABLE `reveals` (
	`post_id` integer PRIMARY KEY NOT NULL,
	`votes_until` integer NOT NULL,
	`due_at` integer,
	`draws` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `reveals_due` ON `reveals` (`due_at`);--> statement-breakpoint
CREATE TABLE `spoken_answers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`text` text NOT NULL,
	`grade` text NOT NULL,
	`ticked` text NOT NULL,
	`is_shown` integer DEFAULT true NOT NULL,
	`number` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spoken_answers_once` ON `spoken_answers` (`post_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `spoken_answers_number` ON `spoken_answers` (`post_id`,`number`);--> statement-breakpoint
CREATE INDEX `spoken_answers_person` ON `spoken_answers` (`person_id`);--> statement-breakpoint
CREATE TABLE `votes` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`answer_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`answer_id`) REFERENCES `spoken_answers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `votes_answer` ON `votes` (`answer_id`);--> statement-breakpoint
CREATE INDEX `votes_person` ON `votes` (`person_id`);--> statement-breakpoint
ALTER TABLE `posts` ADD `is_rated` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `schedules` ADD `spoken_day` integer;