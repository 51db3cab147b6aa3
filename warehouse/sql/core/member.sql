-- 家庭成员（当前） | Members, current
-- key: household_id, person_token
-- person_token: 人员代号（不可还原） | token of the person
-- household_id: 户编号（所填不是户编号的为空） | household number, empty where what is stated is none
-- relation: 与户主关系 | relation to the head
-- sex: 性别 | sex
-- birth_year: 出生年份 | year of birth
-- age: 年龄（周岁） | age in full years
-- labour: 劳动技能 | ability to work
-- health: 健康状况 | health
-- schooling: 在校生状况 | stage of schooling
-- is_living: 是否在世 | whether no death is known
SELECT
    t.person_token,
    coalesce(m.household_id, '') AS household_id,
    m.relation,
    m.sex,
    CAST(extract(year FROM m.born_on) AS INTEGER) AS birth_year,
    CAST(m.age AS INTEGER) AS age,
    m.labour,
    m.health,
    -- the stage alone: the cell is free text
    nullif(regexp_extract(m.schooling,
        '^(学前|小学|[七八九]年级|初中|普通高中|高中|中职|高职|大专|本科|硕士)([一二三四五六]年级)?'), '') AS schooling,
    m.is_living
FROM work.member AS m
JOIN vault.token AS t ON m.person_no = t.person_no
ORDER BY household_id, t.person_token
