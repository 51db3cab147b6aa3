-- 行政区划 | Administrative divisions
-- key: division_code
-- division_code: 区划代码 | division code
-- division_name: 名称 | name of the division
-- level: 级别（县、乡、村） | county, town or village
-- parent_code: 上级代码 | code of the division above
-- town_code: 所属乡镇代码 | code of its town
SELECT
    division_code,
    division_name,
    level,
    parent_code,
    CASE WHEN length(division_code) >= 9 THEN substring(division_code, 1, 9) END AS town_code
FROM feed.divisions
ORDER BY division_code
