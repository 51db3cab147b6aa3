SELECT household_id, delivery_id, line FROM work.access WHERE litres_per_person_day < 35
