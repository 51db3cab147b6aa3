-- Rows, held or loaded, that are missing for nobody whom we know.
WITH unjoined AS (
    SELECT feed, delivery_id, line, TRUE AS is_held FROM work.held WHERE NOT is_mere_repeat
    UNION ALL
    SELECT feed, delivery_id, line, FALSE FROM work.orphan_row
)
SELECT u.feed, u.delivery_id, u.line, u.is_held
FROM unjoined AS u
LEFT JOIN (SELECT DISTINCT delivery_id, line FROM work.missing) AS m
    ON u.delivery_id = m.delivery_id AND u.line = m.line
WHERE m.delivery_id IS NULL
