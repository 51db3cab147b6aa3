-- The access rows that still answer at D.
SELECT a.*
FROM feed.access AS a
CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'access') AS s
WHERE s.is_usable
