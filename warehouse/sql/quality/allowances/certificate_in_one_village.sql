-- 同一低保证的保障对象应在同一行政村 | all persons of one certificate live in one village
-- mend: 请核对低保证号与保障对象 | check the certificate and the persons
-- severity: warning
-- between: allowances, households, members
-- By the villages in which they live now.
WITH home AS (
    SELECT m.person_key, min(h.village_code) AS village_code
    FROM work.member AS m
    JOIN work.household AS h ON m.household_id = h.household_id
    GROUP BY m.person_key
),
torn AS (
    SELECT a.certificate_no, a.paid_month
    FROM feed.allowances AS a
    JOIN home AS h ON a.id_number__key = h.person_key
    GROUP BY a.certificate_no, a.paid_month
    HAVING min(h.village_code) <> max(h.village_code)
)
SELECT a.delivery_id, a.line
FROM feed.allowances AS a
JOIN torn AS t ON a.certificate_no = t.certificate_no AND a.paid_month = t.paid_month
