CREATE TABLE `contests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`question_id` text NOT NULL,
	`point_id` text NOT NULL,
	`person_id` text NOT NULL,
	`answer` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contests_once` ON `contests` (`question_id`,`point_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `contests_person` ON `contests` (`person_id`);--> statement-breakpoint
CREATE TABLE `interviews` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`origin` text NOT NULL,
	`channel` text NOT NULL,
	`thread` text,
	`plan` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	`score` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `interviews_person` ON `interviews` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_idle` ON `interviews` (`state`,`touched_at`);--> statement-breakpoint
CREATE INDEX `interviews_team` ON `interviews` (`team_id`);--> statement-breakpoint
CREATE TABLE `item_ratings` (
	`question_id` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL,
	`results` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person_ratings` (
	`person_id` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL,
	`results` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `turns` (
	`interview_id` integer NOT NULL,
	`number` integer NOT NULL,
	`turn` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`interview_id`, `number`),
	FOREIGN KEY (`interview_id`) REFERENCES `interviews`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `interview_id` integer REFERENCES interviews(id);