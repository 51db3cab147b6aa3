-- 受益人口不应超过该村人口的1.5倍 | a project serves no more than one and a half times the people of the village
-- mend: 请核对受益人口，应填该村的受益人口而非全部受益人口 | give the people served in this village, not those of the whole project
-- severity: warning
-- between: projects, households, members
SELECT p.delivery_id, p.line
FROM feed.projects AS p
JOIN (
    SELECT h.village_code, count(*) AS people
    FROM work.member AS m
    JOIN work.household AS h ON m.household_id = h.household_id
    WHERE m.is_living
    GROUP BY h.village_code
) AS v ON p.village_code = v.village_code
WHERE p.people_served * 2 > v.people * 3
