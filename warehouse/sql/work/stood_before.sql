-- Rows of `members` whose household is in no register, and the household in which their person stood in the list
-- before: the last accepted one that has the person, by 人编号 or number, in a household that we know.
WITH orphan AS (
    SELECT o.delivery_id, o.line, m.person_no, m.id_number__key AS person_key, d.seq
    FROM work.orphan_row AS o
    JOIN feed.members AS m ON o.delivery_id = m.delivery_id AND o.line = m.line
    JOIN work.delivery AS d ON o.delivery_id = d.delivery_id
    WHERE o.feed = 'members'
),
earlier AS (
    SELECT m.person_no, m.id_number__key AS person_key, m.household_id, d.seq
    FROM feed.members_ever AS m
    JOIN work.delivery AS d ON m.delivery_id = d.delivery_id
    JOIN work.household AS h ON m.household_id = h.household_id
    WHERE m.person_no IN (SELECT person_no FROM orphan) OR m.id_number__key IN (SELECT person_key FROM orphan)
),
stood AS (
    SELECT o.delivery_id, o.line, e.household_id, e.seq
    FROM orphan AS o
    JOIN earlier AS e ON o.person_no = e.person_no AND e.seq < o.seq
    UNION
    SELECT o.delivery_id, o.line, e.household_id, e.seq
    FROM orphan AS o
    JOIN earlier AS e ON o.person_key = e.person_key AND e.seq < o.seq
),
ranked AS (
    SELECT *, rank() OVER (PARTITION BY delivery_id, line ORDER BY seq DESC) AS nth FROM stood
)
SELECT delivery_id, line, household_id FROM ranked WHERE nth = 1
