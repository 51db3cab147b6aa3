-- 校验结果 | Results of expectations
-- key: delivery_id, expectation_id
-- delivery_id: 报送批次 | delivery
-- expectation_id: 校验规则 | expectation
-- severity: 级别（error、warning） | error holds the row, warning reports it
-- evaluated: 检查行数 | rows looked at
-- unexpected: 不符行数 | rows that do not hold
-- status: 结果（passed、failed、could_not_run） | passed, failed or could_not_run
SELECT delivery_id, expectation_id, severity, evaluated, unexpected, status
FROM work.expectation_result
ORDER BY delivery_id, expectation_id
