SELECT m.household_id, d.delivery_id, d.line
FROM feed.dropouts AS d
JOIN work.member AS m ON d.id_number__key = m.person_key AND m.is_living
WHERE NOT d.is_back
UNION ALL
SELECT m.household_id, e.delivery_id, e.line
FROM feed.enrolments AS e
JOIN work.member AS m ON e.id_number__key = m.person_key AND m.is_living
WHERE e.status = '退学' AND m.age <= 15
