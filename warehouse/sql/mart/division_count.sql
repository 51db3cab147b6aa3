-- 各级预警户数 | Households by status of each indicator, per village, town and city
-- key: as_of, level, division_code, indicator
-- as_of: 截至 | as of
-- level: 级别（city、town、village） | city, town or village
-- division_code: 区划代码（空为未知村） | division code, empty where the village is unknown
-- indicator: 预警指标 | indicator
-- at_risk: 有风险户数 | households at risk
-- clear: 无风险户数 | households clear
-- unknown: 情况不明户数 | households unknown
WITH counted AS (
    SELECT
        h.village_code, s.indicator,
        sum(CASE WHEN s.status = 'at_risk' THEN 1 ELSE 0 END) AS at_risk,
        sum(CASE WHEN s.status = 'clear' THEN 1 ELSE 0 END) AS clear,
        sum(CASE WHEN s.status = 'unknown' THEN 1 ELSE 0 END) AS unknown
    FROM mart.signal AS s
    JOIN core.household AS h ON s.household_id = h.household_id
    GROUP BY h.village_code, s.indicator
),
leveled AS (
    SELECT 'village' AS level, coalesce(village_code, '') AS division_code, indicator, at_risk, clear, unknown
    FROM counted
    UNION ALL
    SELECT 'town', coalesce(substring(village_code, 1, 9), ''), indicator, at_risk, clear, unknown FROM counted
    UNION ALL
    SELECT 'city', :region, indicator, at_risk, clear, unknown FROM counted
)
SELECT
    :as_of AS as_of, level, division_code, indicator,
    CAST(sum(at_risk) AS BIGINT) AS at_risk,
    CAST(sum(clear) AS BIGINT) AS clear,
    CAST(sum(unknown) AS BIGINT) AS unknown
FROM leveled
GROUP BY level, division_code, indicator
ORDER BY level, division_code, indicator
