CREATE TABLE `examiner_cards` (
	`name` text NOT NULL,
	`prompt` integer NOT NULL,
	`kappa` real NOT NULL,
	`wrong_as_good` real NOT NULL,
	`read` real NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`name`, `prompt`)
);
--> statement-breakpoint
ALTER TABLE `teams` ADD `examiner` text;