CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `accounts_person` ON `accounts` (`person_id`);--> statement-breakpoint
CREATE TABLE `aids` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`, `kind`, `number`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `aids_person` ON `aids` (`person_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`try` integer NOT NULL,
	`answer` text NOT NULL,
	`is_right` integer NOT NULL,
	`share` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`, `try`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attempts_person` ON `attempts` (`person_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`taken_by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deliveries_at` ON `deliveries` (`at`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`post_id` integer NOT NULL,
	`quarters` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_key_unique` ON `ledger` (`key`);--> statement-breakpoint
CREATE INDEX `ledger_person` ON `ledger` (`team_id`,`person_id`,`post_id`);--> statement-breakpoint
CREATE INDEX `ledger_post` ON `ledger` (`post_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text,
	`platform` text NOT NULL,
	`what` text NOT NULL,
	`post_id` integer,
	`outgoing` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_tried_at` integer,
	`lease_until` integer,
	`message` text,
	`problem` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_post` ON `outbox` (`post_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_hidden` integer DEFAULT false NOT NULL,
	`zone` text,
	`created_at` integer NOT NULL,
	`greeted_at` integer
);
--> statement-breakpoint
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`schedule_id` integer NOT NULL,
	`team_id` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`question` text,
	`question_id` text,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`message` text,
	`thread` text,
	`due_at` integer NOT NULL,
	`posted_at` integer,
	`closes_at` integer,
	`closed_at` integer,
	`problem` text,
	FOREIGN KEY (`schedule_id`) REFERENCES `schedules`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slot` ON `posts` (`schedule_id`,`day`);--> statement-breakpoint
CREATE INDEX `posts_team` ON `posts` (`team_id`,`posted_at`);--> statement-breakpoint
CREATE INDEX `posts_open` ON `posts` (`closes_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `saved_commands` (
	`hash` text PRIMARY KEY NOT NULL,
	`run` text NOT NULL,
	`values` text
);
--> statement-breakpoint
CREATE TABLE `schedules` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`mix` text NOT NULL,
	`closes` text DEFAULT 'hours' NOT NULL,
	`state` text NOT NULL,
	`days_off` text NOT NULL,
	`starts_on` text NOT NULL,
	`keeper_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`keeper_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `schedules_team` ON `schedules` (`team_id`);--> statement-breakpoint
CREATE INDEX `schedules_state` ON `schedules` (`state`);--> statement-breakpoint
CREATE INDEX `schedules_keeper` ON `schedules` (`keeper_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `schedules_channel` ON `schedules` (`platform`,`channel`,`time`,`team_id`);--> statement-breakpoint
CREATE TABLE `standings` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	`is_hidden` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `standings_rank` ON `standings` (`team_id`,`is_hidden`,`quarters`,`person_id`);--> statement-breakpoint
CREATE INDEX `standings_person` ON `standings` (`person_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text DEFAULT 'UTC' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unranked` (
	`question_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`question_id`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `unranked_person` ON `unranked` (`person_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`left_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
