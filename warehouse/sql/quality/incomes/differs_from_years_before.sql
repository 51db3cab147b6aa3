-- 同一户不应连续三年各项收入完全相同 | no household has the same incomes to the cent three years running
-- mend: 请核实当年收入，不要沿用上年数 | find out the incomes of the year, do not copy those before
-- severity: warning
-- between: incomes
SELECT i.delivery_id, i.line
FROM feed.incomes AS i
WHERE 2 = (
    SELECT count(*)
    FROM feed.incomes AS b
    WHERE b.household_id = i.household_id AND b.year BETWEEN i.year - 2 AND i.year - 1
        AND b.wage_income = i.wage_income AND b.business_income = i.business_income
        AND b.property_income = i.property_income AND b.transfer_income = i.transfer_income
        AND b.business_cost = i.business_cost AND b.net_income = i.net_income
)
