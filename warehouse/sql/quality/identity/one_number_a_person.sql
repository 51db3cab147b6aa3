-- 同一姓名、同一出生日期的人一般只有一个证件号码 | one name and date of birth has one number
-- mend: 请核对证件号码，确系两人的不必更正 | check the numbers; leave them where these are two persons
-- severity: warning
-- between: members
-- Listed are two members alike, and a row about somebody whom the register has under another number.
WITH person AS (
    SELECT name, person_key // 1000 % 100000000 AS born, person_key, delivery_id, line
    FROM work.member
    WHERE person_key IS NOT NULL
),
namesake AS (
    SELECT name, born FROM person GROUP BY name, born HAVING min(person_key) <> max(person_key)
)
SELECT p.delivery_id, p.line
FROM person AS p
JOIN namesake AS t ON p.name = t.name AND p.born = t.born
UNION ALL
SELECT n.delivery_id, n.line
FROM work.not_registered AS n
WHERE n.known_name IS NULL
    AND EXISTS (SELECT 1 FROM person AS p WHERE p.name = n.name AND p.born = n.person_key // 1000 % 100000000)
