-- The first day of each term that enrolments name: 春 begins on 1 February, 秋 on 1 September.
SELECT DISTINCT
    term,
    CAST(concat(substring(term, 1, 4), CASE WHEN term LIKE '%春' THEN '-02-01' ELSE '-09-01' END) AS DATE) AS term_first
FROM feed.enrolments
