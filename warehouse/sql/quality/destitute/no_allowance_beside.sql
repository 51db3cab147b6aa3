-- 同一月份不应既发特困供养又发低保 | nobody is paid support and an allowance for one month
-- mend: 请核对保障类别，只保留一种 | keep the one that is due
-- severity: warning
-- between: destitute, allowances
SELECT d.delivery_id, d.line
FROM feed.destitute AS d
WHERE d.amount > 0
    AND EXISTS (
        SELECT 1
        FROM feed.allowances AS a
        WHERE a.id_number__key = d.id_number__key AND a.paid_month = d.paid_month AND a.amount > 0
    )
