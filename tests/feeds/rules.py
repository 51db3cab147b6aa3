"""Every rule of a feed beside rows that break it and rows that just hold: exactly on the edge, below and above.

A table stands under the rule's id; cells not drawn are those of a good row (tests/feeds/test_contracts.py). Its last
column says what is found: nothing, `x` for this rule alone, `x signs_agree` for this and another that cannot be
kept apart. `id@202304` is a file of that period, `id#more` another table. A date where an identity number is asked
for is a man born that day, `2004-07-01 女` a woman; `:43` are digits 19 and 20 of a certificate.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    # ---- registry ----
    "divisions.division_is_county_or_below": """
        division_code | level | parent_code |
        410184        | 县    | 4101        |
        410185        | 县    | 410100      |
        419001        | 县    | 41          |
        410184103     | 乡    | 410184      |
        4101          | 县    | 41          | x
        41            | 县    |             | x
    """,
    "households.household_id_is_no_person": """
        household_id       |
        4101841960010100   |
        12800000000        |
        410184196001320015 |
        13800000000        | x
        410184196001010015 | x
        410184600101001    | x
        李某家1            | x
        李某家             | household_id_readable
    """,
    "households.still_poor_after_exit_year": """
        household_type | exit_year |
        建档立卡贫困户 | 2020      |
        建档立卡贫困户 | 2019      |
        建档立卡贫困户 | 2021      | x exit_year_in_time
        建档立卡贫困户 |           | x
        脱贫户         | 2019      |
        一般农户       |           |
    """,
    "households.lifted_has_exit_year": """
        household_type | exit_year |
        脱贫户         | 2019      |
        脱贫户         |           | x
        建档立卡脱贫户 |           | x
        脱贫户         | 早年      | exit_year_readable
        一般农户       |           |
    """,
    "households.monitored_has_date": """
        monitored_class | monitored_since | risk_1 |
        边缘易致贫户    | 202001          | 因病   |
        边缘易致贫户    |                 | 因病   | x
        边缘易致贫户    | 2020.1          | 因病   | monitored_since_readable
                        |                 | 因病   |
    """,
    "households.monitored_has_risk": """
        monitored_class | monitored_since | risk_1 | risk_2 | risk_3 |
        脱贫不稳定户    | 202001          | 因病   |        |        |
        脱贫不稳定户    | 202001          |        | 因学   |        |
        脱贫不稳定户    | 202001          |        |        | 其他   |
        脱贫不稳定户    | 202001          |        |        |        | x
                        |                 |        |        |        |
    """,
    "households.removed_was_monitored": """
        is_risk_removed | monitored_class | monitored_since | risk_1 |
        是              | 突发严重困难户  | 202001          | 因灾   |
        是              |                 |                 |        | x
        是              |                 |                 | 因病   | x
        否              |                 |                 |        |
                        |                 |                 |        |
    """,
    "households.has_phone": """
        phone       |
        13800000000 |
        无          | x
                    | x
    """,
    "members.sex_is_of_number": """
        id_number     | sex |
        1980-01-01    | 男  |
        1980-01-01 女 | 女  |
        1980-01-01    | 女  | x
        1980-01-01 女 | 男  | x
        1980-01-01    |     |
        无            | 男  |
    """,
    "members.birth_date_is_of_number": """
        id_number  | birth_date |
        1980-01-31 | 1980-01-31 |
        1980-01-31 | 1980-01-30 | x
        1980-01-31 | 1980-02-28 | x
        1980-01-31 | 1981-01-31 | x
        1980-01-31 |            |
        无         | 1980-01-31 |
    """,
    "members.relation_fits_sex": """
        relation   | sex | id_number     |
        之子       | 男  | 1980-01-01    |
        之子       | 女  | 无            | x
        之女       | 女  | 无            |
        之女       | 男  | 无            | x
        之儿媳     | 男  | 无            | x
        之女婿     | 女  | 无            | x
        之孙子     | 女  | 无            | x
        之孙女     | 男  | 无            | x
        之外孙子   | 女  | 无            | x
        之外孙女   | 男  | 无            | x
        之父       | 女  | 无            | x
        之母       | 男  | 无            | x
        之岳父     | 女  | 无            | x
        之岳母     | 男  | 无            | x
        之公公     | 女  | 无            | x
        之婆婆     | 男  | 无            | x
        之祖父     | 女  | 无            | x
        之祖母     | 男  | 无            | x
        之子       |     | 1980-01-01 女 | x
        之子       |     | 1980-01-01    |
        之女       |     | 1980-01-01    | x
        之女       |     | 1980-01-01 女 |
        之女       |     | 无            |
        户主       | 女  | 无            |
        之兄弟姐妹 | 男  | 无            |
    """,
    "members.child_has_no_labour": """
        id_number  | birth_date | schooling | labour             |
        2004-06-30 |            |           | 普通劳动力         |
        2004-07-01 |            | 九年级    | 普通劳动力         | x
        2004-07-01 |            | 九年级    | 技能劳动力         | x
        2004-07-01 |            | 九年级    | 弱劳动力或半劳动力 | x
        2004-07-01 |            | 九年级    | 无劳动力           |
        2004-07-01 |            | 九年级    | 丧失劳动力         |
        无         | 2004-07-01 | 九年级    | 普通劳动力         | x
        无         | 2004-06-30 |           | 普通劳动力         |
        无         |            |           | 普通劳动力         |
    """,
    "members.aged_have_no_full_labour": """
        id_number  | labour             |
        1960-07-01 | 普通劳动力         |
        1960-06-30 | 普通劳动力         | x
        1960-06-30 | 技能劳动力         | x
        1960-06-30 | 弱劳动力或半劳动力 |
    """,
    "members.healthy_adult_has_labour": """
        id_number  | health   | schooling | labour     |
        2004-06-30 | 健康     |           | 无劳动力   | x
        2004-07-01 | 健康     | 九年级    | 无劳动力   |
        1960-07-01 | 健康     |           | 无劳动力   | x
        1960-06-30 | 健康     |           | 无劳动力   |
        1980-01-01 | 健康     | 非在校生  | 无劳动力   | x
        2001-01-01 | 健康     | 本科      | 无劳动力   |
        1980-01-01 | 健康     |           | 丧失劳动力 |
        1980-01-01 | 健康     |           | 普通劳动力 |
        1980-01-01 | 健康     |           |            |
        1980-01-01 | 残疾     |           | 无劳动力   |
        1980-01-01 |          |           | 无劳动力   |
    """,
    "members.healthy_adult_has_labour@202007": """
        id_number  | health | schooling | not_in_school_reason | labour   |
        2004-08-01 | 健康   |           | 初中毕业             | 无劳动力 |
        2004-07-31 | 健康   |           | 初中毕业             | 无劳动力 | x
    """,
    "members.worker_has_labour": """
        months_worked | labour     |
        1             | 无劳动力   | x
        12            | 丧失劳动力 | x
        0             | 无劳动力   |
                      | 无劳动力   |
        1             | 普通劳动力 |
        1             |            |
    """,
    "members.pupil_does_not_work": """
        months_worked | schooling |
        1             | 普通高中  | x
        0             | 普通高中  |
                      | 普通高中  |
        1             | 非在校生  |
        1             |           |
    """,
    "members.nursery_is_under_7": """
        id_number  | schooling |
        2013-07-01 | 学前教育  |
        2013-06-30 | 学前教育  | x
        2013-06-30 | 小学      |
    """,
    "members.child_has_school_or_reason": """
        id_number  | schooling | not_in_school_reason |
        2013-08-31 |           |                      | x
        2013-09-01 |           |                      |
        2004-07-01 |           |                      | x
        2004-06-30 |           |                      |
        2010-01-01 | 非在校生  |                      | x
        2010-01-01 | 小学      |                      |
        2010-01-01 |           | 因病                 |
    """,
    "members.child_has_school_or_reason@202007": """
        id_number  |
        2013-09-01 |
        2013-08-31 | x
    """,
    "members.child_has_school_or_reason@202008": """
        id_number  |
        2014-09-01 |
        2014-08-31 | x
    """,
    "members.child_has_school_or_reason@20200830": """
        id_number  |
        2014-08-31 |
        2013-08-31 | x
    """,
    "incomes.net_is_sum": """
        wage_income | business_income | property_income | transfer_income | business_cost | net_income |
        10001       | 0               | 0               | 0               | 0             | 10000      |
        9999        | 0               | 0               | 0               | 0             | 10000      |
        10001.01    | 0               | 0               | 0               | 0             | 10000      | x
        9998.99     | 0               | 0               | 0               | 0             | 10000      | x
        5000        | 4000            | 1000            | 500             | 500           | 10000      |
        5000        | 4000            | 1000            | 500             | 502           | 10000      | x
    """,
    "incomes.per_head_is_net_by_persons": """
        persons | net_income_per_head |
        3       | 3334.33             |
        3       | 3334.34             | x
        3       | 3332.34             |
        3       | 3332.32             | x
        1       | 10001               |
        1       | 10001.01            | x
        0       | 10000               | persons_within_bounds
    """,
    "incomes.wage_is_not_tiny": """
        wage_income | transfer_income |
        0           | 10000           |
        0.01        | 9999.99         | x
        299.99      | 9700.01         | x
        300         | 9700            |
    """,
    "incomes.wage_is_not_huge": """
        wage_income | persons | net_income | net_income_per_head |
        300000      | 10      | 300000     | 30000               |
        300000.01   | 10      | 300000.01  | 30000               | x
    """,
    "incomes.business_has_cost": """
        wage_income | business_income | business_cost |
        10000       | 0               | 0             |
        9999.99     | 0.01            | 0             | x
        9999        | 1.01            | 0.01          |
    """,
    "incomes.per_head_is_positive": """
        wage_income | business_cost | net_income | net_income_per_head |
        0.01        | 0             | 0.01       | 0.01                | wage_is_not_tiny
        0           | 0             | 0          | 0                   | x
        0           | 0.01          | -0.01      | -0.01               | x
        1000        | 999.99        | 0.01       | 0.01                |
    """,
    "incomes.per_head_is_not_huge": """
        wage_income | net_income | net_income_per_head |
        100000      | 100000     | 100000              |
        100000.01   | 100000.01  | 100000.01           | x
    """,
    "visits.no_class_for_unfounded": """
        finding  | decided_class |
        不属实   | 不纳入        |
        属实     | 边缘户        |
        部分属实 | 边缘户        |
        不属实   | 边缘户        | x
        不属实   |               |
    """,
    "visits.removed_after_decided": """
        decided_on | removed_on |
        2020-05-01 | 2020-05-01 |
        2020-05-01 | 2020-05-02 |
        2020-05-02 | 2020-05-01 | x
                   | 2020-05-01 |
    """,
    "visits.measure_fits_risk": """
        risk_1   | risk_2 | risk_3   | measure  |
        因病     |        |          | 健康帮扶 |
        因病     |        |          | 综合保障 |
        因病     |        |          | 教育保障 | x
        因学     |        |          | 教育保障 |
        因学     |        |          | 健康帮扶 | x
        饮水     |        |          | 饮水保障 |
        饮水     |        |          | 综合保障 | x
        缺劳动力 |        |          | 综合保障 |
        缺劳动力 |        |          | 公益岗位 |
        缺劳动力 |        |          | 就业帮扶 | x
        因灾     |        |          | 产业帮扶 |
        因病     | 因学   |          | 教育保障 |
        因病     |        | 因学     | 教育保障 |
        因病     | 因灾   |          | 产业帮扶 |
        因病     | 因学   | 饮水     | 产业帮扶 | x
                 | 因学   |          | 产业帮扶 | x
                 |        | 缺劳动力 | 产业帮扶 | x
                 |        |          | 产业帮扶 |
        因病     |        |          |          |
             | 因病   |      | 健康帮扶 |
             | 因病   |      | 综合保障 |
             | 因病   |      | 产业帮扶 | x
             | 因学   |      | 教育保障 |
             | 因学   |      | 产业帮扶 | x
             | 饮水   |      | 饮水保障 |
             | 饮水   |      | 产业帮扶 | x
             | 缺劳动力 |      | 综合保障 |
             | 缺劳动力 |      | 公益岗位 |
             | 缺劳动力 |      | 产业帮扶 | x
             |      | 因病   | 健康帮扶 |
             |      | 因病   | 综合保障 |
             |      | 因病   | 产业帮扶 | x
             |      | 因学   | 教育保障 |
             |      | 因学   | 产业帮扶 | x
             |      | 饮水   | 饮水保障 |
             |      | 饮水   | 产业帮扶 | x
             |      | 缺劳动力 | 综合保障 |
             |      | 缺劳动力 | 公益岗位 |
             |      | 缺劳动力 | 产业帮扶 | x
    """,
    # ---- health ----
    "settlements.total_is_sum": """
        total_cost | pooled_paid | major_illness_paid | medical_aid_paid | other_paid | out_of_pocket |
        100.05     | 0           | 0                  | 0                |            | 100           |
        100.06     | 0           | 0                  | 0                |            | 100           | x
        99.95      | 0           | 0                  | 0                |            | 100           |
        99.94      | 0           | 0                  | 0                |            | 100           | x
        15         | 1           | 2                  | 3                | 4          | 5             |
        15         | 1           | 2                  | 3                |            | 5             | x
    """,
    "settlements.in_scope_within_out_of_pocket": """
        reverses_id | total_cost | out_of_pocket | in_scope_out_of_pocket |
                    | 5          | 5             | 5                      |
                    | 5          | 5             | 5.01                   | x
        k0          | -5         | -5            | -5                     |
        k0          | -5         | -5            | -5.01                  | x
    """,
    "settlements.signs_agree": """
        reverses_id | total_cost | pooled_paid | out_of_pocket |
                    | 4          | -1          | 5             | x reversal_names_original
        k0          | 4          | -1          | 5             | x charge_names_no_original
        k0          | -4         | 0           | -4            |
                    | 4          | 0           | 4             |
                    | 0          | 0           | 0             |
    """,
    "settlements.reversal_names_original": """
        reverses_id | total_cost | out_of_pocket | copay_waived |
        k0          | -5         | -5            |              |
                    | -5         | -5            |              | x
                    | 0          | 0             | -5           | x
                    | -0.01      | -0.01         |              | x
                    | 0          | 0             | 0            |
    """,
    "settlements.charge_names_no_original": """
        reverses_id | total_cost | out_of_pocket |
                    | 5          | 5             |
        k0          | 5          | 5             | x
        k0          | 0.01       | 0.01          | x
        k0          | 0          | 0             |
    """,
    "settlements.total_is_plausible": """
        total_cost | pooled_paid | out_of_pocket |
        500000     | 400000      | 100000        |
        500000.01  | 400000      | 100000.01     | x
    """,
    "settlements.inpatient_share_is_plausible": """
        care_type  | reverses_id | total_cost | pooled_paid | out_of_pocket |
        住院       |             | 100        | 5           | 95            |
        住院       |             | 100        | 4.99        | 95.01         | x
        住院       |             | 100        | 0           | 100           | x
        门诊       |             | 100        | 0           | 100           |
        门诊慢性病 |             | 100        | 0           | 100           |
        住院       | k0          | -100       | 0           | -100          |
        住院       |             | 0          | 0           | 0.05          |
        住院       |             | 0.01       | 0           | 0.01          | x
    """,
    # ---- education ----
    "enrolments.age_fits_stage": """
        stage    | id_number  |
        小学     | 2015-02-01 |
        小学     | 2015-02-02 | x
        小学     | 2005-02-02 |
        小学     | 2005-02-01 | x
        初中     | 2010-02-01 |
        初中     | 2010-02-02 | x
        初中     | 2001-02-02 |
        初中     | 2001-02-01 | x
        普通高中 | 2007-02-01 |
        普通高中 | 2007-02-02 | x
        普通高中 | 1997-02-02 |
        普通高中 | 1997-02-01 | x
        中职     | 2007-02-01 |
        中职     | 2007-02-02 | x
        中职     | 1997-02-02 |
        中职     | 1997-02-01 | x
        高职     | 1980-01-01 |
        本科     | 1980-01-01 |
        学前     | 2005-01-01 |
    """,
    "grants.compulsory_amount_is_standard": """
        programme            | amount |
        义务教育生活补助     | 250    |
        义务教育生活补助     | 312.5  |
        义务教育生活补助     | 312.50 |
        义务教育生活补助     | 500    |
        义务教育生活补助     | 625    |
        义务教育生活补助     | 249.99 | x
        义务教育生活补助     | 312    | x
        义务教育生活补助     | 625.01 | x
        资助（义务教育阶段） | 400    | x
        雨露计划             | 400    |
    """,
    "grants.paid_within_term": """
        term   | paid_on    |
        2020春 | 2020-02-01 |
        2020春 | 2020-01-31 | x
        2020春 | 2020-08-31 |
        2020春 | 2020-09-01 | x
        2019秋 | 2019-09-01 |
        2019秋 | 2019-08-31 | x
        2019秋 | 2020-01-31 |
        2019秋 | 2020-02-01 | x
    """,
    # ---- civil affairs ----
    "allowances.amount_is_positive": """
        amount |
        0.01   |
        0      | x
        -0.01  | amount_within_bounds
    """,
    "destitute.amount_is_positive": """
        amount |
        0.01   |
        0      | x
    """,
    "disability.certificate_no_is_certificate": """
        certificate_no  | type | grade |
        1962-03-04:43   | 4    | 3     |
        1962-03-04:43B1 | 4    | 3     |
        1962-03-04      | 4    | 3     | x
    """,
    "disability.type_is_digit_19": """
        certificate_no  | type  | grade |
        1962-03-04:43   | 4     | 3     |
        1962-03-04:53B1 | 5智力 | 三级  |
        1962-03-04:63   | 5     | 3     | x
    """,
    "disability.grade_is_digit_20": """
        certificate_no  | type | grade |
        1962-03-04:63   | 6    | 3     |
        1962-03-04:64   | 6    | 3     | x
        1962-03-04:6401 | 6    | 3     | x
    """,
    "disability_subsidies.certificate_no_is_certificate": """
        certificate_no  |
        1962-03-04:42   |
        1962-03-04:4200 |
        1962-03-04      | x
    """,
    "disability_subsidies.care_is_for_grade_1_or_2": """
        certificate_no  | subsidy              |
        1962-03-04:41   | 重度残疾人护理补贴   |
        1962-03-04:42   | 重度残疾人护理补贴   |
        1962-03-04:43   | 重度残疾人护理补贴   | x
        1962-03-04:44   | 重度残疾人护理补贴   | x
        1962-03-04:3401 | 重度残疾人护理补贴   | x
        1962-03-04:31   | 重度残疾人护理补贴   |
        1962-03-04:44   | 困难残疾人生活补贴   |
    """,
    # ---- water ----
    "access.piped_water_is_not_fetched": """
        mode       | fetch_minutes | distance_m | climb_m |
        入户       |               |            |         |
        入户       | 0             | 0          | 0       |
        入户       |               | 0.01       |         | x
        入户       | 0.01          |            |         | x
        入户       |               |            | 0.01    | x
        集中供水点 | 5             | 200        | 10      |
                   | 5             | 200        | 10      |
    """,
    "outages.ends_after_it_begins": """
        began_on   | ended_on   |
        2020-05-01 | 2020-05-01 |
        2020-05-01 | 2020-05-02 |
        2020-05-02 | 2020-05-01 | x
        2020-05-02 |            |
    """,
    "quality_tests.conclusion_fits_values": """
        conclusion | ph   | turbidity_ntu | hardness_mg_l | ammonia_mg_l | permanganate_mg_l |
        合格       | 6.5  | 3             | 450           | 0.5          | 5                 |
        合格       | 8.5  |               |               |              |                   |
        合格       | 6.49 |               |               |              |                   | x
        合格       | 8.51 |               |               |              |                   | x
        合格       |      | 3.01          |               |              |                   | x
        合格       |      |               | 450.01        |              |                   | x
        合格       |      |               |               | 0.51         |                   | x
        合格       |      |               |               |              | 5.01              | x
        不合格     | 9    | 9             | 900           | 9            | 9                 |
        不合格     | 7    | 1             | 100           | 0.1          | 1                 |
    """,
    "quality_tests.conclusion_fits_values@202304": """
        conclusion | sampled_on | turbidity_ntu | hardness_mg_l | ammonia_mg_l | permanganate_mg_l |
        合格       | 2023-03-31 | 3             | 450           | 0.5          | 5                 |
        合格       | 2023-04-01 | 1             | 450           | 0.5          | 3                 |
        合格       | 2023-04-01 | 1.01          |               |              |                   | x
        合格       | 2023-04-01 |               | 450.01        |              |                   | x
        合格       | 2023-04-01 |               |               | 0.51         |                   | x
        合格       | 2023-04-01 |               |               |              | 3.01              | x
        合格       | 2023-03-31 | 3.01          |               |              |                   | x
    """,
}

# every amount of a settlement by itself
AMOUNTS = (
    "total_cost", "pooled_paid", "major_illness_paid", "medical_aid_paid", "other_paid", "out_of_pocket",
    "in_scope_out_of_pocket", "deductible_waived", "copay_waived", "chronic_covered",
)  # fmt: skip
IN_SCOPE, BORNE = "in_scope_out_of_pocket", "out_of_pocket"
MIXED = "x reversal_names_original"
for _amount, _next in zip(AMOUNTS, (*AMOUNTS[1:], AMOUNTS[0]), strict=True):
    _other = BORNE if _amount == IN_SCOPE else _next  # no more is in scope than is borne
    RULES |= {
        f"settlements.signs_agree#{_amount}_below": f"{_amount} | {_other} | \n -0.01 | 0.01 | {MIXED}",
        f"settlements.reversal_names_original#{_amount}": f"{_amount} | \n -0.05 | x",
        f"settlements.charge_names_no_original#{_amount}": f"reverses_id | {_amount} | \n k0 | 0.05 | x",
    }
RULES |= {
    "settlements.signs_agree#deductible_above": f"copay_waived | deductible_waived | \n -1 | 1 | {MIXED}",
    f"settlements.reversal_names_original#{IN_SCOPE}": f"{IN_SCOPE} | {BORNE} | \n -0.05 | 0.05 | x signs_agree",
    f"settlements.charge_names_no_original#{IN_SCOPE}": (
        f"reverses_id | {IN_SCOPE} | {BORNE} | \n k0 | 0.05 | -0.05 | x signs_agree"
    ),
}
