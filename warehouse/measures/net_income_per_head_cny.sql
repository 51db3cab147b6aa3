-- Net income per head of the latest year accepted, compared without dividing: bounds are the household's net
-- income and `per` its persons. Medical and school costs are not deducted here.
-- zh: 人均纯收入
-- en: net income per head, yuan
WITH latest AS (
    SELECT max(extract(year FROM period_first)) AS year
    FROM work.snapshot
    WHERE feed = 'incomes' AND extract(year FROM period_first)
        BETWEEN extract(year FROM :as_of) - 1 AND extract(year FROM :as_of)
),
income AS (
    SELECT
        i.household_id, i.persons,
        i.wage_income + i.business_income + i.property_income + i.transfer_income - i.business_cost AS net_cny
    FROM feed.incomes AS i
    JOIN latest ON i.year = latest.year
)
SELECT
    h.household_id,
    i.net_cny AS lower,
    i.net_cny AS upper,
    coalesce(i.persons, 1) AS per,
    CASE
        WHEN i.household_id IS NOT NULL THEN NULL
        WHEN latest.year IS NULL THEN 'feed_missing:incomes'
        ELSE 'row_missing:incomes'
    END AS because
FROM work.household AS h
CROSS JOIN latest
LEFT JOIN income AS i ON h.household_id = i.household_id
