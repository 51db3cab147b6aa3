-- Households of the register at any time: a row about one that has left it names no unknown household.
SELECT household_id FROM work.household
UNION
SELECT household_id FROM feed.households_all
