-- 报送批次 | Deliveries and how they were judged
-- key: delivery_id
-- delivery_id: 报送批次 | delivery, hash of feed, period, number and content
-- department: 部门 | department
-- feed: 数据集 | feed
-- period: 所属期 | period
-- received_at: 收到时间 | when it was received
-- sha256: 文件校验值 | hash of the bytes
-- rows_received: 收到行数 | rows received
-- rows_loaded: 入库行数 | rows loaded
-- rows_quarantined: 隔离行数 | rows held
-- rows_duplicate: 重复行数 | rows that repeat another
-- verdict: 结论（accepted、refused、already_loaded） | accepted, refused or already_loaded
-- reasons: 原因 | reasons, joined by commas
SELECT
    delivery_id, department, feed, period, received_at, sha256, rows_received, rows_loaded, rows_quarantined,
    rows_duplicate, verdict, reasons
FROM work.delivery
ORDER BY delivery_id
