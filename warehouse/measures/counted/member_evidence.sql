SELECT m.household_id, f.delivery_id, f.line
FROM (SELECT :person_key AS person_key, delivery_id, line FROM :rows WHERE :is_so) AS f
JOIN work.member AS m ON f.person_key = m.person_key AND m.is_living
