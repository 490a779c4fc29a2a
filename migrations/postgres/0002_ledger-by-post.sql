DROP INDEX "ledger_post";--> statement-breakpoint
ALTER TABLE "saved_commands" ALTER COLUMN "used_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "ledger_post" ON "ledger" USING btree ("post_id","person_id");--> statement-breakpoint
ALTER TABLE "posts" DROP COLUMN "scoring_rule";