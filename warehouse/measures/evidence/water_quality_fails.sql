SELECT household_id, delivery_id, line FROM work.access WHERE quality = '不合格'
UNION ALL
SELECT h.household_id, t.delivery_id, t.line
FROM feed.quality_tests AS t
JOIN (SELECT DISTINCT project_id, village_code FROM feed.projects) AS p ON t.project_id = p.project_id
JOIN work.household AS h ON p.village_code = h.village_code
JOIN (
    SELECT project_id, max(sampled_on) AS sampled_on
    FROM feed.quality_tests
    WHERE sampled_on > :as_of - INTERVAL 1 YEAR AND sampled_on <= :as_of
    GROUP BY project_id
) AS d ON t.project_id = d.project_id AND t.sampled_on = d.sampled_on
WHERE t.conclusion = '不合格'
