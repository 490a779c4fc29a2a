CREATE TABLE `learning_paths` (
	`person_id` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`date` integer,
	`minutes` integer NOT NULL,
	`placement_id` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`placement_id`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `learning_paths_placement` ON `learning_paths` (`placement_id`);