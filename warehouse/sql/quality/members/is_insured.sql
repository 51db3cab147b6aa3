-- 家庭成员应参加当年的基本医疗保险 | a member is insured in the year
-- mend: 请核实是否参军、新生儿或在外地参保，未参保的请动员参保 | find out whether soldier, newborn or insured elsewhere; else see to it
-- severity: warning
-- between: members, insurance
-- The newest year delivered counts: that of the date, or one before.
WITH counted AS (
    SELECT max(year) AS year
    FROM work.insurance_year
    WHERE year <= extract(year FROM :as_of)
)
SELECT m.delivery_id, m.line
FROM work.member AS m
CROSS JOIN counted AS c
WHERE m.is_living AND m.person_key IS NOT NULL AND c.year IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM feed.insurance AS i
        WHERE i.id_number__key = m.person_key AND i.year = c.year AND i.status = '正常'
    )
