DROP TABLE `contests`;--> statement-breakpoint
ALTER TABLE `spoken_answers` DROP COLUMN `unticked`;