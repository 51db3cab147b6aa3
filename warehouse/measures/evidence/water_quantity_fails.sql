SELECT household_id, delivery_id, line FROM work.access
WHERE litres_per_person_day < 20
    OR (litres_per_person_day < 35 AND NOT coalesce(is_water_scarce_area, :is_water_scarce))
