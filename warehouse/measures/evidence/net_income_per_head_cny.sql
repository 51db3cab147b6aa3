SELECT i.household_id, i.delivery_id, i.line
FROM feed.incomes AS i
JOIN (
    SELECT max(extract(year FROM period_first)) AS year
    FROM work.snapshot
    WHERE feed = 'incomes' AND extract(year FROM period_first)
        BETWEEN extract(year FROM :as_of) - 1 AND extract(year FROM :as_of)
) AS latest ON i.year = latest.year
