-- SQLite cannot change a link of a table, so the table is made again: what a message is about takes
-- the message with it.
CREATE TABLE `__new_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text,
	`from_id` text,
	`platform` text NOT NULL,
	`what` text NOT NULL,
	`post_id` integer,
	`interview_id` integer,
	`peer_id` integer,
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
	FOREIGN KEY (`from_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`interview_id`) REFERENCES `interviews`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`peer_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_outbox` (`id`, `key`, `team_id`, `person_id`, `from_id`, `platform`, `what`, `post_id`, `interview_id`, `peer_id`, `outgoing`, `state`, `due_at`, `attempts`, `first_tried_at`, `lease_until`, `message`, `problem`, `at`)
SELECT `id`, `key`, `team_id`, `person_id`, `from_id`, `platform`, `what`, `post_id`, `interview_id`, `peer_id`, `outgoing`, `state`, `due_at`, `attempts`, `first_tried_at`, `lease_until`, `message`, `problem`, `at` FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_post` ON `outbox` (`post_id`);
