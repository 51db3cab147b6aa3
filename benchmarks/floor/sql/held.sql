-- bad: the held rows about persons that may matter; t = year, term or month, null where it cannot be read
CREATE TEMP TABLE bad AS
SELECT row_number() OVER () AS id, *
FROM (
    SELECT 'settlements' AS feed, NULL::INTEGER AS t, h, k, number, who FROM {settlements} WHERE {window}
    UNION ALL SELECT 'insurance', y, NULL, k, number, who FROM {insurance}
    UNION ALL SELECT 'enrolments', term, NULL, k, number, who FROM {enrolments}
    UNION ALL SELECT 'dropouts', NULL, NULL, k, number, who FROM {dropouts}
    UNION ALL SELECT 'disability', NULL, NULL, k, number, who FROM {disability} WHERE {window}
    UNION ALL SELECT 'payroll', month, NULL, k, number, who FROM {allowances}
    UNION ALL SELECT 'payroll', month, NULL, k, number, who FROM {destitute}
);

-- a number that cannot be used names the households of a member with the same 15 leading digits,
-- else with the same name and birth date, else with the same name
CREATE TEMP TABLE unusable AS
SELECT id, feed, t, who, try_cast(nullif(regexp_extract(number, '^\d{{15}}'), '') AS BIGINT) AS first15,
    CASE WHEN strlen(number) = 18 THEN try_cast(substr(number, 7, 8) AS INTEGER) END AS born
FROM bad ANTI JOIN home USING (h)
WHERE k IS NULL;

CREATE TEMP TABLE by_number AS
SELECT DISTINCT id, feed, t, h FROM unusable JOIN person ON k // 100 = first15;

CREATE TEMP TABLE by_name AS
SELECT DISTINCT id, feed, t, h, person.born IS NOT DISTINCT FROM u.born AS same_day
FROM (SELECT * FROM unusable WHERE id NOT IN (SELECT id FROM by_number)) u JOIN person USING (who);

-- gap: what is missing, of a household (k null) or of one living member
CREATE TEMP TABLE gap AS
SELECT feed, t, h, NULL::BIGINT AS k FROM bad SEMI JOIN home USING (h)
UNION ALL
SELECT feed, t, p.h, k
FROM (SELECT feed, t, k FROM bad ANTI JOIN home USING (h) WHERE k IS NOT NULL) JOIN person p USING (k)
WHERE p.living
UNION ALL
SELECT feed, t, h, NULL FROM by_number
UNION ALL
SELECT feed, t, h, NULL FROM by_name WHERE same_day OR id NOT IN (SELECT id FROM by_name WHERE same_day);
