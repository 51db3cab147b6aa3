-- 户（当前） | Households, current
-- key: household_id
-- household_id: 户编号 | household number
-- village_code: 行政村代码 | village code
-- town_code: 乡镇代码 | town code
-- household_type: 户类型 | lifted household (脱贫户) or other rural household (一般农户)
-- monitored_class: 监测对象类别（人工认定） | class of a monitored household, decided by people
-- monitored_since: 识别监测时间 | month since which it is monitored
-- is_risk_removed: 风险是否已消除 | whether the risk has been removed
-- exit_year: 脱贫年度 | year of leaving poverty
-- persons: 在世家庭成员数 | living members
-- dwelling_grade: 危房级别 | dwelling grade, A safe to D dangerous
WITH counted AS (
    SELECT household_id, count(*) AS persons FROM work.member WHERE is_living GROUP BY household_id
)
SELECT
    h.household_id,
    h.village_code,
    h.town_code,
    h.household_type,
    h.monitored_class,
    h.monitored_since,
    h.is_risk_removed,
    h.exit_year,
    CASE WHEN s.is_usable THEN CAST(coalesce(c.persons, 0) AS INTEGER) END AS persons,
    h.dwelling_grade
FROM work.household AS h
CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'members') AS s
LEFT JOIN counted AS c ON h.household_id = c.household_id
ORDER BY h.household_id
