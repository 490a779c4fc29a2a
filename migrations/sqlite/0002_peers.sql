CREATE TABLE `calibrations` (
	`person_id` text NOT NULL,
	`sample_id` text NOT NULL,
	`given` integer NOT NULL,
	`reference` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `sample_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `lobby` (
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`channel` text NOT NULL,
	`level` text,
	`from_minute` integer DEFAULT 0 NOT NULL,
	`until_minute` integer DEFAULT 0 NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `team_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `lobby_team` ON `lobby` (`team_id`,`joined_at`);--> statement-breakpoint
CREATE TABLE `peer_forms` (
	`session_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`overall` integer NOT NULL,
	`well` text NOT NULL,
	`better` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`),
	FOREIGN KEY (`session_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_forms_person` ON `peer_forms` (`person_id`);--> statement-breakpoint
CREATE TABLE `peer_marks` (
	`session_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`question_id` text NOT NULL,
	`dimension` text NOT NULL,
	`mark` integer,
	`note` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`, `question_id`, `dimension`),
	FOREIGN KEY (`session_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_marks_person` ON `peer_marks` (`person_id`);--> statement-breakpoint
CREATE TABLE `peer_sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`origin` text NOT NULL,
	`channel` text,
	`thread` text,
	`first_id` text NOT NULL,
	`second_id` text NOT NULL,
	`first_account` text NOT NULL,
	`second_account` text NOT NULL,
	`is_first_here` integer DEFAULT false NOT NULL,
	`is_second_here` integer DEFAULT false NOT NULL,
	`questions` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`first_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`second_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_sessions_first` ON `peer_sessions` (`first_id`);--> statement-breakpoint
CREATE INDEX `peer_sessions_second` ON `peer_sessions` (`second_id`);--> statement-breakpoint
CREATE INDEX `peer_sessions_due` ON `peer_sessions` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `peer_sessions_team` ON `peer_sessions` (`team_id`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `peer_id` integer REFERENCES peer_sessions(id);