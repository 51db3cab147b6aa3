-- waived: what settlements of the period waived, net of all reversals dated by the as-of date
CREATE TEMP TABLE waived AS
SELECT o.k, o.deductible + coalesce(r.deductible, 0) AS deductible, o.copay + coalesce(r.copay, 0) AS copay,
    o.chronic + coalesce(r.chronic, 0) AS chronic
FROM settlements o
LEFT JOIN (
    SELECT rev, sum(deductible) AS deductible, sum(copay) AS copay, sum(chronic) AS chronic
    FROM settlements
    WHERE rev IS NOT NULL AND NOT held AND day <= DATE '{as_of}'
    GROUP BY rev
) r ON r.rev = o.key
WHERE o.rev IS NULL AND NOT o.held AND o.day {period} AND (o.deductible > 0 OR o.copay > 0 OR o.chronic > 0);

-- registered: of those who received something, the members of a 脱贫户 in any register snapshot of the period
CREATE TEMP TABLE receiver AS
SELECT k FROM waived
UNION SELECT k FROM checkups WHERE NOT held AND day {period}
UNION SELECT k FROM relief WHERE NOT held AND day {period}
UNION SELECT k FROM allowances WHERE {monthly}
UNION SELECT k FROM destitute WHERE {monthly}
UNION SELECT k FROM disability_subsidies WHERE {monthly};
CREATE TEMP TABLE registered AS
SELECT DISTINCT k
FROM (
    {snapshots}
    SELECT k FROM person SEMI JOIN receiver USING (k) SEMI JOIN (SELECT h FROM home WHERE lifted) USING (h)
);

-- lives: where those on allowances lived in the month: by the snapshot of that day, else the nearest before or after
CREATE TEMP TABLE lives AS
SELECT k, month, h
FROM (SELECT DISTINCT k, month FROM allowances SEMI JOIN registered USING (k) WHERE {monthly} AND amount > 0)
JOIN (SELECT k, h, told FROM members JOIN (VALUES {member_months}) d(f, told) USING (f) WHERE NOT held) USING (k)
QUALIFY row_number() OVER (PARTITION BY k, month ORDER BY told > month, abs(told - month), h) = 1;

CREATE TEMP TABLE works AS SELECT project, people, investment FROM {projects} WHERE built = {year};

CREATE TABLE floor.policy_landing AS
SELECT "row", households::INTEGER AS households, persons::INTEGER AS persons, visits::INTEGER AS visits,
    (cents / 100)::DECIMAL(18, 2) AS amount_cny
FROM (
    SELECT 'grants_out_of_county' AS "row", NULL AS households, count(DISTINCT k) AS persons, NULL AS visits,
        sum(amount) AS cents
    FROM grants WHERE NOT held AND programme = 2 AND away AND day {period}
    UNION ALL
    SELECT 'grants_term', NULL, count(DISTINCT k), NULL, sum(amount)
    FROM grants WHERE NOT held AND programme = 1 AND term = {year} * 100 + 3 AND day <= DATE '{as_of}'
    UNION ALL
    SELECT 'deductible_waived', NULL, NULL, count(*), sum(deductible)
    FROM waived SEMI JOIN registered USING (k) WHERE deductible > 0
    UNION ALL
    SELECT 'copay_waived', NULL, NULL, count(*), sum(copay)
    FROM waived SEMI JOIN registered USING (k) WHERE copay > 0
    UNION ALL
    SELECT 'chronic_covered', NULL, NULL, count(*), sum(chronic)
    FROM waived SEMI JOIN registered USING (k) WHERE chronic > 0
    UNION ALL
    SELECT 'checkups', NULL, count(DISTINCT k), NULL, NULL
    FROM checkups SEMI JOIN registered USING (k) WHERE NOT held AND day {period}
    UNION ALL
    SELECT 'water_works', NULL, (SELECT sum(people) FROM works), NULL, sum(investment)
    FROM (SELECT project, max(investment) AS investment FROM works GROUP BY project)
    UNION ALL
    SELECT 'allowances', (SELECT count(DISTINCT h) FROM lives), count(DISTINCT k), NULL, sum(amount)
    FROM allowances SEMI JOIN registered USING (k) WHERE {monthly} AND amount > 0
    UNION ALL
    SELECT 'destitute', NULL, count(DISTINCT k), NULL, sum(amount)
    FROM destitute SEMI JOIN registered USING (k) WHERE {monthly} AND amount > 0
    UNION ALL
    SELECT 'relief', NULL, NULL, count(*), sum(amount)
    FROM relief SEMI JOIN registered USING (k) WHERE NOT held AND day {period}
    UNION ALL
    SELECT 'disability_subsidies', NULL, count(DISTINCT k), NULL, sum(amount)
    FROM disability_subsidies SEMI JOIN registered USING (k)
        SEMI JOIN (SELECT cert FROM disability WHERE NOT held) USING (cert)
    WHERE {monthly}
);
