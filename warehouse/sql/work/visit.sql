-- Visits known at D. One whose clue the ledger does not know joins nothing (visits.clue_is_known); what was visited
-- before the first clue was opened named one on paper.
WITH known AS (
    SELECT clue_id, opened_on FROM work.open_clue
    UNION ALL
    SELECT clue_id, opened_on FROM work.closed_clue
)
SELECT v.*
FROM feed.visits AS v
WHERE v.visited_on <= :as_of
    AND (v.clue_id IN (SELECT clue_id FROM known)
        OR v.visited_on < (SELECT coalesce(min(opened_on), DATE '9999-12-31') FROM known))
