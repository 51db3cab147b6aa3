-- 1 where the dwelling is graded C or D, 0 where it is graded A or B.
-- zh: 住房鉴定为C级或D级
-- en: dwelling graded C or D, 1 or 0
SELECT
    household_id,
    CASE WHEN dwelling_grade IN ('C', 'D') THEN 1 ELSE 0 END AS lower,
    CASE WHEN dwelling_grade IN ('A', 'B') THEN 0 ELSE 1 END AS upper,
    1 AS per,
    CASE
        WHEN dwelling_grade IS NOT NULL THEN NULL
        WHEN is_known THEN 'not_stated:dwelling_grade'
        ELSE 'row_missing:households'
    END AS because
FROM work.household
