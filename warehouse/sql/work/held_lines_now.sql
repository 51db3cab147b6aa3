-- What the ledger is to remember of deliveries in which something changed: rows that follow one another and have
-- reasons and dates in common are one entry.
WITH changed AS (
    SELECT DISTINCT delivery_id
    FROM (
        SELECT delivery_id, line, reasons, held_since, closed_on FROM work.held_row
        EXCEPT
        SELECT delivery_id, line, reasons, held_since, closed_on FROM work.held_before
    ) AS new
),
numbered AS (
    SELECT
        h.*,
        h.line - row_number() OVER (
            PARTITION BY h.delivery_id, h.reasons, h.held_since, h.closed_on ORDER BY h.line
        ) AS island
    FROM work.held_row AS h
    JOIN changed AS c ON h.delivery_id = c.delivery_id
)
SELECT delivery_id, min(line) AS line_first, max(line) AS line_last, reasons, held_since, closed_on
FROM numbered
GROUP BY delivery_id, reasons, held_since, closed_on, island
