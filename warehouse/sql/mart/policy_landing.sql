-- 政策落实表 | Policy landing, 1 January of the year to the date
-- key: as_of, row
-- as_of: 截至 | as of
-- row: 项目 | row of the table
-- feed: 依据的数据集 | feed that it is reckoned from
-- households: 户数 | distinct register households
-- persons: 人数 | distinct persons
-- visits: 人次 | payments or visits
-- amount_cny: 金额（元） | amount, yuan
WITH grant_paid AS (
    SELECT * FROM feed.grants WHERE paid_on >= date_trunc('year', :as_of) AND paid_on <= :as_of
),
allowance AS (
    SELECT a.id_number__key AS person_key, a.amount
    FROM feed.allowances AS a
    WHERE a.paid_month >= date_trunc('year', :as_of) AND a.paid_month <= :as_of
        AND a.id_number__key IN (SELECT person_key FROM work.registered)
),
listed AS (
    SELECT
        'grants_out_of_county' AS row, 'grants' AS feed, NULL AS households, count(DISTINCT id_number__key) AS persons,
        NULL AS visits, coalesce(sum(amount), 0) AS amount_cny
    FROM grant_paid
    WHERE programme = '教育扶贫资金' AND is_out_of_county
    UNION ALL
    SELECT 'grants_term', 'grants', NULL, count(DISTINCT id_number__key), NULL, coalesce(sum(amount), 0)
    FROM grant_paid
    WHERE term = concat(CAST(extract(year FROM :as_of) AS VARCHAR), '春') AND programme = '家庭经济困难学生资助'
    UNION ALL
    SELECT 'deductible_waived', 'settlements', NULL, NULL, count(*), coalesce(sum(deductible_waived), 0)
    FROM work.reduction WHERE deductible_waived > 0
    UNION ALL
    SELECT 'copay_waived', 'settlements', NULL, NULL, count(*), coalesce(sum(copay_waived), 0) FROM work.reduction WHERE copay_waived > 0
    UNION ALL
    SELECT 'chronic_covered', 'settlements', NULL, NULL, count(*), coalesce(sum(chronic_covered), 0)
    FROM work.reduction WHERE chronic_covered > 0
    UNION ALL
    SELECT 'checkups', 'checkups', NULL, count(DISTINCT id_number__key), NULL, NULL
    FROM feed.checkups
    WHERE examined_on >= date_trunc('year', :as_of) AND examined_on <= :as_of
        AND id_number__key IN (SELECT person_key FROM work.registered)
    UNION ALL
    SELECT
        'water_works', 'projects', NULL, coalesce(sum(people), 0), NULL, coalesce(sum(investment), 0)
    FROM (
        SELECT project_id, sum(people_served) AS people, max(investment) AS investment
        FROM feed.projects
        WHERE built_year = extract(year FROM :as_of)
        GROUP BY project_id
    ) AS built
    UNION ALL
    SELECT
        'allowances', 'allowances', (
            SELECT count(DISTINCT r.household_id)
            FROM work.registered_home AS r
            WHERE r.person_key IN (SELECT person_key FROM allowance)
        ), count(DISTINCT person_key), NULL, coalesce(sum(amount), 0)
    FROM allowance
    UNION ALL
    SELECT 'destitute', 'destitute', NULL, count(DISTINCT id_number__key), NULL, coalesce(sum(amount), 0)
    FROM feed.destitute
    WHERE paid_month >= date_trunc('year', :as_of) AND paid_month <= :as_of
        AND id_number__key IN (SELECT person_key FROM work.registered)
    UNION ALL
    SELECT 'relief', 'relief', NULL, NULL, count(*), coalesce(sum(amount), 0)
    FROM feed.relief
    WHERE paid_on >= date_trunc('year', :as_of) AND paid_on <= :as_of
        AND id_number__key IN (SELECT person_key FROM work.registered)
    UNION ALL
    SELECT 'disability_subsidies', 'disability_subsidies', NULL, count(DISTINCT certificate_no__key), NULL, coalesce(sum(amount), 0)
    FROM feed.disability_subsidies
    WHERE paid_month >= date_trunc('year', :as_of) AND paid_month <= :as_of
        AND certificate_no__key IN (SELECT person_key FROM work.registered)
        -- one on an unknown certificate joins nothing (disability_subsidies.certificate_is_known)
        AND (substring(certificate_no, 1, 20) IN (SELECT substring(certificate_no, 1, 20) FROM feed.disability_all)
            OR NOT EXISTS (SELECT 1 FROM work.snapshot WHERE feed = 'disability'))
)
SELECT
    :as_of AS as_of,
    row,
    feed,
    CAST(households AS BIGINT) AS households,
    CAST(persons AS BIGINT) AS persons,
    CAST(visits AS BIGINT) AS visits,
    CAST(amount_cny AS DECIMAL(18, 2)) AS amount_cny
FROM listed
ORDER BY row
