ALTER TABLE `lobby` ADD `zone` text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE `peer_sessions` ADD `wishes` text;