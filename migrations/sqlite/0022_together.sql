CREATE TABLE `badges` (
	`team_id` text NOT NULL,
	`season` text NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	PRIMARY KEY(`team_id`, `season`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `badges_person` ON `badges` (`person_id`);--> statement-breakpoint
CREATE TABLE `digests` (
	`team_id` text NOT NULL,
	`what` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`next_due_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `what`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `digests_due` ON `digests` (`next_due_at`);--> statement-breakpoint
CREATE TABLE `group_members` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`group_id` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `group_members_group` ON `group_members` (`group_id`);--> statement-breakpoint
CREATE INDEX `group_members_person` ON `group_members` (`person_id`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_name` ON `groups` (`team_id`,`name`);--> statement-breakpoint
CREATE TABLE `reminders` (
	`person_id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`about` text NOT NULL,
	`time` text NOT NULL,
	`quiet_from` text NOT NULL,
	`quiet_until` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`next_due_at` integer,
	`last_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `reminders_due` ON `reminders` (`next_due_at`);--> statement-breakpoint
CREATE INDEX `reminders_team` ON `reminders` (`team_id`);--> statement-breakpoint
CREATE TABLE `__new_sums` (
	`team_id` text NOT NULL,
	`period` text NOT NULL,
	`starts_on` text NOT NULL,
	`chapter` integer DEFAULT 0 NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	`questions` integer NOT NULL,
	`is_hidden` integer NOT NULL,
	PRIMARY KEY(`team_id`, `period`, `starts_on`, `chapter`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_sums`("team_id", "period", "starts_on", "chapter", "person_id", "quarters", "questions", "is_hidden") SELECT "team_id", "period", "starts_on", 0, "person_id", "quarters", "questions", "is_hidden" FROM `sums`;--> statement-breakpoint
DROP TABLE `sums`;--> statement-breakpoint
ALTER TABLE `__new_sums` RENAME TO `sums`;--> statement-breakpoint
CREATE INDEX `sums_rank` ON `sums` (`team_id`,`period`,`starts_on`,`chapter`,`is_hidden`,"quarters" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `sums_person` ON `sums` (`person_id`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `standings` ADD `group_id` integer;--> statement-breakpoint
CREATE INDEX `standings_group` ON `standings` (`group_id`,`is_hidden`,"quarters" desc) WHERE group_id is not null;--> statement-breakpoint
ALTER TABLE `teams` ADD `boards` text DEFAULT 'names' NOT NULL;--> statement-breakpoint
ALTER TABLE `teams` ADD `season_ended` text;