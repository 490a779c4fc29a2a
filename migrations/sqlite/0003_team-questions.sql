CREATE TABLE `own_questions` (
	`team_id` text NOT NULL,
	`question_id` text NOT NULL,
	`question` text,
	`state` text NOT NULL,
	`author_id` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `question_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `own_questions_author` ON `own_questions` (`author_id`);--> statement-breakpoint
CREATE TABLE `reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`question_id` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`answer` text,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`team_id`,`person_id`,`question_id`,`version`,`text`);--> statement-breakpoint
CREATE INDEX `reports_state` ON `reports` (`team_id`,`state`);--> statement-breakpoint
CREATE INDEX `reports_person` ON `reports` (`person_id`);--> statement-breakpoint
CREATE TABLE `suggestions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`author_id` text NOT NULL,
	`question_id` text NOT NULL,
	`draft` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`platform` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suggestions_once` ON `suggestions` (`team_id`,`question_id`,`author_id`);--> statement-breakpoint
CREATE INDEX `suggestions_waiting` ON `suggestions` (`team_id`,`state`);--> statement-breakpoint
CREATE INDEX `suggestions_author` ON `suggestions` (`author_id`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `from_id` text REFERENCES people(id) ON UPDATE no action ON DELETE cascade;--> statement-breakpoint
ALTER TABLE `teams` ADD `overlay_change` integer DEFAULT 0 NOT NULL;