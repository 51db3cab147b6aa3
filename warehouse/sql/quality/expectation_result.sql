-- 校验结果 | Results of expectations, of rows by themselves and between rows and feeds
-- key: delivery_id, expectation_id
-- delivery_id: 报送批次 | delivery
-- expectation_id: 校验规则 | expectation
-- severity: 级别（error、warning） | error holds the row, or in quality.finding joins it to nothing; warning reports it
-- evaluated: 检查行数 | rows looked at
-- unexpected: 不符行数 | rows that do not hold
-- status: 结果（passed、failed、could_not_run） | passed, failed or could_not_run
WITH found AS (
    SELECT delivery_id, expectation_id, count(*) AS rows FROM work.finding GROUP BY delivery_id, expectation_id
)
SELECT delivery_id, expectation_id, severity, evaluated, unexpected, status
FROM work.expectation_result
UNION ALL
SELECT
    r.delivery_id, a.expectation_id, a.severity, r.rows, coalesce(f.rows, 0),
    CASE WHEN f.rows IS NULL THEN 'passed' ELSE 'failed' END
FROM work.across AS a
JOIN work.looked_at AS r ON a.feed = r.feed
LEFT JOIN found AS f ON r.delivery_id = f.delivery_id AND a.expectation_id = f.expectation_id
ORDER BY delivery_id, expectation_id
