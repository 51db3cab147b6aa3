-- 已注销的残疾人证不应再发放补贴 | no subsidy is paid on a certificate that was cancelled
-- mend: 请核对残疾人证状态 | check the status of the certificate
-- severity: warning
-- between: disability_subsidies, disability
-- By the list of the month paid for, else the first after it, else the last before.
WITH list AS (
    SELECT
        m.paid_month,
        coalesce(
            min(CASE WHEN s.period_last >= m.paid_month THEN s.period_last END), max(s.period_last)) AS period_last
    FROM (SELECT DISTINCT paid_month FROM feed.disability_subsidies) AS m
    CROSS JOIN work.delivery AS s
    WHERE s.delivery_id IN (SELECT delivery_id FROM work.snapshot WHERE feed = 'disability')
    GROUP BY m.paid_month
)
SELECT p.delivery_id, p.line
FROM feed.disability_subsidies AS p
JOIN list AS l ON p.paid_month = l.paid_month
JOIN work.delivery AS f ON l.period_last = f.period_last
JOIN feed.disability_all AS d
    ON f.delivery_id = d.delivery_id
    AND substring(d.certificate_no, 1, 20) = substring(p.certificate_no, 1, 20)
WHERE d.status = '注销'
