CREATE TABLE floor.signal AS
SELECT household_id,
    unnest(['income_below_line', 'catastrophic_illness', 'uninsured_member', 'school_dropout', 'newly_on_allowance',
            'new_severe_disability', 'unsafe_water', 'unsafe_dwelling']) AS indicator,
    unnest([income, ill, bare, kids, newly, severe, water, dwelling]) AS status,
    unnest([income_value, ill_value, bare_value, kids_value, newly_value, severe_value, NULL, dwelling_value]
        ::DECIMAL(18, 2)[]) AS value,
    unnest([{line}, ill_cutoff, 1, 1, 1, 1, NULL, 1]::INTEGER[]) AS cutoff
FROM judged;

CREATE TABLE floor.member AS
SELECT coalesce(odd_h, h::VARCHAR) AS household_id, coalesce(odd_p, p::VARCHAR) AS person_no,
    CASE sex WHEN 1 THEN '男' WHEN 2 THEN '女' END AS sex, (born // 10000)::SMALLINT AS birth_year,
    (({day} - born) // 10000)::SMALLINT AS age, living AS is_living
FROM person;

CREATE TABLE floor.household AS
SELECT coalesce(odd, h::VARCHAR) AS household_id, v::VARCHAR AS village_code,
    CASE WHEN lifted THEN '脱贫户' WHEN NOT lifted THEN '一般农户' END AS household_type,
    coalesce(living, 0)::INTEGER AS persons
FROM home LEFT JOIN folk USING (h);

CREATE TABLE floor.delivery (
    path VARCHAR, rows_received INTEGER, rows_held INTEGER, rows_duplicate INTEGER, verdict VARCHAR
);

CREATE TABLE floor.expectation_count (
    feed VARCHAR, period VARCHAR, n INTEGER, path VARCHAR, expectation_id VARCHAR, unexpected BIGINT
);
