-- 1 where a person has less than 35 litres a day (20 where water is scarce), 0 where not. Between 20 and 35 it is
-- unknown where nobody says whether water is scarce there.
-- zh: 水量不达标
-- en: too little water, 1 or 0
WITH asked AS (
    SELECT
        h.household_id, a.household_id IS NOT NULL AS has_row, a.litres_per_person_day AS litres,
        coalesce(a.is_water_scarce_area, :is_water_scarce) AS is_scarce
    FROM work.household AS h
    LEFT JOIN work.access AS a ON h.household_id = a.household_id
),
judged AS (
    SELECT
        household_id, has_row, litres,
        CASE
            WHEN litres < 20 THEN 1
            WHEN litres >= 35 OR (litres >= 20 AND is_scarce) THEN 0
            WHEN litres >= 20 AND NOT is_scarce THEN 1
        END AS fails
    FROM asked
)
SELECT
    household_id, coalesce(fails, 0) AS lower, coalesce(fails, 1) AS upper, 1 AS per,
    CASE
        WHEN fails IS NOT NULL THEN NULL
        WHEN NOT has_row THEN 'row_missing:access'
        WHEN litres IS NULL THEN 'not_stated:litres_per_person_day'
        ELSE 'not_stated:is_water_scarce_area'
    END AS because
FROM judged
