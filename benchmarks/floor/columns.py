"""The columns of the 23 feeds: headers as they are written, the short names by which the SQL knows them.

`!` must be in the file, `$` is an amount.
"""

from __future__ import annotations

from dataclasses import dataclass

_FEEDS = {
    "registry": """
        divisions 行政区划: 区划代码=code! 名称=name! 上级代码=parent 级别=level!
        households 户信息: 户编号=hid! 行政村代码=village! 自然村=hamlet 户主姓名=name! 户主证件号码=id!
            户类型=type! 监测对象类别,检测对象类别=class 脱贫年度=exited 识别监测时间=since
            风险是否已消除=removed 致贫返贫风险1=risk1 致贫返贫风险2=risk2 致贫返贫风险3=risk3
            危房级别=grade 是否解决安全饮用水=water 防贫保险=insured 联系电话=phone
        members 家庭成员: 户编号=hid! 人编号,人口编号=pno! 姓名=name! 证件号码=id! 与户主关系=relation!
            性别=sex 出生日期=birth 民族=ethnicity 文化程度=education 在校生状况=schooling 健康状况=health
            劳动技能=labour 务工时间=months 义务教育阶段未上学原因=reason
        incomes 户年度收入: 户编号=hid! 年度=year! 年度家庭人口数=persons! 工资性收入=wage!$
            生产经营性收入=business!$ 财产性收入=property!$ 转移性收入=transfer!$ 生产经营性支出=cost!$
            纯收入=net!$ 人均纯收入=head!$
        reports 线索上报: 上报编号=rid! 户编号=hid! 来源=source! 上报日期=day! 原因=reason! 说明=note
        visits 入户核查结果: 线索编号=clue! 户编号=hid! 核查日期=day! 核查人=visitor 核查结论=finding!
            认定类别=class 认定日期=decided 风险原因1=risk1 风险原因2=risk2 风险原因3=risk3
            帮扶措施=measure 措施落实日期=measured 风险消除方式=removal 风险消除日期=removed 备注=note
    """,
    "health": """
        insurance 医保参保: 证件号码=id! 姓名=name! 险种=scheme! 参保年度=year! 参保状态=status!
            大病保险=cover
        settlements 医保结算: 结算编号=sid! 原结算编号=rid 证件号码=id! 姓名=name! 户编号=hid
            医疗类别=care! 结算日期=day! 医疗总费用=total!$ 统筹支付=pooled!$ 大病保险支付=major!$
            医疗救助支付=aid!$ 其他支付=other$ 个人负担总额=own!$ 其中政策范围内自付=scope$
            减免起付线金额=deductible$ 减免自付金额=copay$ 慢性病兜底金额=chronic$
        major_diseases 大病救治名单: 证件号码=id! 姓名=name! 病种=disease! 确诊日期=day!
        checkups 免费体检: 证件号码=id! 姓名=name! 体检日期=day! 体检机构=clinic
        deaths 死亡登记: 证件号码=id! 姓名=name! 死亡日期=day!
    """,
    "education": """
        enrolments 学籍: 学籍号=pupil! 姓名=name! 证件号码=id! 学期=term! 学段=stage! 年级=grade
            学校代码=school 学校名称=school_name! 就读方式=boarding 学籍状态=status! 外地就读=away
            应缴学费=tuition$ 应缴住宿费=board$
        dropouts 控辍保学名单: 证件号码=id! 姓名=name! 失学日期=day! 失学原因=reason 是否劝返=back!
            劝返日期=back_on
        grants 资助发放: 发放编号=gid! 证件号码=id! 姓名=name! 学期=term! 资助项目=programme!
            发放金额=amount!$ 发放日期=day! 外地就读=away
    """,
    "civil_affairs": """
        allowances 低保发放: 低保证号=cert! 户主姓名=head 户主证件号码=head_id 保障对象姓名,姓名=name!
            证件号码=id! 低保类别=grade! 起始保障年月=since 发放年月=month! 发放类型=kind
            发放金额=amount!$
        destitute 特困供养: 证件号码=id! 姓名=name! 供养方式=care! 护理等级=level 发放年月=month!
            发放类型=kind 发放金额=amount!$
        relief 临时救助: 救助编号=rid! 证件号码=id! 姓名=name! 申请日期=applied 救助原因=reason!
            救助金额=amount!$ 发放日期=day!
        disability 残疾人证: 残疾证号=id! 姓名=name! 残疾类别=type! 残疾等级=grade! 发证日期=day!
            状态=status!
        disability_subsidies 残疾人两项补贴: 残疾证号=id! 姓名=name! 补贴类别=subsidy! 发放年月=month!
            发放金额=amount!$
    """,
    "water": """
        projects 供水工程: 工程编号=project! 工程名称=name! 工程类型=kind! 建设年度=built!
            投资=investment$ 受益人口=people 行政村代码=village! 受益户数=homes
        access 户饮水状况: 户编号=hid! 人均日水量=litres 取水方式=mode 单次取水往返时间=minutes
            水平距离=distance 垂直距离=climb 水质结论=quality 缺水地区=scarce
        outages 停水记录: 停水编号=oid! 工程编号=project! 行政村代码=village! 停水开始=began!
            停水结束=ended 停水原因=reason
        quality_tests 水质检测: 样品编号=sample! 工程编号=project! 采样日期=day! pH=ph
            浑浊度,浊度=turbidity 余氯=chlorine 总硬度=hardness 氨氮=ammonia 高锰酸盐指数=permanganate
            结论=conclusion!
    """,
}


@dataclass(frozen=True)
class Columns:
    """The columns of one feed: short names by header, the names that must be there, all short names."""

    names: dict[str, str]
    required: set[str]
    all: list[str]


COLUMNS: dict[str, Columns] = {}
MONEY: dict[str, set[str]] = {}
TITLES: dict[str, str] = {}
DEPARTMENT: dict[str, str] = {}
TERMLY = ("enrolments", "grants")


def _read(department: str, text: str) -> None:
    feed = ""
    for word in text.split():
        if "=" not in word:
            if word.endswith(":"):
                TITLES[word[:-1]], DEPARTMENT[feed] = feed, department
            else:
                feed = word
                COLUMNS[feed], MONEY[feed] = Columns({}, set(), []), set()
            continue
        headers, _, name = word.partition("=")
        short = name.rstrip("!$")
        COLUMNS[feed].names.update(dict.fromkeys(headers.split(","), short))
        COLUMNS[feed].all.append(short)
        if "!" in name:
            COLUMNS[feed].required.add(short)
        if "$" in name:
            MONEY[feed].add(short)


for _department, _text in _FEEDS.items():
    _read(_department, _text)
