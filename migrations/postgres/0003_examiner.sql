CREATE TABLE "examiner_cards" (
	"name" text collate "C" NOT NULL,
	"prompt" bigint NOT NULL,
	"kappa" double precision NOT NULL,
	"wrong_as_good" double precision NOT NULL,
	"read" double precision NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "examiner_cards_name_prompt_pk" PRIMARY KEY("name","prompt")
);
--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "examiner" text collate "C";