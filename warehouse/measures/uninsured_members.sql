-- Whether a living member has no insurance row with status 正常 of the year that is asked for: the year of D, or
-- until its first file is due also the year before. Nobody is at risk by a year that was not delivered.
-- zh: 未参加基本医疗保险的家庭成员数
-- en: living members without medical insurance
-- fold: sum
WITH counted AS (
    SELECT d.year
    FROM work.insurance_year AS d
    WHERE d.year = extract(year FROM :as_of)
        OR (d.year = extract(year FROM :as_of) - 1
            AND :as_of < CAST(concat(CAST(extract(year FROM :as_of) AS VARCHAR), '-01-10') AS DATE))
),
insured AS (
    SELECT DISTINCT i.id_number__key AS person_key
    FROM feed.insurance AS i
    JOIN counted AS c ON i.year = c.year
    WHERE i.status = '正常'
),
held AS (
    SELECT DISTINCT m.household_id, m.person_no
    FROM work.missing_member AS m
    JOIN counted AS c
        ON m.fact_first IS NULL OR c.year BETWEEN extract(year FROM m.fact_first) AND extract(year FROM m.fact_last)
    WHERE m.feed = 'insurance'
),
person AS (
    SELECT
        m.household_id,
        i.person_key IS NOT NULL AS is_insured,
        CASE
            WHEN NOT feed.is_there THEN 'feed_missing:insurance'
            WHEN i.person_key IS NOT NULL THEN NULL
            WHEN m.person_key IS NULL THEN 'no_number'
            WHEN h.person_no IS NOT NULL THEN 'row_held:insurance'
        END AS because
    FROM work.member AS m
    CROSS JOIN (SELECT count(*) > 0 AS is_there FROM counted) AS feed
    LEFT JOIN insured AS i ON m.person_key = i.person_key
    LEFT JOIN held AS h ON m.household_id = h.household_id AND m.person_no = h.person_no
    WHERE m.is_living
)
SELECT
    household_id,
    CASE WHEN is_insured OR because IS NOT NULL THEN 0 ELSE 1 END AS lower,
    CASE WHEN is_insured THEN 0 ELSE 1 END AS upper,
    because
FROM person
