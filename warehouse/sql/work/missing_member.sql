-- The living members whose rows may be among the held ones of a feed: a row that names a household may be about
-- any of them.
SELECT m.feed, b.household_id, b.person_no, m.fact_first, m.fact_last
FROM work.missing AS m
JOIN work.member AS b
    ON m.household_id = b.household_id AND (m.person_key IS NULL OR m.person_key = b.person_key)
WHERE b.is_living AND m.feed <> 'members'
