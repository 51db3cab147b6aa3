-- Whether a living child of 6 to 15 (6 reached by the last 31 August) is out of school: on the latest list of
-- dropouts and not back, or 退学 in the latest term that has a row of the child.
-- zh: 义务教育阶段失学辍学儿童数
-- en: children out of compulsory school
-- fold: sum
WITH last_august AS (
    SELECT CASE WHEN extract(month FROM :as_of) >= 9 THEN extract(year FROM :as_of)
        ELSE extract(year FROM :as_of) - 1 END AS year
),
child AS (
    SELECT m.household_id, m.person_no, m.person_key, m.not_in_school_reason, m.born_on IS NULL AS has_no_birth
    FROM work.member AS m
    CROSS JOIN last_august AS a
    WHERE m.is_living AND (m.born_on IS NULL
        OR (m.age <= 15 AND (a.year - 6) * 10000 + 831 >= extract(year FROM m.born_on) * 10000
            + extract(month FROM m.born_on) * 100 + extract(day FROM m.born_on)))
),
listed AS (
    SELECT id_number__key AS person_key, max(CASE WHEN is_back THEN 0 ELSE 1 END) = 1 AS is_out
    FROM feed.dropouts
    GROUP BY id_number__key
),
pupil AS (
    SELECT e.id_number__key AS person_key, e.status, t.term_first
    FROM feed.enrolments AS e
    JOIN work.term AS t ON e.term = t.term
    WHERE e.id_number__key IN (SELECT person_key FROM child)
),
newest AS (
    SELECT person_key, max(term_first) AS term_first FROM pupil GROUP BY person_key
),
left_school AS (
    SELECT
        p.person_key, p.term_first,
        max(CASE WHEN p.status = '退学' THEN 1 ELSE 0 END) = 1 AS has_left,
        max(CASE WHEN p.status IN ('在读', '休学') THEN 1 ELSE 0 END) = 1 AS is_there
    FROM pupil AS p
    JOIN newest AS n ON p.person_key = n.person_key AND p.term_first = n.term_first
    GROUP BY p.person_key, p.term_first
),
required AS (
    SELECT max(period_first) AS term_first FROM work.required WHERE feed = 'enrolments'
),
attending AS (
    SELECT DISTINCT p.person_key
    FROM pupil AS p
    JOIN required AS r ON p.term_first = r.term_first
    WHERE p.status IN ('在读', '休学', '毕业')
),
away AS (
    SELECT DISTINCT id_number__key AS person_key
    FROM feed.grants
    WHERE is_out_of_county AND paid_on > :as_of - INTERVAL 1 YEAR AND paid_on <= :as_of
),
later_gap AS (
    SELECT max(period_first) AS term_first FROM work.gap WHERE feed = 'enrolments'
),
held AS (
    SELECT
        household_id, person_no,
        max(CASE WHEN feed = 'dropouts' THEN 1 ELSE 0 END) = 1 AS is_list_held,
        max(CASE WHEN feed = 'enrolments' THEN coalesce(fact_last, DATE '9999-12-31') END) AS term_held_last
    FROM work.missing_member
    WHERE feed IN ('dropouts', 'enrolments')
    GROUP BY household_id, person_no
),
judged AS (
    SELECT
        c.household_id,
        coalesce(l.is_out, FALSE) AS is_listed_out,
        coalesce(s.has_left, FALSE) AND NOT coalesce(s.is_there, FALSE)
            AND NOT coalesce(h.term_held_last >= s.term_first, FALSE)
            AND NOT coalesce(g.term_first > s.term_first, FALSE) AS has_surely_left,
        CASE
            WHEN c.has_no_birth THEN 'not_stated:birth_date'
            WHEN NOT d.is_usable THEN 'feed_missing:dropouts'
            WHEN c.person_key IS NULL THEN 'no_number'
            WHEN h.is_list_held THEN 'row_held:dropouts'
            WHEN coalesce(s.has_left, FALSE) THEN 'row_contradicts:enrolments'
            WHEN h.term_held_last >= r.term_first THEN 'row_held:enrolments'
            WHEN a.person_key IS NULL AND w.person_key IS NULL AND c.not_in_school_reason IS NULL
                THEN 'row_missing:enrolments'
        END AS because
    FROM child AS c
    CROSS JOIN required AS r
    CROSS JOIN later_gap AS g
    CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'dropouts') AS d
    LEFT JOIN listed AS l ON c.person_key = l.person_key AND d.is_usable
    LEFT JOIN left_school AS s ON c.person_key = s.person_key
    LEFT JOIN attending AS a ON c.person_key = a.person_key
    LEFT JOIN away AS w ON c.person_key = w.person_key
    LEFT JOIN held AS h ON c.household_id = h.household_id AND c.person_no = h.person_no
)
SELECT
    household_id,
    CASE WHEN is_listed_out OR has_surely_left THEN 1 ELSE 0 END AS lower,
    CASE WHEN is_listed_out OR has_surely_left OR because IS NOT NULL THEN 1 ELSE 0 END AS upper,
    CASE WHEN is_listed_out OR has_surely_left THEN NULL ELSE because END AS because
FROM judged
