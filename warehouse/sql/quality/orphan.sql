-- 无主记录 | Rows that loaded but join nothing, per feed: household unknown, or person in no household
-- key: feed, reason
-- feed: 数据集 | feed
-- reason: 原因 | why they join nothing
-- rows: 行数 | rows
-- unattributable: 其中无法归属的行数 | of these, rows that name nobody we know: whose they are has to be found out
SELECT feed, reason, rows, unattributable FROM work.orphan ORDER BY feed, reason
