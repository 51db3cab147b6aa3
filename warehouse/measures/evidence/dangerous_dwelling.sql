SELECT household_id, delivery_id, line FROM work.household
