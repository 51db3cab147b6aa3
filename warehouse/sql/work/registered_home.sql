-- One household a registered person, the smaller number where there are two: city figures count each once.
SELECT person_key, min(household_id) AS household_id FROM work.registered GROUP BY person_key
