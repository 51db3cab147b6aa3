-- 退回率与更正时间（按部门） | What was returned to each department, and how long correcting it took
-- key: department
-- department: 部门 | department
-- files_received: 收到文件数 | files received
-- files_refused: 仍被退回的文件数 | files refused that nothing has taken the place of
-- files_replaced: 曾被退回、后已代替或接收的文件数 | files refused once, since replaced or accepted
-- rows_received: 收到行数 | rows received
-- rows_returned: 退回行数（含整份退回的文件） | rows not let in, those of refused files as well
-- return_rate_pct: 退回率（百分比） | rows returned of 100 received
-- rows_open: 待更正行数（同一主键多次报错只计最后一次） | rows still to be mended, one that was sent again counted once
-- rows_pending: 等待行数 | rows that wait for the one they reverse
-- rows_corrected: 已更正行数 | rows in whose place another has come
-- rows_replayed: 复核通过行数 | rows that pass now as they were received
-- days_open_longest: 最久未更正天数 | days since the oldest open row or refused file was first held
-- days_to_correct_mean: 行的平均更正天数（当晚未退回即已更正的不计） | mean days from the first night that held a row to its correction, of rows that were held at the end of a night
-- days_to_replace_mean: 文件的平均更正天数（同上） | the same of refused files
WITH sent AS (
    SELECT
        department,
        count(*) AS files_received,
        CAST(sum(rows_received) AS BIGINT) AS rows_received,
        CAST(sum(rows_quarantined) AS BIGINT) AS rows_returned
    FROM work.delivery
    WHERE reasons <> 'withdrawn'
    GROUP BY department
),
held AS (
    SELECT
        d.department,
        h.line = 0 AS is_file,
        CASE
            WHEN h.status IN ('open', 'unattributable') THEN 'open'
            WHEN h.line = 0 THEN 'replaced'
            ELSE h.status
        END AS status,
        h.is_sent_again,
        :as_of - h.held_since AS days_open,
        nullif(h.closed_on - h.held_since, 0) AS days
    FROM work.held_row AS h
    JOIN work.delivery AS d ON h.delivery_id = d.delivery_id
    WHERE h.status IS NOT NULL AND d.reasons <> 'withdrawn'
),
counted AS (
    SELECT
        department,
        count(CASE WHEN is_file AND status = 'open' THEN 1 END) AS files_refused,
        count(CASE WHEN is_file AND status = 'replaced' THEN 1 END) AS files_replaced,
        count(CASE WHEN NOT is_file AND status = 'open' AND NOT is_sent_again THEN 1 END) AS rows_open,
        count(CASE WHEN NOT is_file AND status = 'pending' THEN 1 END) AS rows_pending,
        count(CASE WHEN NOT is_file AND status = 'corrected' THEN 1 END) AS rows_corrected,
        count(CASE WHEN NOT is_file AND status = 'replayed' THEN 1 END) AS rows_replayed,
        max(CASE WHEN status = 'open' THEN days_open END) AS days_open_longest,
        CAST(avg(CASE WHEN NOT is_file AND status = 'corrected' THEN days END) AS DECIMAL(10, 1))
            AS days_to_correct_mean,
        CAST(avg(CASE WHEN is_file AND status = 'replaced' THEN days END) AS DECIMAL(10, 1))
            AS days_to_replace_mean
    FROM held
    GROUP BY department
)
SELECT
    s.department,
    s.files_received,
    coalesce(c.files_refused, 0) AS files_refused,
    coalesce(c.files_replaced, 0) AS files_replaced,
    s.rows_received,
    s.rows_returned,
    CAST(100.0 * s.rows_returned / nullif(s.rows_received, 0) AS DECIMAL(5, 2)) AS return_rate_pct,
    coalesce(c.rows_open, 0) AS rows_open,
    coalesce(c.rows_pending, 0) AS rows_pending,
    coalesce(c.rows_corrected, 0) AS rows_corrected,
    coalesce(c.rows_replayed, 0) AS rows_replayed,
    c.days_open_longest,
    c.days_to_correct_mean,
    c.days_to_replace_mean
FROM sent AS s
LEFT JOIN counted AS c ON s.department = c.department
ORDER BY s.department
