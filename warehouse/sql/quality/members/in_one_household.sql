-- 一人只应在一户 | a person is in one household
-- mend: 请核对户编号，只保留实际所在的一户 | check the household numbers, keep the one where the person lives
-- severity: warning
-- between: members
SELECT m.delivery_id, m.line
FROM work.member AS m
JOIN (
    SELECT person_key
    FROM work.member
    WHERE person_key IS NOT NULL
    GROUP BY person_key
    HAVING min(household_id) <> max(household_id)
) AS t ON m.person_key = t.person_key
