-- Villages that the register knows; where no divisions file ever came, those that households name.
SELECT DISTINCT division_code FROM feed.divisions WHERE level = '村'
UNION
SELECT DISTINCT village_code FROM feed.households
WHERE NOT EXISTS (SELECT 1 FROM feed.divisions)
