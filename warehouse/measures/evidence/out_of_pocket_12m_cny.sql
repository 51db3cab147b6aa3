SELECT m.household_id, b.delivery_id, b.line
FROM work.bill AS b
JOIN work.member AS m ON b.person_key = m.person_key AND m.is_living
