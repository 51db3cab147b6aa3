-- 当年领取低保的，全户全年一般不少于200元 | who was paid an allowance was paid 200 yuan or more in the year
-- mend: 请核对低保发放金额及其单位 | check the amounts paid and their unit
-- severity: warning
-- between: incomes, allowances
WITH received AS (
    SELECT r.household_id, extract(year FROM a.paid_month) AS year, sum(a.amount) AS amount
    FROM feed.allowances AS a
    JOIN work.residence AS r
        ON a.id_number__key = r.person_key AND a.paid_month >= r.from_day AND a.paid_month < r.before_day
    GROUP BY r.household_id, extract(year FROM a.paid_month)
)
SELECT i.delivery_id, i.line
FROM feed.incomes AS i
JOIN received AS r ON i.household_id = r.household_id AND i.year = r.year
WHERE r.amount > 0 AND r.amount < 200
