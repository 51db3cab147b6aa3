-- 报送批次 | Deliveries and how they were judged
-- key: delivery_id
-- delivery_id: 报送批次 | delivery, hash of feed, period, number and content
-- department: 部门 | department
-- feed: 数据集 | feed
-- period: 所属期 | period
-- file: 文件名（不认识的字以＊代替） | name of the file, words that are not known replaced by ＊
-- received_at: 收到时间 | when it was received
-- sha256: 文件校验值 | hash of the bytes
-- rows_received: 收到行数 | rows received
-- rows_loaded: 入库行数 | rows loaded
-- rows_quarantined: 隔离行数 | rows held
-- rows_duplicate: 重复行数 | rows that repeat another
-- verdict: 结论（accepted、refused、already_loaded） | accepted, refused or already_loaded
-- reasons: 原因 | reasons, joined by commas
-- refused_since: 首次退回（批次的截至日；空为从未退回） | as of the first night that refused it; empty where none did
-- replaced_on: 由其他文件代替或改为接收（批次的截至日；空为仍被退回） | as of the night from which another file took its place, or it was accepted after all; empty while it is refused
SELECT
    d.delivery_id, d.department, d.feed, d.period, d.file, d.received_at, d.sha256, d.rows_received, d.rows_loaded,
    d.rows_quarantined, d.rows_duplicate, d.verdict, d.reasons, h.held_since AS refused_since,
    h.closed_on AS replaced_on
FROM work.delivery AS d
LEFT JOIN work.held_row AS h ON d.delivery_id = h.delivery_id AND h.line = 0
ORDER BY d.delivery_id
