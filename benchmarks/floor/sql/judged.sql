-- past the cutoff by what is known -> at_risk; else something missing could take it there -> unknown; else clear
CREATE MACRO three(at_risk, unknown) AS CASE
    WHEN coalesce(at_risk, false) THEN 'at_risk' WHEN coalesce(unknown, true) THEN 'unknown' ELSE 'clear' END;
CREATE MACRO any_in(number) AS coalesce(number > 0, false);

-- judged: one row per household, for each indicator its status and the value compared
CREATE TEMP TABLE judged AS
SELECT coalesce(odd, h::VARCHAR) AS household_id,

    CASE WHEN {line} IS NULL THEN 'unknown' ELSE three(net < {line} * 100 * persons, net IS NULL) END AS income,
    (net / 100 / persons)::DECIMAL(18, 2) AS income_value,

    CASE WHEN NOT {illness_in_force} THEN 'unknown' ELSE three(
        own > 20000 * 100 OR is_poor AND own >= 5000 * 100,
        is_nobody OR numberless > 0 OR has_ill_gap OR {bills_missing}
            OR is_poor IS NULL AND coalesce(own >= 5000 * 100, false)) END AS ill,
    CASE WHEN living > numberless THEN (coalesce(own, 0) / 100)::DECIMAL(18, 2) END AS ill_value,
    CASE WHEN NOT {illness_in_force} THEN NULL WHEN is_poor THEN 5000 WHEN NOT is_poor THEN 20000 END AS ill_cutoff,

    three({has_insurance} AND bare > 0,
        is_nobody OR numberless > 0 OR NOT {has_insurance} OR any_in(bare_perhaps)) AS bare,
    CASE WHEN living > 0 AND {has_insurance} THEN coalesce(bare, 0) END AS bare_value,

    three(kids > 0, coalesce(living, 0) = 0 OR coalesce(may_be_child, false) OR ageless > 0 OR any_in(kids_perhaps))
        AS kids,
    CASE WHEN living > 0 THEN coalesce(kids, 0) END AS kids_value,

    three({has_payroll} AND newly > 0,
        is_nobody OR numberless > 0 OR NOT {has_payroll} OR any_in(newly_perhaps)) AS newly,
    CASE WHEN living > 0 AND {has_payroll} THEN coalesce(newly, 0) END AS newly_value,

    three(severe > 0, is_nobody OR numberless > 0 OR NOT {has_disability} OR has_severe_gap) AS severe,
    CASE WHEN living > 0 AND {has_disability} THEN coalesce(severe, 0) END AS severe_value,

    three(quality_fails OR outage_fails OR quality = 2 OR quantity = 2 OR access = 2,
        quality_open OR outage_open OR coalesce(quantity, 1) = 1 OR coalesce(access, 1) = 1
            OR NOT (coalesce(quality = 1, false) OR quality_passes)) AS water,

    three(grade >= 3, grade IS NULL) AS dwelling, (grade >= 3)::INTEGER AS dwelling_value
FROM (
    SELECT home.h, odd, grade, lifted OR watched AS is_poor, living, numberless, ageless,
        coalesce(living, 0) = 0 OR lacking.h IS NOT NULL AS is_nobody, may_be_child, net, persons, own,
        ill_gap.h IS NOT NULL AS has_ill_gap, severe_gap.h IS NOT NULL AS has_severe_gap, severe.surely AS severe,
        bare.surely AS bare, bare.perhaps AS bare_perhaps, kids.surely AS kids, kids.perhaps AS kids_perhaps,
        newly.surely AS newly, newly.perhaps AS newly_perhaps, quality, quantity, access, quality_fails,
        quality_open, quality_passes, outage_fails, outage_open
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
    LEFT JOIN village ON village.v = home.v
);
