DROP INDEX `ledger_post`;--> statement-breakpoint
CREATE INDEX `ledger_post` ON `ledger` (`post_id`,`person_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_saved_commands` (
	`hash` text PRIMARY KEY NOT NULL,
	`run` text NOT NULL,
	`values` text,
	`used_at` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_saved_commands`("hash", "run", "values", "used_at") SELECT "hash", "run", "values", "used_at" FROM `saved_commands`;--> statement-breakpoint
DROP TABLE `saved_commands`;--> statement-breakpoint
ALTER TABLE `__new_saved_commands` RENAME TO `saved_commands`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `saved_commands_used` ON `saved_commands` (`used_at`);--> statement-breakpoint
ALTER TABLE `posts` DROP COLUMN `scoring_rule`;