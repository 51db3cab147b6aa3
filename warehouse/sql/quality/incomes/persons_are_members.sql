-- 年度家庭人口数应与家庭成员人数一致 | the persons of the year are as many as the members
-- mend: 请核对年度家庭人口数与家庭成员 | check the persons of the year and the members
-- severity: warning
-- between: incomes, members
-- Of the newest year; the members are those of its last list, else of the first after it.
WITH newest AS (
    SELECT max(year) AS year FROM feed.incomes
),
list AS (
    SELECT coalesce(
        max(CASE WHEN extract(year FROM s.period_first) <= n.year THEN s.period_first END), min(s.period_first)
    ) AS period_first
    FROM work.snapshot AS s
    CROSS JOIN newest AS n
    WHERE s.feed = 'members'
),
lived AS (
    SELECT household_id, count(*) AS persons
    FROM feed.members_all
    WHERE delivery_id IN (
        SELECT s.delivery_id FROM work.snapshot AS s JOIN list AS l ON s.period_first = l.period_first
        WHERE s.feed = 'members'
    )
    GROUP BY household_id
)
SELECT i.delivery_id, i.line
FROM feed.incomes AS i
JOIN lived AS l ON i.household_id = l.household_id
WHERE i.year = (SELECT year FROM newest) AND i.persons <> l.persons
