-- 已注销的残疾人证不应再发放补贴 | no subsidy is paid on a certificate that was cancelled
-- mend: 请核对残疾人证状态 | check the status of the certificate
-- severity: warning
-- between: disability_subsidies, disability
-- By the list of the month paid for, else the first after it, else the last before.
WITH list AS (
    SELECT
        m.paid_month,
        coalesce(
            min(CASE WHEN s.period_first >= m.paid_month THEN s.period_first END), max(s.period_first)
        ) AS period_first
    FROM (SELECT DISTINCT paid_month FROM feed.disability_subsidies) AS m
    CROSS JOIN work.snapshot AS s
    WHERE s.feed = 'disability'
    GROUP BY m.paid_month
)
SELECT p.delivery_id, p.line
FROM feed.disability_subsidies AS p
JOIN list AS l ON p.paid_month = l.paid_month
JOIN work.snapshot AS s ON s.feed = 'disability' AND l.period_first = s.period_first
JOIN feed.disability_all AS d
    ON s.delivery_id = d.delivery_id
    AND substring(d.certificate_no, 1, 20) = substring(p.certificate_no, 1, 20)
WHERE d.status = '注销'
