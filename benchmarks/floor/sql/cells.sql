-- One cell. The usual spelling is read at once; what is left goes to the careful branch of a CASE, which DuckDB
-- evaluates for the rows that reach it and no others. The answer is null where a cell is empty or cannot be read.

-- `days`[mmdd]: 2 = a day of every year, 1 = 29 February, 0 = no day
SET VARIABLE days = (
    SELECT list(
        CASE WHEN i = 229 THEN 1
             WHEN m BETWEEN 1 AND 12 AND d BETWEEN 1 AND CASE WHEN m = 2 THEN 28 ELSE 30 + (m + m // 8) % 2 END THEN 2
             ELSE 0 END
        ORDER BY i)
    FROM (SELECT i, i // 100 AS m, i % 100 AS d FROM range(1, 1232) t(i))
);

-- the last two are a blank of full width and one that does not break
CREATE MACRO narrow(c) AS translate(c, E'０１２３４５６７８９ＸｘＥｅ．－，／（）：　\xC2\xA0', '0123456789XxEe.-,/():  ');
CREATE MACRO wash(c) AS trim(narrow(c), E' \t');
-- of a code, which is ASCII in full width as well
CREATE MACRO tight(c) AS replace(translate(wash(c), 'ＡＢＣＤＮＹ', 'ABCDNY'), ' ', '');
CREATE MACRO absent(c) AS wash(c) IN ('', '-', '/', '无', '——', 'N/A', '—', '−');
CREATE MACRO blank(c) AS coalesce(c IN ('-', '/', '无', '——', 'N/A', ' '), true);
CREATE MACRO empty(c) AS coalesce(absent(c), true);
-- E and a sign, or as Java writes it; 67E4 may be an office's number
CREATE MACRO by_excel(c) AS coalesce(regexp_full_match(wash(c), '-?(\d+(\.\d+)?[Ee][+-]\d+|\d\.\d+[Ee]\d+)'), false);
-- by its first filled cell and by all its cells together: a total, a signature, a note, a nil return
CREATE MACRO no_row(first, row) AS coalesce(
    regexp_matches(wash(first), '^(合计|小计|总计|共计|累计|本页小计|制表人|填表人|审核人|负责人|注:|说明:|备注:|数据来源)')
    OR wash(row) IN ('零报告', '无', '本月无'), true);

-- keys that are numbers of `size` digits; any other text is a negative hash; E notation is damage
CREATE MACRO office_key(c, q, size) AS CASE
    WHEN strlen(c) = size AND q BETWEEN 10 ** (size - 1)::BIGINT AND 10 ** size::BIGINT - 1 AND NOT contains(c, 'E')
        THEN q
    WHEN empty(c) OR by_excel(c) THEN NULL
    WHEN regexp_full_match(wash(c), '[1-9]\d{0,17}') THEN wash(c)::BIGINT
    ELSE -1 - (hash(wash(c)) >> 2)::BIGINT END;

CREATE MACRO village(c, q) AS CASE
    WHEN strlen(c) = 12 AND q BETWEEN 100000000000 AND 999999999999 THEN q
    WHEN regexp_full_match(wash(c), '[1-9]\d{11}') THEN wash(c)::BIGINT END;
CREATE MACRO division(c) AS CASE
    WHEN regexp_full_match(wash(c), '\d{2}|\d{4}|\d{6}|\d{9}|\d{12}') THEN wash(c)::BIGINT END;

-- dates: 2020-03-01, 2020/3/1, 2020.3.1, 20200301 (`eight`), 2020年3月1日, Excel's serial
CREATE MACRO eight(c) AS CASE WHEN strlen(c) = 8 THEN try_cast(c AS INTEGER) END;
CREATE MACRO dashed(c) AS replace(replace(replace(c, '年', '-'), '月', '-'), '日', '');
CREATE MACRO careful_day(w) AS CASE
    WHEN regexp_full_match(w, '\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{4}\.\d{1,2}\.\d{1,2}')
        THEN try_cast(replace(dashed(w), '.', '-') AS DATE)
    WHEN regexp_full_match(w, '\d{8}') THEN try_strptime(w, '%Y%m%d')::DATE
    WHEN regexp_full_match(w, '\d{5}') THEN DATE '1899-12-30' + w::INTEGER END;
CREATE MACRO day_of(c, e) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN e BETWEEN 10000101 AND 99991231 AND getvariable('days')[e % 10000] = 2
        THEN make_date(e // 10000, e // 100 % 100, e % 100)
    WHEN strlen(c) BETWEEN 8 AND 10 AND (contains(c, '-') OR contains(c, '/')) THEN try_cast(c AS DATE)
    WHEN strlen(c) BETWEEN 15 AND 17 AND ends_with(c, '日') THEN try_cast(dashed(c) AS DATE)
    ELSE careful_day(wash(c)) END;
-- what is out of bounds counts as unreadable
CREATE MACRO real_day(d, last) AS CASE WHEN d BETWEEN DATE '1900-01-01' AND last THEN d END;

-- months as yyyymm: 202003, 2020-03, 2020.03, 2020年3月 (2020.1 may be January or October)
CREATE MACRO careful_month(w) AS CASE
    WHEN regexp_full_match(w, '\d{4}[-/]\d\d?[-/]0?1') THEN left(w, 4)::INTEGER * 100 + regexp_extract(w, '\d{4}.(\d\d?)', 1)::INTEGER
    WHEN regexp_full_match(w, '\d{6}|\d{4}[-.]\d\d|\d{4}-\d|\d{4}\.[2-9]|\d{4}年\d{1,2}月')
        THEN left(w, 4)::INTEGER * 100 + regexp_extract(w, '(\d{1,2})月?$', 1)::INTEGER END;
CREATE MACRO month_of(c) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN strlen(c) = 6 AND try_cast(c AS INTEGER) >= 100000 THEN try_cast(c AS INTEGER)
    WHEN strlen(c) = 7 AND substr(c, 5, 1) IN ('-', '.')
        THEN try_cast(left(c, 4) AS INTEGER) * 100 + try_cast(right(c, 2) AS INTEGER)
    WHEN strlen(c) IN (11, 12) AND ends_with(c, '月')
        THEN try_cast(left(c, 4) AS INTEGER) * 100 + try_cast(replace(substr(c, 6), '月', '') AS INTEGER)
    ELSE careful_month(wash(c)) END;
CREATE MACRO real_month(m, last) AS CASE WHEN m BETWEEN 190001 AND last AND m % 100 BETWEEN 1 AND 12 THEN m END;

CREATE MACRO term_of(c) AS CASE
    WHEN strlen(c) = 7 AND ends_with(c, '春') THEN try_cast(left(c, 4) AS INTEGER) * 100 + 3
    WHEN strlen(c) = 7 AND ends_with(c, '秋') THEN try_cast(left(c, 4) AS INTEGER) * 100 + 9 END;
CREATE MACRO year_of(c) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN strlen(c) = 4 AND try_cast(c AS INTEGER) BETWEEN 1000 AND 9999 THEN try_cast(c AS INTEGER)
    WHEN regexp_full_match(wash(c), '\d{4}') THEN wash(c)::INTEGER END;
CREATE MACRO real_year(y, last) AS CASE WHEN y BETWEEN 1900 AND last THEN y END;
-- whether a cell without a value within bounds can be read at all
CREATE MACRO ungrouped(c) AS replace(wash(c), ',', '');
CREATE MACRO is_whole(c) AS regexp_full_match(wash(c), '-?(\d{1,3}(,\d{3})+|\d+)')
    AND try_cast(ungrouped(c) AS INTEGER) IS NOT NULL;
CREATE MACRO is_decimal(c) AS regexp_full_match(wash(c), '-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?')
    AND try_cast(ungrouped(c) AS DECIMAL(18, 6)) IS NOT NULL;
CREATE MACRO small(c) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN strlen(c) <= 2 AND c >= '0' AND NOT contains(c, '.') THEN try_cast(c AS INTEGER)
    WHEN is_whole(c) THEN CASE WHEN ungrouped(c) >= '0' THEN try_cast(ungrouped(c) AS INTEGER) END END;
CREATE MACRO decimal_of(c) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN regexp_full_match(c, '\d{1,9}(\.\d{1,9})?') THEN c::DECIMAL(18, 6)
    WHEN is_decimal(c) THEN try_cast(ungrouped(c) AS DECIMAL(18, 6)) END;
CREATE MACRO flag(c) AS CASE
    WHEN c IS NULL THEN NULL
    WHEN c = '是' THEN true WHEN c = '否' THEN false WHEN c = '1' THEN true WHEN c = '0' THEN false WHEN c = 'Y' THEN true
    WHEN c = 'N' THEN false WHEN c = '有' THEN true WHEN c = '无' THEN false
    ELSE MAP {'是': true, '否': false, '1': true, '0': false, 'Y': true, 'N': false, '有': true, '无': false}[tight(c)] END;

-- an amount in the column's unit u (1 or 10000 yuan), as whole cents; null for a third decimal of a yuan. The cell's
-- own unit goes first.
CREATE MACRO amount(c) AS CASE
    WHEN c IS NULL OR c < '0' OR contains(c, 'E') OR contains(c, 'e') THEN NULL
    ELSE try_cast(c AS DECIMAL(18, 8)) END;
CREATE MACRO careful_cents(w, u) AS try_cast(regexp_extract((
    try_cast(replace(regexp_extract(w, '^[¥￥]? *(-?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,8})?) *(万元|万|元)?$', 1), ',', '')
        AS DECIMAL(24, 8))
    * CASE WHEN contains(w, '万') THEN 1000000 WHEN contains(w, '元') THEN 100 ELSE 100 * u END
    )::VARCHAR, '^(-?\d{1,16})\.0+$', 1) AS BIGINT);
CREATE MACRO cents(c, m, u) AS CASE
    WHEN m IS NULL THEN CASE WHEN c IS NOT NULL THEN careful_cents(wash(c), u) END
    WHEN u = 1 THEN CASE WHEN m % 0.01 = 0 THEN (m::DECIMAL(18, 2) * 100)::BIGINT END
    WHEN m % 0.000001 = 0 THEN (m::DECIMAL(36, 6) * 1000000)::BIGINT END;

-- person numbers: 18 characters, a certificate of 20 or 22, an old number of 15 ('~' for the check digit it has not)
CREATE MACRO bare(c) AS upper(regexp_replace(narrow(c), '[\s''="‘’“”]', '', 'g'));
CREATE MACRO is_certificate(c) AS
    strlen(c) IN (20, 22) AND NOT contains(c, ' ') AND substr(c, 19, 1) BETWEEN '1' AND '7'
    AND substr(c, 20, 1) BETWEEN '1' AND '4' AND right(c, 1) <= '9';
CREATE MACRO careful_number(b) AS CASE
    WHEN regexp_full_match(b, '\d{17}[\dX]([1-7][1-4]([0-9B]\d)?)?') THEN left(b, 18)
    WHEN regexp_full_match(b, '\d{15}') THEN left(b, 6) || '19' || right(b, 9) || '~'
    ELSE b END;
CREATE MACRO eighteen(c) AS CASE
    WHEN strlen(c) = 18 THEN c WHEN is_certificate(c) THEN left(c, 18) ELSE careful_number(bare(c)) END;
CREATE MACRO whole(c) AS CASE WHEN strlen(c) = 18 THEN try_cast(c AS BIGINT) END;
CREATE MACRO has_digits(w) AS w BETWEEN 100000000000000000 AND 999999999999999999;
CREATE MACRO seventeen(i, w) AS CASE
    WHEN has_digits(w) THEN w // 10
    WHEN strlen(i) = 18 AND left(i, 1) >= '1' THEN try_cast(left(i, 17) AS BIGINT) END;
CREATE MACRO check_digit(i, w) AS CASE
    WHEN has_digits(w) THEN w % 10
    WHEN ends_with(i, 'X') OR ends_with(i, 'x') THEN 10
    WHEN ends_with(i, '~') THEN -1
    ELSE try_cast(right(i, 1) AS BIGINT) END;
-- the digits weighted by powers of two without taking them apart: n - 8 * sum(2^(k-1) * (n // 10^k))
CREATE MACRO by_two(n) AS n - 8 * (
    n // 10 + 2 * (n // 100) + 4 * (n // 1000) + 8 * (n // 10000) + 16 * (n // 100000) + 32 * (n // 1000000)
    + 64 * (n // 10000000) + 128 * (n // 100000000) + 256 * (n // 1000000000) + 512 * (n // 10000000000)
    + 1024 * (n // 100000000000) + 2048 * (n // 1000000000000) + 4096 * (n // 10000000000000)
    + 8192 * (n // 100000000000000) + 16384 * (n // 1000000000000000) + 32768 * (n // 10000000000000000));
CREATE MACRO born(n) AS (n // 1000 % 100000000)::INTEGER;
CREATE MACRO is_born(b, pe) AS coalesce(
    b <= pe AND pe - b < 1210000
    AND getvariable('days')[b % 10000] + (b // 10000 % 4 = 0 AND b <> 19000229)::INTEGER > 1, false);
-- t = by_two(n), b = born(n); 81, 82 and 83 are permits of residence
CREATE MACRO is_usable(n, d, t, b, pe) AS coalesce(
    (d = -1 OR (2 * t + d) % 11 = 1) AND n BETWEEN 10000000000000000 AND 80999999999999999 AND is_born(b, pe), false);
-- the first fault of a number that is not usable, w = bare(c): 1 not given, 2 none stated, 3 damaged by Excel,
-- 4 characters, 5 length, 6 date of birth, 7 check digit, 8 a document that is not read
CREATE MACRO number_fault(c, w, n, b, pe) AS CASE
    WHEN empty(c) AND coalesce(wash(c) <> '无', true) THEN 1
    WHEN w IN ('无', '未办', '无户口') THEN 2
    WHEN regexp_full_match(w, '.*护照.*|8[123]\d{13,16}[\dX]?|[A-Z]{1,3}\d{6,9}') THEN 8
    WHEN ends_with(w, '000') OR by_excel(w) THEN 3
    WHEN NOT regexp_full_match(left(w, 20), '[\dX]*') OR NOT regexp_full_match(substr(w, 21), '[\dB]*') THEN 4
    WHEN strlen(w) NOT IN (15, 18, 20, 22) THEN 5
    WHEN n IS NULL THEN 4
    WHEN NOT is_born(b, pe) THEN 6
    ELSE 7 END;
-- a household's number that is somebody's: an identity number, a telephone or a name
CREATE MACRO is_person(c) AS regexp_full_match(wash(c),
    '\d{6}(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{8}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}'
    || '|1[3-9]\d{9}|0[1-9]\d{1,2}-\d{7,8}|[\x{4e00}-\x{9fff}]{2,4}|[\x{4e00}-\x{9fff}]+(·[\x{4e00}-\x{9fff}]+)+');
