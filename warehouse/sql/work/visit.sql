-- Visits known at D: household, clue, day and finding. One whose clue the ledger does not know joins nothing
-- (visits.clue_is_known); what was visited before the first clue was opened named one on paper. One look at the
-- works of a village answers for all its households whose clues ask for that.
WITH known AS (
    SELECT clue_id, household_id, opened_on, asks_for FROM work.open_clue
    UNION ALL
    SELECT clue_id, household_id, opened_on, asks_for FROM work.closed_clue
),
own AS (
    SELECT v.household_id, v.clue_id, v.visited_on, v.finding
    FROM feed.visits AS v
    WHERE v.visited_on <= :as_of
        AND (v.clue_id IN (SELECT clue_id FROM known)
            OR v.visited_on < (SELECT coalesce(min(opened_on), DATE '9999-12-31') FROM known))
),
event AS (
    SELECT k.clue_id, k.household_id, k.opened_on, h.village_code
    FROM known AS k
    JOIN work.household AS h ON k.household_id = h.household_id
    WHERE k.asks_for = 'works'
)
SELECT household_id, clue_id, visited_on, finding FROM own
UNION
SELECT o.household_id, o.clue_id, v.visited_on, v.finding
FROM own AS v
JOIN event AS e ON v.clue_id = e.clue_id
JOIN event AS o ON e.village_code = o.village_code AND o.opened_on <= v.visited_on
