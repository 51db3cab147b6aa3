-- 同一证件号码在各数据集中应是同一姓名（以农户台账为准） | one number has one name in every feed: that of the register, if it has the person
-- mend: 请核对证件号码与姓名 | check the number and the name
-- severity: warning
-- between: members
WITH stranger AS (
    SELECT person_key, min(name) AS known_name FROM work.not_registered WHERE known_name IS NULL GROUP BY person_key
)
SELECT n.delivery_id, n.line
FROM work.not_registered AS n
LEFT JOIN stranger AS s ON n.person_key = s.person_key
WHERE n.name <> coalesce(n.known_name, s.known_name)
