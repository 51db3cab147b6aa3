-- judged: one row per household, for each indicator its status and the value compared
CREATE TEMP TABLE judged AS
SELECT coalesce(odd, home.h::VARCHAR) AS household_id,
    {income} AS income, (net / 100 / persons)::DECIMAL(18, 2) AS income_value,
    {ill} AS ill, CASE WHEN living > numberless THEN (coalesce(ill.own, 0) / 100)::DECIMAL(18, 2) END AS ill_value,
    {ill_cutoff} AS ill_cutoff,
    {bare} AS bare, CASE WHEN living > 0 AND {has_insurance} THEN coalesce(bare.surely, 0) END AS bare_value,
    {kids} AS kids, CASE WHEN living > 0 THEN coalesce(kids.surely, 0) END AS kids_value,
    {newly} AS newly, CASE WHEN living > 0 AND {has_payroll} THEN coalesce(newly.surely, 0) END AS newly_value,
    {severe} AS severe, CASE WHEN living > 0 AND {has_disability} THEN coalesce(severe.surely, 0) END AS severe_value,
    {water} AS water,
    {dwelling} AS dwelling, (grade >= 3)::INTEGER AS dwelling_value
FROM home
LEFT JOIN folk ON folk.h = home.h
LEFT JOIN lacking ON lacking.h = home.h
LEFT JOIN earned ON earned.h = home.h
LEFT JOIN ill ON ill.h = home.h
LEFT JOIN ill_gap ON ill_gap.h = home.h
LEFT JOIN bare ON bare.h = home.h
LEFT JOIN kids ON kids.h = home.h
LEFT JOIN newly ON newly.h = home.h
LEFT JOIN severe ON severe.h = home.h
LEFT JOIN severe_gap ON severe_gap.h = home.h
LEFT JOIN tap ON tap.h = home.h
LEFT JOIN village ON village.v = home.v;
