-- 健康状况为残疾的，应有有效的残疾人证 | who is called disabled has a valid certificate
-- mend: 请核对健康状况；未办证的请协助办理 | check the health; help to get a certificate where there is none
-- severity: warning
-- between: members, disability
SELECT m.delivery_id, m.line
FROM work.member AS m
WHERE m.is_living AND m.person_key IS NOT NULL AND m.health LIKE '%残疾%'
    AND NOT EXISTS (
        SELECT 1 FROM feed.disability AS d WHERE d.certificate_no__key = m.person_key AND d.status = '有效'
    )
