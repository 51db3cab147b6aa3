-- 工程编号应在供水工程中 | the project is one of the list
-- mend: 请核对工程编号 | check the project
-- severity: warning
-- between: outages, projects
SELECT o.delivery_id, o.line
FROM feed.outages AS o
WHERE NOT EXISTS (SELECT 1 FROM feed.projects_all AS p WHERE p.project_id = o.project_id)
