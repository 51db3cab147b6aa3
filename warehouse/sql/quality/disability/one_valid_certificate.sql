-- 一人只应有一个有效的残疾人证 | a person has one valid certificate
-- mend: 请注销旧证 | cancel the older one
-- severity: warning
-- between: disability
SELECT d.delivery_id, d.line
FROM feed.disability AS d
JOIN (
    SELECT certificate_no__key
    FROM feed.disability
    WHERE status = '有效'
    GROUP BY certificate_no__key
    HAVING count(*) > 1
) AS t ON d.certificate_no__key = t.certificate_no__key
WHERE d.status = '有效'
