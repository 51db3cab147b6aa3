-- 工程编号应在供水工程中 | the project is one of the list
-- mend: 请核对工程编号；在此之前该检测不归入任何农户 | check the project; until then the test concerns no household
-- severity: error
-- between: quality_tests, projects
SELECT q.delivery_id, q.line
FROM feed.quality_tests AS q
WHERE NOT EXISTS (SELECT 1 FROM feed.projects_all AS p WHERE p.project_id = q.project_id)
