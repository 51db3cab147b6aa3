-- Originals of the year up to D of registered persons, with what remains of each reduction after all reversals.
WITH taken AS (
    SELECT
        reverses_id,
        sum(coalesce(deductible_waived, 0)) AS deductible_waived,
        sum(coalesce(copay_waived, 0)) AS copay_waived,
        sum(coalesce(chronic_covered, 0)) AS chronic_covered
    FROM feed.settlements
    WHERE reverses_id IS NOT NULL AND settled_on <= :as_of
    GROUP BY reverses_id
)
SELECT
    s.settlement_id,
    coalesce(s.deductible_waived, 0) + coalesce(t.deductible_waived, 0) AS deductible_waived,
    coalesce(s.copay_waived, 0) + coalesce(t.copay_waived, 0) AS copay_waived,
    coalesce(s.chronic_covered, 0) + coalesce(t.chronic_covered, 0) AS chronic_covered
FROM feed.settlements AS s
LEFT JOIN taken AS t ON s.settlement_id = t.reverses_id
WHERE s.reverses_id IS NULL AND s.settled_on >= date_trunc('year', :as_of) AND s.settled_on <= :as_of
    AND s.id_number__key IN (SELECT person_key FROM work.registered)
    AND (s.deductible_waived > 0 OR s.copay_waived > 0 OR s.chronic_covered > 0)
