-- 数据时效 | Freshness of feeds
-- key: feed
-- feed: 数据集 | feed
-- expected_by: 应报日期 | day by which the next file should be there
-- last_period: 最近所属期 | last period accepted
-- days_late: 迟报天数 | days late
SELECT feed, expected_by, last_period, days_late FROM work.freshness ORDER BY feed
