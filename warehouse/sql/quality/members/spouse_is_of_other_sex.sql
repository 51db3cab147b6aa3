-- 配偶的性别应与户主不同 | the spouse and the head are of different sex
-- mend: 请核对性别和与户主关系 | check the sex and the relation
-- severity: warning
-- between: members
WITH person AS (
    SELECT
        household_id, relation, delivery_id, line,
        coalesce(sex, CASE person_key % 2 WHEN 1 THEN '男' WHEN 0 THEN '女' END) AS sex
    FROM work.member
    WHERE relation IN ('户主', '配偶')
),
head AS (
    SELECT household_id, min(sex) AS sex FROM person WHERE relation = '户主' GROUP BY household_id HAVING count(*) = 1
)
SELECT p.delivery_id, p.line
FROM person AS p
JOIN head AS h ON p.household_id = h.household_id AND p.sex = h.sex
WHERE p.relation = '配偶'
