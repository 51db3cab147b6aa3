-- No row is the evidence: the member's own line in the register shows who has none.
SELECT m.household_id, m.delivery_id, m.line
FROM work.member AS m
WHERE m.is_living AND m.person_key IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM feed.insurance AS i
    WHERE i.id_number__key = m.person_key AND i.status = '正常' AND i.year = extract(year FROM :as_of)
)
