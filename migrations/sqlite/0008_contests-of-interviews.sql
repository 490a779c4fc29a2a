ALTER TABLE `contests` ADD `interview_id` integer REFERENCES `interviews`(`id`) ON UPDATE no action ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `contests_interview` ON `contests` (`interview_id`);--> statement-breakpoint
-- A contest was written just before the turn that tells of it.
UPDATE `contests` SET `interview_id` = (
	SELECT `turns`.`interview_id` FROM `turns` JOIN `interviews` ON `interviews`.`id` = `turns`.`interview_id`
	WHERE `interviews`.`person_id` = `contests`.`person_id`
		AND json_extract(`turns`.`turn`, '$.kind') = 'contested'
		AND json_extract(`turns`.`turn`, '$.point') = `contests`.`point_id`
		AND json_extract(`interviews`.`plan`, '$.questions[' || json_extract(`turns`.`turn`, '$.item') || '].questionId') = `contests`.`question_id`
		AND `turns`.`at` BETWEEN `contests`.`at` AND `contests`.`at` + 60000
	ORDER BY `turns`.`at`, `turns`.`number` LIMIT 1
);--> statement-breakpoint
-- The others belong to interviews whose owners were told that nothing is kept of them.
DELETE FROM `contests` WHERE `interview_id` IS NULL;--> statement-breakpoint
-- The last choice counts: until now a consent that was withdrawn stayed.
UPDATE `contests` SET `answer` = NULL WHERE 0 = (
	SELECT json_extract(`turns`.`turn`, '$.consent') FROM `turns` JOIN `interviews` ON `interviews`.`id` = `turns`.`interview_id`
	WHERE `interviews`.`person_id` = `contests`.`person_id`
		AND json_extract(`turns`.`turn`, '$.kind') = 'contested'
		AND json_extract(`turns`.`turn`, '$.point') = `contests`.`point_id`
		AND json_extract(`interviews`.`plan`, '$.questions[' || json_extract(`turns`.`turn`, '$.item') || '].questionId') = `contests`.`question_id`
	ORDER BY `turns`.`at` DESC, `turns`.`number` DESC LIMIT 1
);
