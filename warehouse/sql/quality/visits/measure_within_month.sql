-- 认定后应在一个月内落实帮扶措施 | help begins within a month after the decision
-- mend: 请落实帮扶措施，并补填措施落实日期 | see to the help, and fill in the day it began
-- severity: warning
-- between: visits
-- Any visit of the clue may have told it.
SELECT v.delivery_id, v.line
FROM feed.visits AS v
WHERE v.decided_class <> '不纳入' AND v.decided_on + INTERVAL 1 MONTH < :as_of
    AND NOT EXISTS (
        SELECT 1
        FROM feed.visits AS m
        WHERE m.clue_id = v.clue_id AND m.measure IS NOT NULL AND m.measure_on <= v.decided_on + INTERVAL 1 MONTH
    )
