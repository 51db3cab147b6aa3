-- 行政村代码应在行政区划表中 | the village is one of the divisions
-- mend: 请核对行政村代码；在此之前该工程不归入任何农户 | check the village code; until then the project serves no household
-- severity: error
-- between: projects, divisions
SELECT p.delivery_id, p.line
FROM feed.projects AS p
WHERE NOT EXISTS (SELECT 1 FROM work.village AS v WHERE v.division_code = p.village_code)
