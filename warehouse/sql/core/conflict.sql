-- 数据矛盾及取舍 | Contradictions and how they were settled
-- key: kind, household_id, person_token, feed, kept, lost
-- kind: 矛盾类型 | kind of contradiction
-- household_id: 户编号（所填编号不在册的，为在册编号） | household number stated, the register's own where that is not registered
-- person_token: 人员代号 | token of the person
-- feed: 数据集 | feed
-- kept: 采用的来源 | source kept (delivery:line)
-- lost: 未采用的来源 | source lost (delivery:line)
-- rule: 取舍规则 | rule that decided
WITH stated AS (
    SELECT s.id_number__key AS person_key, s.household_id AS stated_id, s.delivery_id, s.line, s.settled_on
    FROM feed.settlements AS s
    WHERE s.household_id IS NOT NULL
),
two_homes AS (
    SELECT person_key, min(household_id) AS household_id
    FROM work.member
    WHERE person_key IS NOT NULL
    GROUP BY person_key
    HAVING count(DISTINCT household_id) > 1
)
SELECT
    'person_in_two_households' AS kind, m.household_id, t.person_token, 'members' AS feed,
    concat(k.delivery_id, ':', CAST(k.line AS VARCHAR)) AS kept,
    concat(m.delivery_id, ':', CAST(m.line AS VARCHAR)) AS lost,
    'counts in each household until decided, once in city figures under the smaller number' AS rule
FROM two_homes AS w
JOIN work.member AS m ON w.person_key = m.person_key AND m.household_id <> w.household_id
JOIN work.member AS k ON w.person_key = k.person_key AND k.household_id = w.household_id
JOIN vault.token AS t ON m.person_no = t.person_no
UNION ALL
SELECT
    -- what was stated is shown where it is a household's number: a clerk may have put anything there
    'household_number_differs', coalesce(h.household_id, r.household_id), t.person_token, 'settlements',
    concat(m.delivery_id, ':', CAST(m.line AS VARCHAR)), concat(s.delivery_id, ':', CAST(s.line AS VARCHAR)),
    'the register decides in which household a person lives'
FROM stated AS s
JOIN work.residence AS r ON s.person_key = r.person_key AND s.settled_on >= r.from_day AND s.settled_on < r.before_day
JOIN work.member AS m ON s.person_key = m.person_key AND m.household_id = r.household_id
JOIN vault.token AS t ON m.person_no = t.person_no
LEFT JOIN work.household AS h ON s.stated_id = h.household_id
WHERE s.stated_id <> r.household_id
ORDER BY kind, household_id, person_token, feed, kept, lost
