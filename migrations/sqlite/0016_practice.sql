CREATE TABLE `card_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`card` text NOT NULL,
	`key` text NOT NULL,
	`what` text NOT NULL,
	`share` integer,
	`before` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `card_steps_once` ON `card_steps` (`person_id`,`key`);--> statement-breakpoint
CREATE INDEX `card_steps_card` ON `card_steps` (`person_id`,`card`,`id`);--> statement-breakpoint
CREATE INDEX `card_steps_newest` ON `card_steps` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`person_id` text NOT NULL,
	`card` text NOT NULL,
	`chapter` integer,
	`state` text NOT NULL,
	`due_on` integer NOT NULL,
	`stability` real,
	`difficulty` real,
	`reviewed_on` integer,
	PRIMARY KEY(`person_id`, `card`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cards_due` ON `cards` (`person_id`,`state`,`due_on`,`reviewed_on`,`stability`,`card`);--> statement-breakpoint
CREATE TABLE `practices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `practices_person` ON `practices` (`person_id`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `practices_team` ON `practices` (`team_id`);--> statement-breakpoint
INSERT INTO `cards` (`person_id`, `card`, `state`, `due_on`) SELECT `person_id`, `question_id`, 'active', `at` / 86400000 FROM `reviews`;--> statement-breakpoint
DROP TABLE `reviews`;--> statement-breakpoint
ALTER TABLE `people` ADD `daily_cards` integer DEFAULT 20 NOT NULL;