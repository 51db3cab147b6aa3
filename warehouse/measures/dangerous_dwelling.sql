-- 1 where the dwelling is graded C or D, 0 where it is graded A or B; nothing where no grade is known.
-- zh: 住房鉴定为C级或D级
-- en: dwelling graded C or D, 1 or 0
WITH graded AS (
    SELECT
        household_id, is_known,
        CASE WHEN dwelling_grade IN ('C', 'D') THEN 1 WHEN dwelling_grade IN ('A', 'B') THEN 0 END AS is_dangerous
    FROM work.household
)
SELECT
    household_id,
    is_dangerous AS lower,
    is_dangerous AS upper,
    1 AS per,
    CASE
        WHEN is_dangerous IS NOT NULL THEN NULL
        WHEN is_known THEN 'not_stated:dwelling_grade'
        ELSE 'row_missing:households'
    END AS because
FROM graded
