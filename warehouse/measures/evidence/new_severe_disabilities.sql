SELECT m.household_id, d.delivery_id, d.line
FROM feed.disability AS d
JOIN work.member AS m ON d.certificate_no__key = m.person_key AND m.is_living
WHERE d.status = '有效' AND d.issued_on > :as_of - INTERVAL 1 YEAR AND d.issued_on <= :as_of
    AND (d.grade IN ('1', '2') OR (d.grade = '3' AND d.type IN ('5', '6')))
