-- 预警依据（报送批次与行号） | The rows behind each signal at risk
-- key: household_id, indicator, delivery_id, line
-- household_id: 户编号 | household number
-- indicator: 预警指标 | indicator
-- delivery_id: 报送批次 | delivery
-- line: 行号（与原始文件一致；分卷报送的为分卷号×10000000＋该分卷内的行号） | line as a clerk counts; of a delivery in parts the part times 10,000,000 and its line
SELECT DISTINCT e.household_id, s.indicator, e.delivery_id, e.line
FROM work.evidence AS e
JOIN mart.signal AS s ON e.household_id = s.household_id AND e.indicator = s.indicator
WHERE s.status = 'at_risk'
ORDER BY e.household_id, s.indicator, e.delivery_id, e.line
