-- 跨表核对发现的行（不含内容） | Rows that do not meet an expectation between rows or feeds, without their values
-- key: delivery_id, line, expectation_id
-- delivery_id: 报送批次 | delivery
-- line: 行号（与原始文件一致；分卷报送或多张工作表一并读取的，为分卷号或工作表序号×10000000＋行号） | line as a clerk counts; of a delivery in parts, or in sheets that are read together, the number of the part or sheet times 10,000,000 and its line
-- expectation_id: 校验规则 | expectation
-- severity: 级别（error、warning） | error joins nothing, warning is reported; neither holds the row
-- is_unattributable: 是否无法归属（该行不归入任何已知农户） | joins nothing, and names nobody we know
SELECT f.delivery_id, f.line, f.expectation_id, a.severity, u.delivery_id IS NOT NULL AS is_unattributable
FROM work.finding AS f
JOIN (SELECT DISTINCT expectation_id, severity FROM work.across) AS a ON f.expectation_id = a.expectation_id
LEFT JOIN (SELECT delivery_id, line FROM work.unattributable WHERE NOT is_held) AS u
    ON f.delivery_id = u.delivery_id AND f.line = u.line
ORDER BY f.delivery_id, f.line, f.expectation_id
