-- For whom each held row is missing, and each that has loaded and joins nothing because its household is in no
-- register. person_key NULL: for the whole household. A row that names nobody is not here; it is unattributable.
WITH open_row AS (
    SELECT * FROM work.held WHERE NOT is_mere_repeat
    UNION ALL
    SELECT * FROM work.orphan_row
),
by_household AS (
    SELECT o.feed, o.delivery_id, o.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM open_row AS o
    JOIN work.household AS w ON o.household_id = w.household_id
),
by_list_before AS (
    SELECT o.feed, o.delivery_id, o.line, b.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM open_row AS o
    JOIN work.stood_before AS b ON o.delivery_id = b.delivery_id AND o.line = b.line
),
unnamed AS (
    SELECT o.* FROM open_row AS o
    WHERE NOT EXISTS (SELECT 1 FROM by_household AS b WHERE b.delivery_id = o.delivery_id AND b.line = o.line)
        -- where its person lives is what the row of a member says: the list before knows, and nothing else does
        AND NOT EXISTS (
            SELECT 1 FROM work.orphan_row AS w
            WHERE w.delivery_id = o.delivery_id AND w.line = o.line AND w.feed = 'members'
        )
),
by_person AS (
    SELECT DISTINCT u.feed, u.delivery_id, u.line, r.household_id, u.person_key
    FROM unnamed AS u
    JOIN work.residence AS r ON u.person_key = r.person_key
),
doubtful AS (
    SELECT * FROM unnamed WHERE person_key IS NULL AND has_person_number
),
who AS (
    SELECT
        household_id, person_key // 100 AS fifteen, born_on,
        translate(name, ' 　·•․‧∙⋅・･．.', '') AS name  -- as held rows have it
    FROM work.member
    WHERE EXISTS (SELECT 1 FROM doubtful)
),
by_digits AS (
    SELECT DISTINCT d.feed, d.delivery_id, d.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM doubtful AS d
    JOIN who AS w ON d.fifteen = w.fifteen
),
by_birth AS (
    SELECT DISTINCT d.feed, d.delivery_id, d.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM doubtful AS d
    JOIN who AS w ON d.name = w.name AND d.born_on = w.born_on
    WHERE NOT EXISTS (SELECT 1 FROM by_digits AS b WHERE b.delivery_id = d.delivery_id AND b.line = d.line)
),
by_name AS (
    SELECT DISTINCT d.feed, d.delivery_id, d.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM doubtful AS d
    JOIN who AS w ON d.name = w.name
    WHERE NOT EXISTS (SELECT 1 FROM by_digits AS b WHERE b.delivery_id = d.delivery_id AND b.line = d.line)
        AND NOT EXISTS (SELECT 1 FROM by_birth AS b WHERE b.delivery_id = d.delivery_id AND b.line = d.line)
),
by_village AS (
    SELECT u.feed, u.delivery_id, u.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM unnamed AS u
    JOIN work.household AS w ON u.village_code = w.village_code
    WHERE NOT u.has_person_number
),
by_project AS (
    SELECT DISTINCT u.feed, u.delivery_id, u.line, w.household_id, CAST(NULL AS BIGINT) AS person_key
    FROM unnamed AS u
    JOIN feed.projects AS p ON u.project_id = p.project_id
    JOIN work.household AS w ON p.village_code = w.village_code
    WHERE u.village_code IS NULL AND NOT u.has_person_number
),
named AS (
    SELECT * FROM by_household
    UNION ALL SELECT * FROM by_list_before
    UNION ALL SELECT * FROM by_person
    UNION ALL SELECT * FROM by_digits
    UNION ALL SELECT * FROM by_birth
    UNION ALL SELECT * FROM by_name
    UNION ALL SELECT * FROM by_village
    UNION ALL SELECT * FROM by_project
)
SELECT
    n.feed, n.household_id, n.person_key, n.delivery_id, n.line, o.born_on, o.fact_first, o.fact_last, o.project_id,
    o.is_taken_back
FROM named AS n
JOIN open_row AS o ON n.delivery_id = o.delivery_id AND n.line = o.line
