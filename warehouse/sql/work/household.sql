-- Every household of the register at D. A household whose row is held and that has no earlier version exists
-- with unknown attributes; so does every household when the last register file is too old to answer.
WITH state AS (
    SELECT is_usable FROM work.feed_state WHERE feed = 'households'
),
listed AS (
    SELECT
        h.household_id, h.delivery_id, h.line, h.village_code, h.hamlet, h.household_type, h.monitored_class,
        h.monitored_since, h.is_risk_removed, h.exit_year, h.risk_1, h.risk_2, h.risk_3, h.dwelling_grade,
        h.is_water_declared_safe, h.is_insured_against_poverty, state.is_usable AS is_known
    FROM feed.households AS h
    CROSS JOIN state
    UNION ALL
    SELECT DISTINCT
        household_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        FALSE
    FROM held.households
    -- Cells that have moved put a telephone, a person's number or a name under 户编号, and it would be published:
    -- such a number never counts, and that of a row of the wrong length only where a member's row names it too.
    WHERE NOT regexp_full_match(household_id, :personal)
        AND (row__fault IS NULL OR household_id IN (SELECT household_id FROM feed.members))
)
SELECT
    l.household_id,
    l.delivery_id,
    l.line,
    CASE WHEN l.is_known THEN d.division_code END AS village_code,
    CASE WHEN l.is_known THEN substring(d.division_code, 1, 9) END AS town_code,
    CASE WHEN l.is_known THEN l.household_type END AS household_type,
    CASE WHEN l.is_known THEN l.monitored_class END AS monitored_class,
    CASE WHEN l.is_known THEN l.monitored_since END AS monitored_since,
    CASE WHEN l.is_known THEN l.is_risk_removed END AS is_risk_removed,
    CASE WHEN l.is_known THEN l.exit_year END AS exit_year,
    CASE WHEN l.is_known THEN l.dwelling_grade END AS dwelling_grade,
    l.is_known,
    CASE WHEN l.is_known THEN
        l.household_type = '脱贫户' OR (l.monitored_class IS NOT NULL AND NOT coalesce(l.is_risk_removed, FALSE))
    END AS is_lifted_or_monitored
FROM listed AS l
LEFT JOIN work.village AS d ON l.village_code = d.division_code
