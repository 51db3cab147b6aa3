-- The day a person died, known at D: of dates from different periods the earlier counts.
WITH ranked AS (
    SELECT
        t.id_number__key AS person_key, t.died_on, t.delivery_id, t.line,
        row_number() OVER (PARTITION BY t.id_number__key, d.period ORDER BY d.seq DESC) AS nth
    FROM feed.deaths_all AS t
    JOIN work.delivery AS d ON t.delivery_id = d.delivery_id
)
SELECT person_key, min(died_on) AS died_on
FROM ranked
WHERE nth = 1 AND died_on <= :as_of
GROUP BY person_key
