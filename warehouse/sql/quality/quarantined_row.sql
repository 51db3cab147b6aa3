-- 隔离行（不含内容） | Rows held, without their values
-- key: delivery_id, line
-- delivery_id: 报送批次 | delivery
-- line: 行号（与原始文件一致；分卷报送或多张工作表一并读取的，为分卷号或工作表序号×10000000＋行号） | line as a clerk counts; of a delivery in parts, or in sheets that are read together, the number of the part or sheet times 10,000,000 and its line
-- sheet: 工作表 | sheet of a workbook
-- expectation_ids: 未通过的校验规则 | expectations not met, joined by commas
-- status: 状态（open待更正、pending等待、corrected已更正、replayed复核通过、unattributable无法归属） | open, pending (waits for what it reverses), corrected (another row took its place), replayed (passes now as it was received) or unattributable (open, names nobody we know)
-- held_since: 首次隔离（批次的截至日；同一主键再报仍错的，从最早一次算起） | as of the first night that held it; of a key that came again and was wrong again, that of the first time
-- closed_on: 办结（批次的截至日；空为未办结） | as of the night from which it was held no more; empty while it is
-- is_sent_again: 后来的文件中同一主键仍有错，以后来的行为准 | its key is held in a later file too: that row is the one to mend
SELECT
    h.delivery_id, h.line,
    -- the names of sheets read together stand one a line, each behind its number
    CASE
        WHEN NOT contains(d.sheet, chr(10)) THEN d.sheet
        ELSE substring(regexp_extract(concat(chr(10), d.sheet), concat(chr(10), h.line // 10000000, '：[^\n]*')), 2)
    END AS sheet,
    h.reasons AS expectation_ids, h.status, h.held_since, h.closed_on,
    h.is_sent_again
FROM work.held_row AS h
JOIN work.delivery AS d ON h.delivery_id = d.delivery_id
WHERE h.line > 0 AND h.status IS NOT NULL
ORDER BY h.delivery_id, h.line
