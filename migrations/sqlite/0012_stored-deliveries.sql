ALTER TABLE `deliveries` ADD `platform` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `person_id` text REFERENCES people(id) ON DELETE cascade;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `payload` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `reruns` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_stored` ON `deliveries` (`platform`,`at`);--> statement-breakpoint
CREATE INDEX `deliveries_person` ON `deliveries` (`person_id`);