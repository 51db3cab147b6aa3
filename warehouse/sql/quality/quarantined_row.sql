-- 隔离行（不含内容） | Rows held, without their values
-- key: delivery_id, line
-- delivery_id: 报送批次 | delivery
-- line: 行号（与原始文件一致） | line as a clerk counts
-- sheet: 工作表 | sheet of a workbook
-- expectation_ids: 未通过的校验规则 | expectations not met, joined by commas
-- status: 状态（open、pending、corrected、unattributable） | open, pending, corrected or unattributable
SELECT
    w.delivery_id,
    w.line,
    d.sheet,
    w.expectation_ids,
    CASE
        WHEN w.is_pending THEN 'pending'
        WHEN h.delivery_id IS NULL AND d.verdict = 'accepted' THEN 'corrected'
        WHEN d.verdict = 'refused' AND d.is_corrected THEN 'corrected'
        WHEN d.verdict = 'accepted' AND m.delivery_id IS NULL THEN 'unattributable'
        ELSE 'open'
    END AS status
FROM work.wrong_row AS w
JOIN work.delivery AS d ON w.delivery_id = d.delivery_id
LEFT JOIN work.held AS h ON w.delivery_id = h.delivery_id AND w.line = h.line
LEFT JOIN (SELECT DISTINCT delivery_id, line FROM work.missing) AS m ON w.delivery_id = m.delivery_id AND w.line = m.line
WHERE d.verdict <> 'already_loaded'
ORDER BY w.delivery_id, w.line
