-- 一人只应有一个死亡日期（以较早的为准） | a person has one date of death; the earlier counts
-- mend: 请核对死亡日期，报送更正件 | check the date and send a correction
-- severity: warning
-- between: deaths
-- A correction inside one period takes the place of what it corrects. The later period's row is listed.
WITH told AS (
    SELECT
        t.id_number__key, t.died_on,
        row_number() OVER (PARTITION BY t.id_number__key, d.period ORDER BY d.seq DESC) AS nth
    FROM feed.deaths_all AS t
    JOIN work.delivery AS d ON t.delivery_id = d.delivery_id
),
twice AS (
    SELECT id_number__key FROM told WHERE nth = 1 GROUP BY id_number__key HAVING min(died_on) <> max(died_on)
)
SELECT d.delivery_id, d.line
FROM feed.deaths AS d
JOIN twice AS t ON d.id_number__key = t.id_number__key
