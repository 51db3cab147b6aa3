-- 残疾证号应在残疾人证名单中 | the certificate is one of the list
-- mend: 请核对残疾证号；在此之前该行不计入补贴 | check the certificate; until then the payment is not counted
-- severity: error
-- between: disability_subsidies, disability
-- One issued anew has two more digits and is the same certificate. The lists of all months count.
SELECT s.delivery_id, s.line
FROM feed.disability_subsidies AS s
WHERE NOT EXISTS (
    SELECT 1
    FROM feed.disability_all AS d
    WHERE substring(d.certificate_no, 1, 20) = substring(s.certificate_no, 1, 20)
)
