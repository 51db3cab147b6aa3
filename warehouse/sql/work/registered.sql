-- Members, living or dead, of a 脱贫户, both in a register snapshot usable on some day from 1 January of D's year to D.
SELECT DISTINCT m.id_number__key AS person_key, m.household_id
FROM feed.members_all AS m
JOIN work.snapshot AS s ON s.feed = 'members' AND m.delivery_id = s.delivery_id AND s.is_in_year
JOIN (
    SELECT DISTINCT a.household_id
    FROM feed.households_all AS a
    JOIN work.snapshot AS t ON t.feed = 'households' AND a.delivery_id = t.delivery_id AND t.is_in_year
    WHERE a.household_type = '脱贫户'
) AS h ON m.household_id = h.household_id
WHERE m.id_number__key IS NOT NULL
