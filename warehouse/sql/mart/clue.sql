-- 预警线索（入户核查对象） | Clues: what a village visits, and what became of it
-- key: as_of, clue_id
-- as_of: 截至 | as of
-- clue_id: 线索编号 | number of the clue
-- household_id: 户编号 | household number
-- village_code: 行政村代码 | village code
-- town_code: 乡镇代码 | town code
-- suggested_class: 建议类别（由人认定；已办结的为空） | class suggested, to be decided by people; empty once closed
-- no_suggestion_because: 无建议的原因 | why there is no suggestion
-- reasons: 预警指标（逗号分隔；仅上报的为空；转为情况不明的仍列出） | indicators at risk and not clear since, joined by commas; none where a report alone opened it
-- reasons_since: 各指标首次出现日期（与预警指标同序） | first day of each of these indicators, in the same order
-- asks_for: 核查方式（visit入户、call电话、works查看村供水设施，同村一次） | visit, call, or works: one look at the works of the village for all its households
-- opened_on: 产生日期 | day it was opened
-- due_on: 核查期限（15日内） | day by which to visit, 15 days after opening
-- status: 状态（open、closed、overdue） | open, closed or overdue
-- closed_on: 办结日期 | day of the visit, or of the night, that closed it
-- closed_by: 办结方式（visit核查、cleared各项指标均无风险） | visit, or cleared: every indicator has cleared
-- closing_finding: 核查结论（由核查办结的） | finding of the visit that closed it
-- rank: 排序（已办结的为空） | rank within the city, of those not closed: monitored households apart at the end, then by number of signals
WITH line AS (
    SELECT household_id, status FROM mart.signal WHERE indicator = 'income_below_line'
),
shocked AS (
    SELECT DISTINCT household_id FROM mart.signal
    WHERE status = 'at_risk' AND indicator IN (
        'income_collapse', 'rigid_exceeds_income', 'after_rigid_below_line', 'catastrophic_illness')
),
other AS (
    SELECT DISTINCT household_id FROM mart.signal
    WHERE status = 'at_risk' AND indicator NOT IN ('income_below_line', 'after_rigid_below_line')
),
-- two visits on one day: the one that names the clue, then the graver finding
found AS (
    SELECT
        v.household_id, v.visited_on, v.clue_id, v.finding,
        CASE v.finding WHEN '属实' THEN 1 WHEN '部分属实' THEN 2 ELSE 3 END AS gravity
    FROM work.visit AS v
),
closed AS (
    SELECT
        c.clue_id, c.household_id, c.opened_on, c.closed_on, c.asks_for, f.finding,
        row_number() OVER (
            PARTITION BY c.clue_id ORDER BY CASE WHEN f.clue_id = c.clue_id THEN 0 ELSE 1 END, f.gravity
        ) AS nth
    FROM (
        SELECT clue_id, household_id, opened_on, closed_on, asks_for FROM work.closed_clue
        UNION ALL
        SELECT clue_id, household_id, opened_on, closed_on, asks_for FROM work.clue WHERE closed_on IS NOT NULL
    ) AS c
    LEFT JOIN found AS f ON c.household_id = f.household_id AND c.closed_on = f.visited_on
),
had AS (
    SELECT
        clue_id,
        string_agg(indicator, ',' ORDER BY indicator) AS reasons,
        string_agg(CAST(seen_on AS VARCHAR), ',' ORDER BY indicator) AS since
    FROM work.clue_seen
    GROUP BY clue_id
),
judged AS (
    SELECT
        c.clue_id, c.household_id, h.village_code, h.town_code, c.standing AS reasons, c.since, c.asks_for,
        c.opened_on, n.signals,
        h.monitored_class IS NOT NULL AND NOT coalesce(h.is_risk_removed, FALSE) AS is_monitored,
        h.household_type, l.status AS line_status,
        s.household_id IS NOT NULL AS is_shocked,
        o.household_id IS NOT NULL OR :is_line_enough AS is_enough
    FROM work.clue AS c
    JOIN work.household AS h ON c.household_id = h.household_id
    LEFT JOIN work.clue_now AS n ON c.household_id = n.household_id
    LEFT JOIN line AS l ON c.household_id = l.household_id
    LEFT JOIN shocked AS s ON c.household_id = s.household_id
    LEFT JOIN other AS o ON c.household_id = o.household_id
    WHERE c.closed_on IS NULL
)
SELECT
    :as_of AS as_of,
    clue_id,
    household_id,
    village_code,
    town_code,
    CASE
        WHEN is_monitored THEN '持续监测'
        WHEN line_status = 'at_risk' AND is_enough AND household_type = '脱贫户' THEN '脱贫不稳定户'
        WHEN line_status = 'at_risk' AND is_enough AND household_type = '一般农户' THEN '边缘易致贫户'
        WHEN line_status = 'clear' AND is_shocked THEN '突发严重困难户'
        WHEN line_status = 'unknown' THEN NULL
        ELSE '关注'
    END AS suggested_class,
    CASE WHEN NOT is_monitored AND line_status = 'unknown' THEN 'income_below_line:unknown' END
        AS no_suggestion_because,
    reasons,
    since AS reasons_since,
    asks_for,
    opened_on,
    CAST(opened_on + INTERVAL 15 DAY AS DATE) AS due_on,
    CASE WHEN :as_of > opened_on + INTERVAL 15 DAY THEN 'overdue' ELSE 'open' END AS status,
    CAST(NULL AS DATE) AS closed_on,
    CAST(NULL AS VARCHAR) AS closed_by,
    CAST(NULL AS VARCHAR) AS closing_finding,
    CAST(row_number() OVER (ORDER BY is_monitored, coalesce(signals, 0) DESC, opened_on, household_id) AS INTEGER)
        AS rank
FROM judged
UNION ALL
SELECT
    :as_of, c.clue_id, c.household_id, h.village_code, h.town_code, NULL, NULL, coalesce(d.reasons, ''),
    coalesce(d.since, ''), coalesce(c.asks_for, 'visit'), c.opened_on, CAST(c.opened_on + INTERVAL 15 DAY AS DATE),
    'closed', c.closed_on, CASE WHEN c.finding IS NULL THEN 'cleared' ELSE 'visit' END, c.finding, NULL
FROM closed AS c
LEFT JOIN work.household AS h ON c.household_id = h.household_id
LEFT JOIN had AS d ON c.clue_id = d.clue_id
WHERE c.nth = 1
ORDER BY clue_id
