-- What nights before have held, row by row, as the ledger remembers it.
SELECT l.delivery_id, CAST(n.line AS INTEGER) AS line, l.reasons, l.held_since, l.closed_on
FROM work.held_lines AS l, generate_series(l.line_first, l.line_last) AS n (line)
