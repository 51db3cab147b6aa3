-- 同一学期只应在一所学校在读 | a pupil is at one school in a term
-- mend: 请核对学籍，转学的请更新转出学校的学籍状态 | check the enrolments; after a move the old school says 转出
-- severity: warning
-- between: enrolments
SELECT e.delivery_id, e.line
FROM feed.enrolments AS e
JOIN (
    SELECT id_number__key, term
    FROM feed.enrolments
    WHERE status IN ('在读', '休学')
    GROUP BY id_number__key, term
    HAVING min(coalesce(school_code, school_name)) <> max(coalesce(school_code, school_name))
) AS t ON e.id_number__key = t.id_number__key AND e.term = t.term
WHERE e.status IN ('在读', '休学')
