-- Every row that is held, and every one that nights before have held: since when, until when, and what it is
-- now. Line 0 is a file as a whole, refused. A row without a status is one that passes now in a delivery that is
-- not accepted: it is remembered and not shown. A file that a person has taken
-- back is no fault of its department.
--
-- corrected: another row or file has taken its place. replayed: it passes now as it was received, because a
-- rule was changed, or because what it waited for has come. Dates are those of nights, and the first one stays.
WITH held_now AS (
    SELECT
        w.delivery_id,
        w.line,
        w.expectation_ids AS reasons,
        CASE
            WHEN d.verdict = 'refused' AND d.is_corrected THEN 'corrected'
            WHEN d.verdict = 'refused' THEN 'open'
            WHEN w.is_pending THEN 'pending'
            WHEN o.delivery_id IS NULL THEN 'corrected'
            WHEN u.delivery_id IS NOT NULL THEN 'unattributable'
            ELSE 'open'
        END AS status
    FROM work.wrong_row AS w
    JOIN work.delivery AS d ON w.delivery_id = d.delivery_id
    LEFT JOIN work.open_row AS o ON w.delivery_id = o.delivery_id AND w.line = o.line
    LEFT JOIN (SELECT delivery_id, line FROM work.unattributable WHERE is_held) AS u
        ON w.delivery_id = u.delivery_id AND w.line = u.line
    WHERE d.verdict <> 'already_loaded'
    UNION ALL
    SELECT delivery_id, 0, reasons, CASE WHEN is_corrected THEN 'corrected' ELSE 'open' END
    FROM work.delivery
    WHERE verdict = 'refused' AND reasons <> 'withdrawn'
),
known AS (
    SELECT
        coalesce(n.delivery_id, b.delivery_id) AS delivery_id,
        coalesce(n.line, b.line) AS line,
        coalesce(n.reasons, b.reasons) AS reasons,
        CASE WHEN n.delivery_id IS NULL AND d.verdict = 'accepted' THEN 'replayed' ELSE n.status END AS status,
        b.held_since AS first_since,
        b.closed_on AS first_closed_on
    FROM held_now AS n
    FULL JOIN work.held_before AS b ON n.delivery_id = b.delivery_id AND n.line = b.line
    LEFT JOIN work.delivery AS d ON b.delivery_id = d.delivery_id
),
dated AS (
    SELECT
        *,
        CASE
            WHEN first_since > :as_of AND status NOT IN ('corrected', 'replayed') THEN :as_of
            ELSE coalesce(first_since, :as_of)
        END AS own_since
    FROM known
),
chain AS (
    SELECT a.again_delivery_id AS delivery_id, a.again_line AS line, min(d.own_since) AS since
    FROM work.sent_again AS a
    JOIN dated AS d ON a.delivery_id = d.delivery_id AND a.line = d.line
    GROUP BY a.again_delivery_id, a.again_line
)
SELECT
    d.delivery_id,
    d.line,
    d.reasons,
    d.status,
    CASE WHEN c.since < d.own_since THEN c.since ELSE d.own_since END AS held_since,
    CASE
        WHEN d.status IS NULL THEN d.first_closed_on
        WHEN d.status NOT IN ('corrected', 'replayed') THEN NULL
        WHEN d.first_closed_on IS NOT NULL THEN d.first_closed_on
        WHEN d.own_since > :as_of THEN d.own_since
        ELSE :as_of
    END AS closed_on,
    a.delivery_id IS NOT NULL OR f.delivery_id IS NOT NULL AS is_sent_again
FROM dated AS d
LEFT JOIN chain AS c ON d.delivery_id = c.delivery_id AND d.line = c.line
LEFT JOIN work.sent_again AS a ON d.delivery_id = a.delivery_id AND d.line = a.line
LEFT JOIN work.sent_again AS f ON d.delivery_id = f.delivery_id AND f.line = 0
