ALTER TABLE `people` ADD `gpu` text;--> statement-breakpoint
ALTER TABLE `teams` ADD `gpu` text;