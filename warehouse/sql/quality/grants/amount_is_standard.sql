-- 义务教育阶段学生的家庭经济困难资助，标准为每学期250、312.5、500或625元 | the grant of a pupil in compulsory education is 250, 312.50, 500 or 625 yuan a term
-- mend: 请核对学段与发放金额 | check the stage and the amount
-- severity: warning
-- between: grants, enrolments
-- A programme that names compulsory education is checked when its row is read.
SELECT g.delivery_id, g.line
FROM feed.grants AS g
WHERE g.programme LIKE '%家庭经济困难%' AND g.programme NOT LIKE '%义务教育%'
    AND g.amount NOT IN (250, 312.5, 500, 625)
    AND EXISTS (
        SELECT 1
        FROM feed.enrolments AS e
        WHERE e.id_number__key = g.id_number__key AND e.term = g.term AND e.stage IN ('小学', '初中')
    )
