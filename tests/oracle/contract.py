"""The 24 feeds as the specification's tables state them, written down a second time.

One line per column: title(/alias) name [k][!] type [codes]. A code is written canonical=other=other.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RISKS = "因病 因残 因学 因灾 缺劳动力 因意外事故 因产业失败 因务工就业不稳 住房 饮水 其他"
CLASSES = "脱贫不稳定户=脱贫监测户 边缘易致贫户=边缘户 突发严重困难户"
EXCUSES = (
    "因病=因病不能上学 因残 送教上门 免学 缓学 休学 外地就读=随父母在外地就读 境外就读 特殊教育 "
    "初中毕业=初中毕业已务工"
)
RELATIONS = (
    "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父 之岳母 "
    "之公公 之婆婆 之祖父 之祖母 之兄弟姐妹 其他"
)
MEASURES = "产业帮扶 就业帮扶 公益岗位 金融帮扶 健康帮扶 教育保障 住房保障 饮水保障 综合保障 社会帮扶"
DISABILITIES = "1=视力=1视力 2=听力=2听力 3=言语=3言语 4=肢体=4肢体 5=智力=5智力 6=精神=6精神 7=多重=7多重"

DECLARED = f"""
registry divisions 行政区划 snapshot year
  区划代码 division_code k! division
  名称 division_name ! text
  上级代码 parent_code parent
  级别 level ! code 县 乡 村
registry households 户信息 snapshot month
  户编号 household_id k! number
  行政村代码 village_code ! village
  自然村 hamlet text
  户主姓名 head_name ! name
  户主证件号码 head_id_number id
  户类型 household_type ! code 脱贫户=建档立卡脱贫户 一般农户=非贫困户 建档立卡贫困户
  监测对象类别/检测对象类别 monitored_class code {CLASSES}
  脱贫年度 exit_year year
  识别监测时间 monitored_since month
  风险是否已消除 is_risk_removed flag
  致贫返贫风险1 risk_1 code {RISKS}
  致贫返贫风险2 risk_2 code {RISKS}
  致贫返贫风险3 risk_3 code {RISKS}
  危房级别 dwelling_grade code A B C D
  是否解决安全饮用水 is_water_declared_safe flag
  防贫保险 is_insured_against_poverty flag
  联系电话 phone text
registry members 家庭成员 snapshot month
  户编号 household_id ! number
  人编号/人口编号 person_no k! number
  姓名 name ! name
  证件号码 id_number ! id
  与户主关系 relation ! relation {RELATIONS}
  性别 sex code 男=1 女=2
  出生日期 birth_date date
  民族 ethnicity text
  文化程度 education text
  在校生状况 schooling schooling
  健康状况 health set 健康 长期慢性病 大病 残疾
  劳动技能 labour code 技能劳动力 普通劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力
  务工时间 months_worked int
  义务教育阶段未上学原因 not_in_school_reason excuse {EXCUSES}
registry incomes 户年度收入 snapshot year
  户编号 household_id k! number
  年度 year k! year
  年度家庭人口数 persons ! int
  工资性收入 wage_income ! money
  生产经营性收入 business_income ! money
  财产性收入 property_income ! money
  转移性收入 transfer_income ! money
  生产经营性支出 business_cost ! money
  纯收入 net_income ! money
  人均纯收入 net_income_per_head ! money
registry reports 线索上报 events day
  上报编号 report_id k! number
  户编号 household_id ! number
  来源 source ! code 农户申报 干部走访 信访 其他
  上报日期 reported_on ! date
  原因 reason ! code {RISKS}
  说明 note text
registry visits 入户核查结果 events day
  线索编号 clue_id k! number
  户编号 household_id ! number
  核查日期 visited_on k! date
  核查人 visitor text
  核查结论 finding ! code 属实 部分属实 不属实
  认定类别 decided_class code {CLASSES} 不纳入
  认定日期 decided_on date
  风险原因1 risk_1 code {RISKS}
  风险原因2 risk_2 code {RISKS}
  风险原因3 risk_3 code {RISKS}
  帮扶措施 measure code {MEASURES}
  措施落实日期 measure_on date
  风险消除方式 removal code 帮扶消除 自然消除
  风险消除日期 removed_on date
  备注 note text
health insurance 医保参保 snapshot month
  证件号码 id_number k! id
  姓名 name ! name
  险种 scheme k! code 城乡居民 城镇职工
  参保年度 year k! year
  参保状态 status ! code 正常 暂停 终止
  大病保险 has_major_illness_cover flag
health settlements 医保结算 events month
  结算编号 settlement_id k! number
  原结算编号 reverses_id number
  证件号码 id_number ! id
  姓名 name ! name
  户编号 household_id number
  医疗类别 care_type ! code 门诊 住院 门诊慢性病
  结算日期 settled_on ! date
  医疗总费用 total_cost ! money
  统筹支付 pooled_paid ! money
  大病保险支付 major_illness_paid ! money
  医疗救助支付 medical_aid_paid ! money
  其他支付 other_paid money
  个人负担总额 out_of_pocket ! money
  其中政策范围内自付 in_scope_out_of_pocket money
  减免起付线金额 deductible_waived money
  减免自付金额 copay_waived money
  慢性病兜底金额 chronic_covered money
health major_diseases 大病救治名单 snapshot month
  证件号码 id_number k! id
  姓名 name ! name
  病种 disease k! text
  确诊日期 diagnosed_on ! date
health checkups 免费体检 events month
  证件号码 id_number k! id
  姓名 name ! name
  体检日期 examined_on k! date
  体检机构 clinic text
health deaths 死亡登记 events month
  证件号码 id_number k! id
  姓名 name ! name
  死亡日期 died_on ! date
education enrolments 学籍 snapshot term
  学籍号 pupil_no k! number
  姓名 name ! name
  证件号码 id_number ! id
  学期 term k! term
  学段 stage ! code 学前 小学 初中 普通高中 中职 高职 本科
  年级 grade text
  学校代码 school_code k number
  学校名称 school_name ! text
  就读方式 boarding code 走读=1 住校=2 其他=9
  学籍状态 status ! code 在读 休学 退学 转出 毕业
  外地就读 is_out_of_county flag
  应缴学费 tuition money
  应缴住宿费 board money
education dropouts 控辍保学名单 snapshot month
  证件号码 id_number k! id
  姓名 name ! name
  失学日期 left_on ! date
  失学原因 reason text
  是否劝返 is_back ! flag
  劝返日期 back_on date
education grants 资助发放 events term
  发放编号 grant_id k! number
  证件号码 id_number ! id
  姓名 name ! name
  学期 term ! term
  资助项目 programme ! text
  发放金额 amount ! money
  发放日期 paid_on ! date
  外地就读 is_out_of_county flag
civil_affairs allowances 低保发放 events month
  低保证号 certificate_no k! number
  户主姓名 head_name name
  户主证件号码 head_id_number id
  保障对象姓名/姓名 name ! name
  证件号码/保障对象证件号码 id_number k! id
  低保类别 grade ! code A=一类 B=二类 C=三类
  起始保障年月 since month
  发放年月 paid_month k! month
  发放类型 payment_kind k code 正常 补发
  发放金额 amount ! money
civil_affairs destitute 特困供养 events month
  证件号码 id_number k! id
  姓名 name ! name
  供养方式 care ! code 集中 分散
  护理等级 care_level code 全自理 半护理 全护理
  发放年月 paid_month k! month
  发放类型 payment_kind k code 正常 补发
  发放金额 amount ! money
civil_affairs relief 临时救助 events month
  救助编号 relief_id k! number
  证件号码 id_number ! id
  姓名 name ! name
  申请日期 applied_on date
  救助原因 reason ! text
  救助金额 amount ! money
  发放日期 paid_on ! date
civil_affairs disability 残疾人证 snapshot month
  残疾证号 certificate_no k! certificate
  姓名 name ! name
  残疾类别 type ! code {DISABILITIES}
  残疾等级 grade ! code 1 2 3 4
  发证日期 issued_on ! date
  状态 status ! code 有效 注销 过期
civil_affairs disability_subsidies 残疾人两项补贴 events month
  残疾证号 certificate_no k! certificate
  姓名 name ! name
  补贴类别 subsidy k! code 困难残疾人生活补贴 重度残疾人护理补贴
  发放年月 paid_month k! month
  发放金额 amount ! money
water projects 供水工程 snapshot year
  工程编号 project_id k! number
  工程名称 project_name ! text
  工程类型 kind ! code 城乡一体 千吨万人 集中 分散
  建设年度 built_year ! year
  投资 investment money
  受益人口 people_served int
  行政村代码 village_code k! village
  受益户数 households_served int
water access 户饮水状况 snapshot month
  户编号 household_id k! number
  人均日水量 litres_per_person_day dec
  取水方式 mode code 入户 集中供水点 自备井 其他
  单次取水往返时间 fetch_minutes dec
  水平距离 distance_m dec
  垂直距离 climb_m dec
  水质结论 quality code 合格 不合格 未检
  缺水地区 is_water_scarce_area flag
water outages 停水记录 events month
  停水编号 outage_id k! number
  工程编号 project_id ! number
  行政村代码 village_code ! village
  停水开始 began_on ! date
  停水结束 ended_on date
  停水原因 reason text
water quality_tests 水质检测 events month
  样品编号 sample_id k! number
  工程编号 project_id ! number
  采样日期 sampled_on ! date
  pH ph dec
  浑浊度 turbidity_ntu dec
  余氯 free_chlorine_mg_l dec
  总硬度 hardness_mg_l dec
  氨氮 ammonia_mg_l dec
  高锰酸盐指数 permanganate_mg_l dec
  结论 conclusion ! code 合格 不合格
housing dangerous_houses 危房名单 snapshot month
  户编号 household_id k! number
  危房等级 grade ! code A B C D
  鉴定日期 appraised_on ! date
  户主姓名 head_name text
  鉴定机构 appraiser text
  改造完成日期 repaired_on date
"""

# A row of any events that bears this mark takes back what was sent before it under its key.
TAKEN_BACK = (
    "作废标志/是否作废/作废/是否撤销/撤销 is_taken_back mark "
    "是=作废=撤销=已作废=已撤销=有=1=Y=TRUE=√ 否=正常=有效=未作废=无=0=N=FALSE=×"
)

# "Max age: a snapshot older than this at D no longer answers", in calendar months.
MAX_AGE = {
    "households": 3,
    "members": 3,
    "incomes": 24,
    "divisions": 24,
    "projects": 18,
    "insurance": 2,
    "major_diseases": 3,
    "disability": 3,
    "dropouts": 3,
    "access": 12,
    "dangerous_houses": 3,
}
# "snapshot = the whole truth of its partition (the year of incomes and insurance, the term of enrolments ..."
PARTITION = {"incomes": "year", "insurance": "year", "enrolments": "term"}
# "A row of it in which none of the columns to fill in is filled is no row (not visited yet)": all but these.
PRINTED = {"visits": ("clue_id", "household_id")}
# Lists of those at risk: who vanishes from them without being marked as settled vanishes from the work lists.
AT_RISK_WHILE: dict[str, Callable[[Any], bool]] = {
    "dropouts": lambda row: not row.is_back,
    "dangerous_houses": lambda row: row.repaired_on is None,
    "major_diseases": lambda row: True,
    "disability": lambda row: row.status == "有效",
}
# "the feed's main amount", where the specification leaves it to the contract.
MAIN_AMOUNT = {
    "settlements": "total_cost",
    "grants": "amount",
    "allowances": "amount",
    "destitute": "amount",
    "relief": "amount",
    "disability_subsidies": "amount",
}
# "A header without rows is a nil return: accepted for every feed but divisions, households and members"
NEVER_EMPTY = ("divisions", "households", "members")
# Settled by the two payroll tables: "(empty = 正常)".
EMPTY_MEANS = {"payment_kind": "正常"}


@dataclass(frozen=True)
class Column:
    name: str
    titles: tuple[str, ...]
    type: str
    is_key: bool
    is_required: bool
    codes: dict[str, str]


@dataclass(frozen=True, eq=False)
class Feed:
    name: str
    department: str
    title: str
    kind: str
    cadence: str
    columns: tuple[Column, ...]
    record: type
    key: tuple[str, ...]
    required_keys: frozenset[str]

    @property
    def is_snapshot(self) -> bool:
        return self.kind == "snapshot"

    @property
    def person_column(self) -> str | None:
        """The column that names the row's person; a head of an allowance household is not it."""
        names = self.record._fields
        if "id_number" in names:
            return "id_number"
        return "certificate_no" if self.name in ("disability", "disability_subsidies") else None

    def columns_of(self, *types: str) -> list[str]:
        return [column.name for column in self.columns if column.type in types]


def _codes(tokens: list[str]) -> dict[str, str]:
    codes = {}
    for token in tokens:
        words = token.split("=")
        codes.update({word: words[0] for word in words})
    return codes


def _column(line: str) -> Column:
    titles, name, *rest = line.split()
    marks = rest.pop(0) if rest[0] in ("k", "k!", "!") else ""
    return Column(name, tuple(titles.split("/")), rest[0], "k" in marks, "!" in marks, _codes(rest[1:]))


def _feed(head: str, lines: list[str]) -> Feed:
    department, name, title, kind, cadence = head.split()
    columns = tuple(_column(line) for line in lines)
    if kind == "events":
        columns += (_column(TAKEN_BACK),)
    record = namedtuple(name, [column.name for column in columns])
    key = tuple(column.name for column in columns if column.is_key)
    required = frozenset(column.name for column in columns if column.is_key and column.is_required)
    return Feed(name, department, title, kind, cadence, columns, record, key, required)


def _feeds() -> dict[str, Feed]:
    blocks: list[tuple[str, list[str]]] = []
    for line in DECLARED.strip().splitlines():
        if line.startswith("  "):
            blocks[-1][1].append(line)
        else:
            blocks.append((line, []))
    return {feed.name: feed for feed in (_feed(head, lines) for head, lines in blocks)}


FEEDS = _feeds()
DEPARTMENTS = {feed.department for feed in FEEDS.values()}
BY_ANY_NAME = {name: feed for feed in FEEDS.values() for name in (feed.name, feed.title)}
