-- Feedback opens three days after the first of the two forms.
UPDATE `peer_sessions` SET `due_at` = (
  SELECT min(`at`) FROM `peer_forms` WHERE `peer_forms`.`session_id` = `peer_sessions`.`id`
) + 259200000 WHERE `state` = 'feedback';
