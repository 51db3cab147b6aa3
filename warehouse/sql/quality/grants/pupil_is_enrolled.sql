-- 领取资助的学生当学期应有学籍，在外地就读的除外 | who is paid a grant is enrolled in the term, or at school outside the county
-- mend: 请核对证件号码与学期，在外地就读的请注明 | check the number and the term, or say that the school is outside the county
-- severity: warning
-- between: grants, enrolments
-- Of terms for which enrolments are here.
SELECT g.delivery_id, g.line
FROM feed.grants AS g
WHERE NOT coalesce(g.is_out_of_county, FALSE) AND g.term IN (SELECT term FROM work.term)
    AND NOT EXISTS (
        SELECT 1 FROM feed.enrolments AS e WHERE e.id_number__key = g.id_number__key AND e.term = g.term
    )
