-- 健康状况为健康的，不应有有效的残疾人证 | who is called healthy has no valid certificate
-- mend: 请核对健康状况 | check the health
-- severity: warning
-- between: members, disability
SELECT m.delivery_id, m.line
FROM work.member AS m
WHERE m.is_living AND m.health = '健康'
    AND EXISTS (
        SELECT 1 FROM feed.disability AS d WHERE d.certificate_no__key = m.person_key AND d.status = '有效'
    )
