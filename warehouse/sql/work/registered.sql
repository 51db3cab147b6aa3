-- Members, living or dead, of a 脱贫户 in any state of the register from 1 January of D's year to D: the members and
-- the households file that held at the same time, neither too old to answer.
WITH moment AS (
    SELECT DISTINCT period_first AS day FROM work.snapshot WHERE feed IN ('households', 'members')
),
state AS (
    SELECT DISTINCT
        (SELECT max(s.period_first) FROM work.snapshot AS s WHERE s.feed = 'members' AND s.period_first <= m.day)
            AS members_first,
        (SELECT max(s.period_first) FROM work.snapshot AS s WHERE s.feed = 'households' AND s.period_first <= m.day)
            AS households_first
    FROM moment AS m
),
file AS (
    SELECT m.delivery_id AS members_id, h.delivery_id AS households_id
    FROM state AS t
    JOIN work.snapshot AS m ON m.feed = 'members' AND m.period_first = t.members_first AND m.is_in_year
    JOIN work.snapshot AS h ON h.feed = 'households' AND h.period_first = t.households_first AND h.is_in_year
)
SELECT DISTINCT m.id_number__key AS person_key, m.household_id
FROM feed.members_all AS m
JOIN file AS f ON m.delivery_id = f.members_id
JOIN feed.households_all AS h ON f.households_id = h.delivery_id AND m.household_id = h.household_id
WHERE m.id_number__key IS NOT NULL AND h.household_type = '脱贫户'
