-- 预警线索（入户核查对象） | Clues, one per household: what a village visits
-- key: as_of, clue_id
-- as_of: 截至 | as of
-- clue_id: 线索编号 | number of the clue
-- household_id: 户编号 | household number
-- village_code: 行政村代码 | village code
-- town_code: 乡镇代码 | town code
-- suggested_class: 建议类别（由人认定） | class suggested, to be decided by people
-- no_suggestion_because: 无建议的原因 | why there is no suggestion
-- reasons: 预警指标（逗号分隔） | indicators at risk, joined by commas
-- opened_on: 产生日期 | day it was opened
-- due_on: 核查期限（15日内） | day by which to visit, 15 days after opening
-- status: 状态（open、closed、overdue） | open, closed or overdue
-- rank: 排序 | rank within the city: monitored households apart at the end, then by number of signals
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
judged AS (
    SELECT
        c.clue_id, c.household_id, h.village_code, h.town_code, n.reasons, n.signals, c.opened_on, c.closed_on,
        h.monitored_class IS NOT NULL AND NOT coalesce(h.is_risk_removed, FALSE) AS is_monitored,
        h.household_type, l.status AS line_status,
        s.household_id IS NOT NULL AS is_shocked, o.household_id IS NOT NULL AS has_other
    FROM work.clue AS c
    JOIN work.household AS h ON c.household_id = h.household_id
    LEFT JOIN work.clue_now AS n ON c.household_id = n.household_id
    LEFT JOIN line AS l ON c.household_id = l.household_id
    LEFT JOIN shocked AS s ON c.household_id = s.household_id
    LEFT JOIN other AS o ON c.household_id = o.household_id
)
SELECT
    :as_of AS as_of,
    clue_id,
    household_id,
    village_code,
    town_code,
    CASE
        WHEN is_monitored THEN '持续监测'
        WHEN line_status = 'at_risk' AND has_other AND household_type = '脱贫户' THEN '脱贫不稳定户'
        WHEN line_status = 'at_risk' AND has_other AND household_type = '一般农户' THEN '边缘易致贫户'
        WHEN line_status = 'clear' AND is_shocked THEN '突发严重困难户'
        WHEN line_status = 'unknown' THEN NULL
        ELSE '关注'
    END AS suggested_class,
    CASE WHEN NOT is_monitored AND line_status = 'unknown' THEN 'income_below_line:unknown' END
        AS no_suggestion_because,
    coalesce(reasons, '') AS reasons,
    opened_on,
    CAST(opened_on + INTERVAL 15 DAY AS DATE) AS due_on,
    CASE
        WHEN closed_on IS NOT NULL THEN 'closed'
        WHEN :as_of > opened_on + INTERVAL 15 DAY THEN 'overdue'
        ELSE 'open'
    END AS status,
    CAST(row_number() OVER (ORDER BY is_monitored, coalesce(signals, 0) DESC, opened_on, household_id) AS INTEGER)
        AS rank
FROM judged
ORDER BY clue_id
