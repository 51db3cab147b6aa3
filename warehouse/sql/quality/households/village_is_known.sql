-- 行政村代码应在行政区划表中 | the village is one of the divisions
-- mend: 请核对行政村代码；该户所在村在此之前按不明处理 | check the village code; until then the village of the household is unknown
-- severity: error
-- between: households, divisions
SELECT h.delivery_id, h.line
FROM feed.households AS h
WHERE NOT EXISTS (SELECT 1 FROM work.village AS v WHERE v.division_code = h.village_code)
