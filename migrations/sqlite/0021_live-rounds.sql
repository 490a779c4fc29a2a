CREATE TABLE `live_answers` (
	`round_id` integer NOT NULL,
	`number` integer NOT NULL,
	`person_id` text NOT NULL,
	`choice` text NOT NULL,
	`is_right` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `number`, `person_id`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `live_answers_person` ON `live_answers` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_players` (
	`round_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `person_id`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `live_players_person` ON `live_players` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_questions` (
	`round_id` integer NOT NULL,
	`number` integer NOT NULL,
	`question_id` text NOT NULL,
	`question` text NOT NULL,
	PRIMARY KEY(`round_id`, `number`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `live_rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`thread` text,
	`host_id` text,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`left_ms` integer,
	`due_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`host_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_rounds_open` ON `live_rounds` (`team_id`,`platform`,`channel`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `live_rounds_due` ON `live_rounds` (`due_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `live_rounds_ended` ON `live_rounds` (`ended_at`);--> statement-breakpoint
CREATE INDEX `live_rounds_team` ON `live_rounds` (`team_id`);--> statement-breakpoint
CREATE INDEX `live_rounds_host` ON `live_rounds` (`host_id`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `live_id` integer REFERENCES live_rounds(id) ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `outbox_live` ON `outbox` (`live_id`);