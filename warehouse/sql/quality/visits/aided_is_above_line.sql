-- 因帮扶消除风险的户，人均纯收入不应低于监测线 | a household whose risk help has removed is not below the line
-- mend: 请核实收入，或更正风险消除方式 | check the income, or correct how the risk was removed
-- severity: warning
-- between: visits, incomes
SELECT v.delivery_id, v.line
FROM feed.visits AS v
JOIN mart.signal AS s
    ON v.household_id = s.household_id AND s.indicator = 'income_below_line' AND s.status = 'at_risk'
WHERE v.removal = '帮扶消除'
