CREATE TABLE `reviews` (
	`person_id` text NOT NULL,
	`question_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `question_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
