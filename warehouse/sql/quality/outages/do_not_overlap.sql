-- 同一工程在同一村的停水时段不应重叠 | outages of one project in one village do not overlap
-- mend: 请核对停水起止日期，连续停水合并为一条 | check the days, and make one of those that go on
-- severity: warning
-- between: outages
-- The later one is listed; an open outage goes on.
SELECT delivery_id, line
FROM (
    SELECT
        delivery_id, line, began_on,
        max(coalesce(ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY project_id, village_code ORDER BY began_on, outage_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM feed.outages
) AS o
WHERE began_on <= ended_before
