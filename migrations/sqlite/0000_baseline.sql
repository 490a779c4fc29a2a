CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `accounts_person` ON `accounts` (`person_id`);--> statement-breakpoint
CREATE TABLE `aids` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`, `kind`, `number`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `aids_person` ON `aids` (`person_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`try` integer NOT NULL,
	`answer` text NOT NULL,
	`is_right` integer NOT NULL,
	`share` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`, `try`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attempts_person` ON `attempts` (`person_id`,`try`,`post_id`,`is_right`);--> statement-breakpoint
CREATE TABLE `badges` (
	`team_id` text NOT NULL,
	`season` text NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	PRIMARY KEY(`team_id`, `season`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `badges_person` ON `badges` (`person_id`);--> statement-breakpoint
CREATE TABLE `calibrations` (
	`person_id` text NOT NULL,
	`sample_id` text NOT NULL,
	`given` integer NOT NULL,
	`reference` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `sample_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `card_steps` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`card` text NOT NULL,
	`key` text NOT NULL,
	`what` text NOT NULL,
	`share` integer,
	`before` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `card_steps_once` ON `card_steps` (`person_id`,`key`);--> statement-breakpoint
CREATE INDEX `card_steps_card` ON `card_steps` (`person_id`,`card`,`id`);--> statement-breakpoint
CREATE INDEX `card_steps_newest` ON `card_steps` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`person_id` text NOT NULL,
	`card` text NOT NULL,
	`chapter` integer,
	`state` text NOT NULL,
	`due_on` integer NOT NULL,
	`stability` real,
	`difficulty` real,
	`reviewed_on` integer,
	PRIMARY KEY(`person_id`, `card`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cards_due` ON `cards` (`person_id`,`state`,`due_on`,`reviewed_on`,`stability`,`card`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`case_id` text NOT NULL,
	`drawn` text NOT NULL,
	`events` text NOT NULL,
	`count` integer NOT NULL,
	`started_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cases_person` ON `cases` (`person_id`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `cases_team` ON `cases` (`team_id`);--> statement-breakpoint
CREATE INDEX `cases_old` ON `cases` (`touched_at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`taken_by` text NOT NULL,
	`at` integer NOT NULL,
	`platform` text,
	`person_id` text,
	`payload` text,
	`reruns` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_at` ON `deliveries` (`at`);--> statement-breakpoint
CREATE INDEX `deliveries_stored` ON `deliveries` (`platform`,`at`);--> statement-breakpoint
CREATE INDEX `deliveries_person` ON `deliveries` (`person_id`);--> statement-breakpoint
CREATE TABLE `digests` (
	`team_id` text NOT NULL,
	`what` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`next_due_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `what`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `digests_due` ON `digests` (`next_due_at`);--> statement-breakpoint
CREATE TABLE `examiner_cards` (
	`name` text NOT NULL,
	`prompt` integer NOT NULL,
	`kappa` real NOT NULL,
	`wrong_as_good` real NOT NULL,
	`read` real NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`name`, `prompt`)
);
--> statement-breakpoint
CREATE TABLE `free_text_answers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`text` text NOT NULL,
	`grade` text NOT NULL,
	`ticked` text NOT NULL,
	`is_shown` integer DEFAULT true NOT NULL,
	`number` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `free_text_answers_once` ON `free_text_answers` (`post_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `free_text_answers_number` ON `free_text_answers` (`post_id`,`number`);--> statement-breakpoint
CREATE INDEX `free_text_answers_person` ON `free_text_answers` (`person_id`);--> statement-breakpoint
CREATE TABLE `group_members` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`group_id` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `group_members_group` ON `group_members` (`group_id`);--> statement-breakpoint
CREATE INDEX `group_members_person` ON `group_members` (`person_id`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_name` ON `groups` (`team_id`,`name`);--> statement-breakpoint
CREATE TABLE `interviews` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`origin` text NOT NULL,
	`channel` text NOT NULL,
	`thread` text,
	`plan` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	`score` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `interviews_person` ON `interviews` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_idle` ON `interviews` (`state`,`touched_at`);--> statement-breakpoint
CREATE INDEX `interviews_team` ON `interviews` (`team_id`);--> statement-breakpoint
CREATE TABLE `item_ratings` (
	`question_id` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL,
	`results` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `known_before` (
	`code` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `known_before_until` ON `known_before` (`until`);--> statement-breakpoint
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
CREATE INDEX `learning_paths_placement` ON `learning_paths` (`placement_id`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`post_id` integer NOT NULL,
	`quarters` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_key_unique` ON `ledger` (`key`);--> statement-breakpoint
CREATE INDEX `ledger_person` ON `ledger` (`team_id`,`person_id`,`post_id`);--> statement-breakpoint
CREATE INDEX `ledger_post` ON `ledger` (`post_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `ledger_owner` ON `ledger` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_answers` (
	`round_id` integer NOT NULL,
	`number` integer NOT NULL,
	`person_id` text NOT NULL,
	`choice` text NOT NULL,
	`is_right` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `number`, `person_id`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `live_answers_person` ON `live_answers` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_players` (
	`round_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `person_id`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `live_players_person` ON `live_players` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_questions` (
	`round_id` integer NOT NULL,
	`number` integer NOT NULL,
	`question_id` text NOT NULL,
	`question` text NOT NULL,
	PRIMARY KEY(`round_id`, `number`),
	FOREIGN KEY (`round_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `live_rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`thread` text,
	`host_id` text,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`left_ms` integer,
	`due_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`host_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_rounds_open` ON `live_rounds` (`team_id`,`platform`,`channel`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `live_rounds_due` ON `live_rounds` (`due_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `live_rounds_ended` ON `live_rounds` (`ended_at`);--> statement-breakpoint
CREATE INDEX `live_rounds_team` ON `live_rounds` (`team_id`);--> statement-breakpoint
CREATE INDEX `live_rounds_host` ON `live_rounds` (`host_id`);--> statement-breakpoint
CREATE TABLE `lobby` (
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`channel` text NOT NULL,
	`level` text,
	`from_minute` integer DEFAULT 0 NOT NULL,
	`until_minute` integer DEFAULT 0 NOT NULL,
	`zone` text DEFAULT 'UTC' NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `team_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `lobby_team` ON `lobby` (`team_id`,`joined_at`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`person_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`chosen_at` integer,
	PRIMARY KEY(`person_id`, `workspace_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_workspace` ON `memberships` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text,
	`from_id` text,
	`platform` text NOT NULL,
	`what` text NOT NULL,
	`post_id` integer,
	`interview_id` integer,
	`peer_id` integer,
	`live_id` integer,
	`outgoing` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_tried_at` integer,
	`lease_until` integer,
	`lease` text,
	`expires_at` integer,
	`message` text,
	`problem` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`from_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`interview_id`) REFERENCES `interviews`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`peer_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`live_id`) REFERENCES `live_rounds`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_team` ON `outbox` (`team_id`);--> statement-breakpoint
CREATE INDEX `outbox_person` ON `outbox` (`person_id`);--> statement-breakpoint
CREATE INDEX `outbox_from` ON `outbox` (`from_id`);--> statement-breakpoint
CREATE INDEX `outbox_post` ON `outbox` (`post_id`);--> statement-breakpoint
CREATE INDEX `outbox_interview` ON `outbox` (`interview_id`);--> statement-breakpoint
CREATE INDEX `outbox_peer` ON `outbox` (`peer_id`);--> statement-breakpoint
CREATE INDEX `outbox_live` ON `outbox` (`live_id`);--> statement-breakpoint
CREATE TABLE `own_questions` (
	`team_id` text NOT NULL,
	`question_id` text NOT NULL,
	`question` text,
	`state` text NOT NULL,
	`author_id` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `question_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `own_questions_author` ON `own_questions` (`author_id`);--> statement-breakpoint
CREATE TABLE `peer_forms` (
	`session_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`overall` integer NOT NULL,
	`well` text NOT NULL,
	`better` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`),
	FOREIGN KEY (`session_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_forms_person` ON `peer_forms` (`person_id`);--> statement-breakpoint
CREATE TABLE `peer_marks` (
	`session_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`question_id` text NOT NULL,
	`dimension` text NOT NULL,
	`mark` integer,
	`note` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`, `question_id`, `dimension`),
	FOREIGN KEY (`session_id`) REFERENCES `peer_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_marks_person` ON `peer_marks` (`person_id`);--> statement-breakpoint
CREATE TABLE `peer_sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`origin` text NOT NULL,
	`channel` text,
	`thread` text,
	`first_id` text NOT NULL,
	`second_id` text NOT NULL,
	`first_account` text NOT NULL,
	`second_account` text NOT NULL,
	`is_first_here` integer DEFAULT false NOT NULL,
	`is_second_here` integer DEFAULT false NOT NULL,
	`wishes` text,
	`questions` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`first_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`second_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `peer_sessions_first` ON `peer_sessions` (`first_id`);--> statement-breakpoint
CREATE INDEX `peer_sessions_second` ON `peer_sessions` (`second_id`);--> statement-breakpoint
CREATE INDEX `peer_sessions_due` ON `peer_sessions` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `peer_sessions_team` ON `peer_sessions` (`team_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_hidden` integer DEFAULT false NOT NULL,
	`zone` text,
	`gpu` text,
	`daily_cards` integer DEFAULT 20 NOT NULL,
	`created_at` integer NOT NULL,
	`greeted_at` integer
);
--> statement-breakpoint
CREATE TABLE `person_ratings` (
	`person_id` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL,
	`results` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`schedule_id` integer NOT NULL,
	`team_id` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`question` text,
	`question_id` text,
	`chapter` integer,
	`is_rated` integer DEFAULT true NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`message` text,
	`thread` text,
	`due_at` integer NOT NULL,
	`posted_at` integer,
	`closes_at` integer,
	`closed_at` integer,
	`closed_on` text,
	`problem` text,
	FOREIGN KEY (`schedule_id`) REFERENCES `schedules`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slot` ON `posts` (`schedule_id`,`day`);--> statement-breakpoint
CREATE INDEX `posts_team` ON `posts` (`team_id`,`posted_at`,`state`,`is_rated`,`closed_at`);--> statement-breakpoint
CREATE INDEX `posts_open` ON `posts` (`closes_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `practices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `practices_person` ON `practices` (`person_id`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `practices_team` ON `practices` (`team_id`);--> statement-breakpoint
CREATE INDEX `practices_old` ON `practices` (`touched_at`);--> statement-breakpoint
CREATE TABLE `reminders` (
	`person_id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`about` text NOT NULL,
	`time` text NOT NULL,
	`quiet_from` text NOT NULL,
	`quiet_until` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`next_due_at` integer,
	`last_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `reminders_due` ON `reminders` (`next_due_at`);--> statement-breakpoint
CREATE INDEX `reminders_team` ON `reminders` (`team_id`);--> statement-breakpoint
CREATE TABLE `reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`question_id` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`answer` text,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`team_id`,`person_id`,`question_id`,`version`,`text`);--> statement-breakpoint
CREATE INDEX `reports_state` ON `reports` (`team_id`,`state`);--> statement-breakpoint
CREATE INDEX `reports_person` ON `reports` (`person_id`);--> statement-breakpoint
CREATE TABLE `reveals` (
	`post_id` integer PRIMARY KEY NOT NULL,
	`votes_until` integer NOT NULL,
	`due_at` integer,
	`draws` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `reveals_due` ON `reveals` (`due_at`);--> statement-breakpoint
CREATE TABLE `saved_commands` (
	`hash` text PRIMARY KEY NOT NULL,
	`run` text NOT NULL,
	`values` text,
	`used_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `saved_commands_used` ON `saved_commands` (`used_at`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`platform` text NOT NULL,
	`channel` text NOT NULL,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`days` text NOT NULL,
	`mix` text NOT NULL,
	`closes` text DEFAULT 'hours' NOT NULL,
	`free_text_day` integer,
	`state` text NOT NULL,
	`days_off` text NOT NULL,
	`starts_on` text NOT NULL,
	`keeper_id` text,
	`created_at` integer NOT NULL,
	`next_due_at` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`keeper_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `schedules_team` ON `schedules` (`team_id`);--> statement-breakpoint
CREATE INDEX `schedules_due` ON `schedules` (`state`,`next_due_at`);--> statement-breakpoint
CREATE INDEX `schedules_keeper` ON `schedules` (`keeper_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `schedules_channel` ON `schedules` (`platform`,`channel`,`time`,`team_id`);--> statement-breakpoint
CREATE TABLE `setting_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`schedule` integer,
	`setting` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `setting_changes_team` ON `setting_changes` (`team_id`,`id`);--> statement-breakpoint
CREATE INDEX `setting_changes_person` ON `setting_changes` (`person_id`);--> statement-breakpoint
CREATE INDEX `setting_changes_old` ON `setting_changes` (`at`);--> statement-breakpoint
CREATE TABLE `slack_installations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization` text,
	`sealed` text,
	`installed_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slack_installations_organization` ON `slack_installations` (`organization`);--> statement-breakpoint
CREATE TABLE `standings` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`first_try` integer DEFAULT 0 NOT NULL,
	`is_hidden` integer DEFAULT false NOT NULL,
	`group_id` integer,
	PRIMARY KEY(`team_id`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `standings_group` ON `standings` (`group_id`,`is_hidden`,"quarters" desc) WHERE group_id is not null;--> statement-breakpoint
CREATE INDEX `standings_rank` ON `standings` (`team_id`,`is_hidden`,"quarters" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `standings_answered` ON `standings` (`team_id`,`is_hidden`,"answered" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `standings_person` ON `standings` (`person_id`);--> statement-breakpoint
CREATE TABLE `suggestions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`author_id` text NOT NULL,
	`question_id` text NOT NULL,
	`draft` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`platform` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suggestions_once` ON `suggestions` (`team_id`,`question_id`,`author_id`);--> statement-breakpoint
CREATE INDEX `suggestions_waiting` ON `suggestions` (`team_id`,`state`);--> statement-breakpoint
CREATE INDEX `suggestions_author` ON `suggestions` (`author_id`);--> statement-breakpoint
CREATE TABLE `sums` (
	`team_id` text NOT NULL,
	`period` text NOT NULL,
	`starts_on` text NOT NULL,
	`chapter` integer DEFAULT 0 NOT NULL,
	`person_id` text NOT NULL,
	`quarters` integer NOT NULL,
	`questions` integer NOT NULL,
	`is_hidden` integer NOT NULL,
	PRIMARY KEY(`team_id`, `period`, `starts_on`, `chapter`, `person_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sums_rank` ON `sums` (`team_id`,`period`,`starts_on`,`chapter`,`is_hidden`,"quarters" desc,`person_id`);--> statement-breakpoint
CREATE INDEX `sums_person` ON `sums` (`person_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text DEFAULT 'UTC' NOT NULL,
	`gpu` text,
	`created_at` integer NOT NULL,
	`overlay_change` integer DEFAULT 0 NOT NULL,
	`boards` text DEFAULT 'names' NOT NULL,
	`season_ended` text,
	`examiner` text
);
--> statement-breakpoint
CREATE TABLE `turns` (
	`interview_id` integer NOT NULL,
	`number` integer NOT NULL,
	`turn` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`interview_id`, `number`),
	FOREIGN KEY (`interview_id`) REFERENCES `interviews`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `unranked` (
	`question_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`question_id`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `unranked_person` ON `unranked` (`person_id`);--> statement-breakpoint
CREATE TABLE `votes` (
	`post_id` integer NOT NULL,
	`person_id` text NOT NULL,
	`answer_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `person_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`answer_id`) REFERENCES `free_text_answers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `votes_answer` ON `votes` (`answer_id`);--> statement-breakpoint
CREATE INDEX `votes_person` ON `votes` (`person_id`);--> statement-breakpoint
CREATE TABLE `workspace_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`what` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `workspace_changes_workspace` ON `workspace_changes` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `workspace_changes_old` ON `workspace_changes` (`at`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`left_at` integer,
	`stopped_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `workspaces_team` ON `workspaces` (`team_id`);--> statement-breakpoint
CREATE INDEX `workspaces_left` ON `workspaces` (`left_at`);