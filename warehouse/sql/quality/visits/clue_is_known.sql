-- 线索编号应是本系统生成的线索 | the clue is one of this system's
-- mend: 请照核查清单填写线索编号；在此之前该核查不作数 | copy the clue number from the work list; until then the visit does not count
-- severity: error
-- between: visits
-- What was visited before the system opened its first clue names a clue on paper.
SELECT v.delivery_id, v.line
FROM feed.visits AS v
WHERE v.visited_on <= :as_of
    AND NOT EXISTS (
        SELECT 1 FROM work.visit AS w WHERE w.clue_id = v.clue_id AND w.visited_on = v.visited_on
    )
