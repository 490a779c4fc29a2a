CREATE INDEX `ledger_owner` ON `ledger` (`person_id`);--> statement-breakpoint
CREATE INDEX `outbox_person` ON `outbox` (`person_id`);--> statement-breakpoint
CREATE INDEX `outbox_from` ON `outbox` (`from_id`);--> statement-breakpoint
CREATE INDEX `outbox_interview` ON `outbox` (`interview_id`);--> statement-breakpoint
CREATE INDEX `outbox_peer` ON `outbox` (`peer_id`);