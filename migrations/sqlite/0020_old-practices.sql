DROP INDEX `cards_due`;--> statement-breakpoint
CREATE INDEX `cards_due` ON `cards` (`person_id`,`state`,`due_on`,`reviewed_on`,`stability`,`card`);--> statement-breakpoint
CREATE INDEX `practices_old` ON `practices` (`touched_at`);