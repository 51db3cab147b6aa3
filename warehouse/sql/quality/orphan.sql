-- 无主记录 | Rows that loaded but join nothing, per feed: household unknown, or person in no household
-- key: feed, reason
-- feed: 数据集 | feed
-- reason: 原因 | why they join nothing
-- rows: 行数 | rows
SELECT feed, reason, rows FROM work.orphan ORDER BY feed, reason
