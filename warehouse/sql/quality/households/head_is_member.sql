-- 户主应在家庭成员中 | the head is a member of the household
-- mend: 请核对户主证件号码，或补报该成员 | check the number of the head, or report the member
-- severity: warning
-- between: households, members
-- A member without a usable number is the head by name. A household without members is another finding.
SELECT h.delivery_id, h.line
FROM feed.households AS h
WHERE EXISTS (SELECT 1 FROM work.member AS m WHERE m.household_id = h.household_id)
    AND NOT EXISTS (
        SELECT 1
        FROM work.member AS m
        WHERE m.household_id = h.household_id AND m.person_key = h.head_id_number__key
    )
    AND NOT EXISTS (
        SELECT 1
        FROM work.member AS m
        WHERE m.household_id = h.household_id AND m.person_key IS NULL AND m.name = h.head_name
    )
