-- The same tables as the collectors read, joined and counted by hand, without any of
-- our rules: what `setup/bench evidence` compares them with.

-- Learner files, with what was done for each
SELECT category.code, count(*),
    count(*) FILTER (WHERE learner.qualiopi_need_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_entry_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_contract_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_convocation_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_certificate_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_adjustment IS NOT NULL),
    count(*) FILTER (WHERE learner.qualiopi_dropped_on <= %(today)s),
    count(*) FILTER (WHERE learner.qualiopi_exam_result IS NOT NULL),
    count(attendance.present), count(*) FILTER (WHERE attendance.present),
    count(follow_up.last_on), count(*) FILTER (WHERE follow_up.adapted),
    count(*) FILTER (WHERE outcome.number >= 2), count(document.number),
    count(asked.number), count(answered.number),
    count(*) FILTER (WHERE answered.teaching),
    count(*) FILTER (WHERE 1 = ANY(proof.held)),
    count(*) FILTER (WHERE 2 = ANY(proof.held))
FROM event_registration learner
JOIN event_event event ON event.id = learner.event_id
JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
JOIN qualiopi_category category ON category.id = program.category_id
LEFT JOIN (
    SELECT registration_id, bool_or(state = 'present') AS present,
        min(date) FILTER (WHERE state = 'absent') AS absent_on
    FROM qualiopi_attendance WHERE company_id = %(company)s GROUP BY 1
) attendance ON attendance.registration_id = learner.id
LEFT JOIN (
    SELECT registration_id, max(date) AS last_on,
        bool_or(kind = 'adaptation') AS adapted
    FROM qualiopi_follow_up WHERE company_id = %(company)s GROUP BY 1
) follow_up ON follow_up.registration_id = learner.id
LEFT JOIN (
    SELECT registration_id, count(DISTINCT objective_id) AS number
    FROM qualiopi_outcome WHERE company_id = %(company)s GROUP BY 1
) outcome ON outcome.registration_id = learner.id
LEFT JOIN (
    SELECT registration_id, count(*) AS number
    FROM qualiopi_learner_document WHERE company_id = %(company)s GROUP BY 1
) document ON document.registration_id = learner.id
LEFT JOIN (
    SELECT registration_id, count(*) AS number
    FROM qualiopi_survey_invitation WHERE company_id = %(company)s GROUP BY 1
) asked ON asked.registration_id = learner.id
LEFT JOIN (
    SELECT qualiopi_registration_id AS registration_id, count(*) AS number,
        bool_or(qualiopi_purpose = 'teaching') AS teaching
    FROM survey_user_input WHERE qualiopi_company_id = %(company)s GROUP BY 1
) answered ON answered.registration_id = learner.id
LEFT JOIN (
    SELECT registration_id, array_agg(type_id) AS held
    FROM qualiopi_evidence
    WHERE company_id = %(company)s AND state = 'validated' GROUP BY 1
) proof ON proof.registration_id = learner.id
WHERE event.company_id = %(company)s AND event.date_end >= %(since)s
    AND learner.active AND learner.state IN ('open', 'done')
GROUP BY 1;

-- Sessions, with who teaches and who was asked
SELECT count(*), count(event.qualiopi_version_id), count(teaching.number),
    count(*) FILTER (WHERE learner.number > 0), count(asked.number)
FROM event_event event
JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
LEFT JOIN (
    SELECT event_id, count(*) AS number, count(may.program_id) AS qualified
    FROM qualiopi_assignment assignment
    LEFT JOIN qualiopi_trainer_program_rel may
        ON may.trainer_id = assignment.trainer_id
        AND may.program_id = assignment.program_id
    WHERE assignment.company_id = %(company)s GROUP BY 1
) teaching ON teaching.event_id = event.id
LEFT JOIN (
    SELECT event_id, count(*) AS number FROM event_registration
    WHERE company_id = %(company)s AND active AND state IN ('open', 'done')
    GROUP BY 1
) learner ON learner.event_id = event.id
LEFT JOIN (
    SELECT event_id, count(*) AS number FROM qualiopi_survey_invitation
    WHERE company_id = %(company)s GROUP BY 1
) asked ON asked.event_id = event.id
WHERE event.company_id = %(company)s AND event.date_end >= %(since)s;

-- Programmes
SELECT program.id, min(event.date_begin), max(event.date_end),
    count(learner.qualiopi_exam_result)
FROM event_registration learner
JOIN event_event event ON event.id = learner.event_id
JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
JOIN qualiopi_category category ON category.id = program.category_id
WHERE event.company_id = %(company)s AND event.date_end >= %(since)s
GROUP BY 1;

-- Answers
SELECT qualiopi_program_id, count(*) FROM survey_user_input
WHERE qualiopi_company_id = %(company)s AND qualiopi_purpose = 'feedback'
GROUP BY 1;

-- Requests
SELECT count(*), count(qualiopi_need_on) FROM crm_lead
WHERE company_id = %(company)s AND qualiopi_requested_on >= %(since)s;
