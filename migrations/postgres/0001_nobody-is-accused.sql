DROP TABLE "contests" CASCADE;--> statement-breakpoint
ALTER TABLE "spoken_answers" DROP COLUMN "unticked";