-- 整户无劳动力的，不应消除风险 | a household without anybody able to work keeps its risk
-- mend: 请核对劳动技能，整户无劳动力的由社会保障兜底 | check the ability to work; such a household stays supported
-- severity: warning
-- between: visits, members
-- Who is 16 and of whom the register does not say it may be able to work.
WITH able AS (
    SELECT
        household_id,
        max(CASE
            WHEN age < 16 OR labour IN ('丧失劳动力', '无劳动力') THEN 0
            ELSE 1
        END) AS is_able
    FROM work.member
    WHERE is_living
    GROUP BY household_id
)
SELECT v.delivery_id, v.line
FROM feed.visits AS v
JOIN able AS a ON v.household_id = a.household_id
WHERE a.is_able = 0 AND (v.removed_on IS NOT NULL OR v.removal IS NOT NULL)
