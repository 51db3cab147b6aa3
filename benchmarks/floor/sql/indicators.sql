-- earned: net income and persons of the latest year
CREATE TEMP TABLE earned AS SELECT h, net, persons FROM {incomes} WHERE y = {income_year};

-- ill: the largest sum that a living member bore; a reversal takes the date of the row that it reverses
CREATE TEMP TABLE ill AS
SELECT h, max(own) AS own
FROM (
    SELECT k, sum(own)::BIGINT AS own
    FROM (
        SELECT k, own FROM settlements WHERE rev IS NULL AND NOT held AND day BETWEEN DATE '{begins}' AND DATE '{as_of}'
        UNION ALL
        SELECT o.k, r.own
        FROM settlements r JOIN settlements o ON o.key = r.rev
        WHERE NOT r.held AND r.day <= DATE '{as_of}' AND NOT o.held AND o.rev IS NULL
            AND o.day BETWEEN DATE '{begins}' AND DATE '{as_of}'
    )
    GROUP BY k
)
JOIN person USING (k)
WHERE living
GROUP BY h;
CREATE TEMP TABLE ill_gap AS SELECT DISTINCT h FROM gap WHERE feed = 'settlements';

-- bare: living members without a row 正常, those who may have one in a held row apart
CREATE TEMP TABLE bare AS
WITH uninsured AS (
    SELECT h, k FROM person ANTI JOIN (SELECT k FROM {insurance} WHERE y = {insurance_year} AND insured) USING (k)
    WHERE living AND k IS NOT NULL
),
doubt AS (SELECT h, k FROM gap WHERE feed = 'insurance' AND (t IS NULL OR t = {insurance_year}))
SELECT h, count_if(NOT doubtful) AS surely, count_if(doubtful) AS perhaps
FROM (
    SELECT h, (h, k) IN (SELECT (h, k) FROM doubt WHERE k IS NOT NULL)
        OR h IN (SELECT h FROM doubt WHERE k IS NULL) AS doubtful
    FROM uninsured
)
GROUP BY h;

-- severe: living members with a new certificate of a severe disability
CREATE TEMP TABLE severe AS
SELECT h, count(DISTINCT k) AS surely
FROM (SELECT DISTINCT k FROM {disability} WHERE severe AND day BETWEEN DATE '{begins}' AND DATE '{as_of}')
JOIN person USING (k)
WHERE living
GROUP BY h;
CREATE TEMP TABLE severe_gap AS SELECT DISTINCT h FROM gap WHERE feed = 'disability';

-- kids: children of 6-15 out of school, and those of whom it is not known
CREATE TEMP TABLE kid AS
SELECT h, k, excused FROM person WHERE living AND born BETWEEN {oldest_child} AND {youngest_child};
CREATE TEMP TABLE at_school AS
SELECT k, max(term) AS last, bool_or(status = 3 AND term = final) AS is_left,
    bool_or(status IN (1, 2) AND term = final) AS stays, bool_or(status IN (1, 2, 5) AND term = {term_due}) AS seen
FROM (
    SELECT k, term, status, max(term) OVER (PARTITION BY k) AS final
    FROM (SELECT k, term, status FROM {enrolments} SEMI JOIN kid USING (k))
)
GROUP BY k;
CREATE TEMP TABLE kids AS
WITH doubt AS (
    SELECT kid.h, kid.k, bool_or(feed = 'dropouts') AS by_list,
        max(CASE WHEN feed = 'enrolments' THEN coalesce(t, 999999) END) AS by_term
    FROM kid JOIN (SELECT * FROM gap WHERE feed IN ('dropouts', 'enrolments')) g
        ON kid.h = g.h AND (g.k IS NULL OR g.k = kid.k)
    GROUP BY kid.h, kid.k
),
listed AS (SELECT DISTINCT k FROM {dropouts} WHERE NOT back),
away AS (SELECT DISTINCT k FROM grants WHERE NOT held AND away AND day BETWEEN DATE '{begins}' AND DATE '{as_of}'),
state AS (
    SELECT kid.h,
        CASE WHEN kid.k IS NULL THEN 1
             WHEN {has_list} AND kid.k IN (SELECT k FROM listed) THEN 2
             WHEN is_left AND NOT stays AND coalesce(by_term, 0) < last AND last >= {term_missing} THEN 2
             WHEN is_left OR by_list OR by_term >= coalesce(last, 0) OR NOT {has_list} THEN 1
             WHEN seen OR excused OR kid.k IN (SELECT k FROM away) THEN 0
             ELSE 1 END AS s
    FROM kid LEFT JOIN at_school USING (k) LEFT JOIN doubt ON kid.h = doubt.h AND kid.k = doubt.k
)
SELECT h, count_if(s = 2) AS surely, count_if(s = 1) AS perhaps FROM state GROUP BY h HAVING max(s) > 0;

-- newly: living members newly paid, 低保 and 特困 pooled, and those of whom it is not known
CREATE TEMP TABLE newly AS
WITH pay AS (
    SELECT k, bool_or(month < {pay_recent}) AS early, bool_or(month >= {pay_recent}) AS late
    FROM (
        SELECT k, month FROM allowances WHERE NOT held AND amount > 0
        UNION ALL SELECT k, month FROM destitute WHERE NOT held AND amount > 0
    )
    WHERE month >= {pay_first}
    GROUP BY k
),
doubt AS (SELECT h, k FROM gap WHERE feed = 'payroll' AND (t IS NULL OR t >= {pay_recent})),
perhaps AS (
    SELECT h, k FROM doubt WHERE k IS NOT NULL
    UNION ALL
    SELECT p.h, p.k FROM person p
    WHERE p.living AND p.k IS NOT NULL AND ({pay_recent_missing} OR p.h IN (SELECT h FROM doubt WHERE k IS NULL))
)
SELECT h, count(DISTINCT k) FILTER (sure) AS surely, count(DISTINCT k) FILTER (NOT sure) AS perhaps
FROM (
    SELECT p.h, p.k, NOT {pay_early_missing} AS sure
    FROM (SELECT k FROM pay WHERE late AND NOT early) JOIN person p USING (k)
    WHERE p.living
    UNION ALL
    SELECT h, k, false FROM perhaps ANTI JOIN pay USING (k)
)
GROUP BY h;
