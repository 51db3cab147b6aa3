-- 行政村代码应在行政区划表中 | the village is one of the divisions
-- mend: 请核对行政村代码；在此之前该停水不归入任何农户 | check the village code; until then the outage concerns no household
-- severity: error
-- between: outages, divisions
SELECT p.delivery_id, p.line
FROM feed.outages AS p
WHERE NOT EXISTS (SELECT 1 FROM work.village AS v WHERE v.division_code = p.village_code)
