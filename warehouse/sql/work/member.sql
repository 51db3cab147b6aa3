-- Members at D, the dead among them marked. The number that the same 人编号 had before is kept where today's
-- cannot be read, but not where the cell states that there is none.
WITH unread AS (
    SELECT person_no FROM feed.members
    WHERE id_number__key IS NULL AND coalesce(id_number__fault, 'empty') NOT IN ('none_stated', 'foreign')
),
earlier AS (
    SELECT
        a.person_no, a.id_number__key,
        row_number() OVER (PARTITION BY a.person_no ORDER BY s.period_first DESC) AS nth
    FROM feed.members_all AS a
    JOIN work.snapshot AS s ON s.feed = 'members' AND a.delivery_id = s.delivery_id
    WHERE a.id_number__key IS NOT NULL AND a.person_no IN (SELECT person_no FROM unread)
),
numbered AS (
    SELECT m.*, coalesce(m.id_number__key, e.id_number__key) AS person_key
    FROM feed.members AS m
    CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'members') AS state
    LEFT JOIN earlier AS e ON m.id_number__key IS NULL AND m.person_no = e.person_no AND e.nth = 1
    WHERE state.is_usable
),
born AS (
    SELECT
        n.*,
        coalesce(
            TRY_CAST(
                concat_ws('-', substring(CAST(n.person_key AS VARCHAR), 7, 4),
                    substring(CAST(n.person_key AS VARCHAR), 11, 2), substring(CAST(n.person_key AS VARCHAR), 13, 2))
                AS DATE),
            n.birth_date) AS born_on
    FROM numbered AS n
)
SELECT
    -- what stands there instead of a household's number would be published
    CASE WHEN h.household_id IS NOT NULL OR NOT regexp_full_match(b.household_id, :personal) THEN b.household_id END
        AS household_id,
    b.person_no,
    b.person_key,
    b.name,
    b.id_number,
    b.delivery_id,
    b.line,
    b.relation,
    b.sex,
    b.born_on,
    (extract(year FROM :as_of) * 10000 + extract(month FROM :as_of) * 100 + extract(day FROM :as_of)
        - extract(year FROM b.born_on) * 10000 - extract(month FROM b.born_on) * 100 - extract(day FROM b.born_on)
    ) // 10000 AS age,
    b.labour,
    b.health,
    b.schooling,
    b.not_in_school_reason,
    d.died_on,
    d.died_on IS NULL AS is_living
FROM born AS b
LEFT JOIN work.death AS d ON b.person_key = d.person_key
LEFT JOIN work.household AS h ON b.household_id = h.household_id
