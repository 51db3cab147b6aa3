SELECT household_id, delivery_id, line FROM :rows WHERE :is_so
