-- Rows about somebody whom the register does not have by that number and name; `known_name` is its name for the
-- number. Blanks inside a name and the point of a minority name are written in several ways: they make no other name.
WITH register AS (
    SELECT person_key, min(translate(name, ' 　·•․‧∙⋅・･．.', '')) AS name
    FROM work.member
    WHERE person_key IS NOT NULL
    GROUP BY person_key
)
SELECT
    n.delivery_id, n.line, n.person_key, translate(n.name, ' 　·•․‧∙⋅・･．.', '') AS name, r.name AS known_name
FROM work.named AS n
LEFT JOIN register AS r ON n.person_key = r.person_key
WHERE r.name IS NULL OR (n.name <> r.name AND translate(n.name, ' 　·•․‧∙⋅・･．.', '') <> r.name)
