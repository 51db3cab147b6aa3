"""What departments call a column besides its label and the aliases in its contract: 身份证号 for 证件号码, 死亡时间 for
死亡日期. They follow from the words of the label, for every feed alike.

An everyday name counts only where a header has no name of the contract for that column, and never where two columns of
a feed could be meant (expectations/headers.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from expectations.contract import Column, Type

NUMBER_OF_PERSON = "证件号码"
NUMBERS_OF_PERSON = [
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "身份证",
    "证件号",
    "身份号码",
    "公民身份证号",
    "公民身份证号码",
    "居民身份证号",
    "居民身份证号码",
    "身份证件号码",
]
NAME_OF_PERSON = "姓名"
# whom a feed is about, before 姓名 and 身份证号码; somebody else (申请人, 监护人) is none of them
SUBJECTS = [
    "学生",
    "幼儿",
    "儿童",
    "死者",
    "逝者",
    "死亡人员",
    "患者",
    "病人",
    "参保人",
    "参保人员",
    "残疾人",
    "体检人",
    "体检人员",
    "受检者",
    "救助对象",
    "保障对象",
    "低保对象",
    "低保人员",
    "供养对象",
    "特困人员",
    "特困对象",
    "补贴对象",
    "补助对象",
    "资助对象",
    "家庭成员",
    "成员",
    "人员",
]
ENDINGS = (  # of a label, and what stands in its place; for a type alone where it is given
    ("日期", ("时间",), Type.DATE),
    ("开始", ("开始日期", "开始时间"), Type.DATE),
    ("结束", ("结束日期", "结束时间"), Type.DATE),
    ("年月", ("月份",), Type.MONTH),
    ("年度", ("年份",), Type.YEAR),
    ("编号", ("编码", "号"), Type.NUMBER),
    ("代码", ("编码",), None),
    ("类别", ("类型",), Type.CODE),
    ("类型", ("类别",), Type.CODE),
    ("等级", ("级别",), Type.CODE),
    ("级别", ("等级",), Type.CODE),
    ("状态", ("状况",), Type.CODE),
    ("金额", ("额",), Type.MONEY),
    ("支付", ("支付金额",), Type.MONEY),
    ("性收入", ("收入",), Type.MONEY),
    ("性支出", ("支出",), Type.MONEY),
    ("机构", ("单位",), Type.TEXT),
    ("人口", ("人数", "人口数"), Type.INTEGER),
)
# a label of the contracts, and what else it is called
NAMES = dict(
    (label.strip(), tuple(names.split()))
    for label, _, names in (
        line.partition(":")
        for line in """
    姓名: 名字
    联系电话: 电话 电话号码 手机 手机号 手机号码 联系方式
    户编号: 农户编号 农户编码 家庭编号
    人编号: 人员编号 人员编码
    行政村代码: 村代码 村编码 行政村区划代码 村级区划代码
    区划代码: 行政区划代码
    上级代码: 上级区划代码
    名称: 区划名称 行政区划名称
    级别: 区划级别 行政级别
    识别监测时间: 识别时间 纳入监测时间
    自然村: 村民小组
    与户主关系: 与户主的关系 和户主关系
    在校生状况: 在校状况 在校生状态
    劳动技能: 劳动能力
    务工时间（月）: 务工月数 务工时长
    年度家庭人口数: 家庭人口数 家庭人口
    纯收入: 家庭纯收入 年纯收入 家庭年纯收入
    人均纯收入: 家庭人均纯收入 年人均纯收入
    生产经营性收入: 经营性收入
    生产经营性支出: 经营性支出
    来源: 线索来源
    险种: 参保险种 险种类型
    参保年度: 缴费年度
    结算编号: 结算单号 结算流水号
    原结算编号: 原结算单号 原结算流水号
    医疗总费用: 总费用 医疗费用总额 费用总额 医疗费总额
    统筹支付: 统筹基金支付 基本医保统筹支付
    大病保险支付: 大病支付 大病保险报销
    医疗救助支付: 医疗救助金额
    个人负担总额: 个人负担金额
    其中政策范围内自付: 政策范围内自付 政策范围内自付金额
    医疗类别: 就医类别
    病种: 病种名称 大病病种 疾病名称
    体检机构: 体检医院
    学籍号: 学籍编号 学生学籍号 全国学籍号
    学校代码: 学校标识码
    学校名称: 就读学校
    年级: 就读年级
    学段: 就读学段
    失学日期: 辍学日期 辍学时间
    失学原因: 辍学原因
    是否劝返: 是否已劝返
    劝返日期: 复学日期 复学时间
    资助项目: 资助名称 资助项目名称
    发放金额: 金额 实发金额 补助金额 补贴金额 资助金额
    救助金额: 金额 救助金 发放金额
    低保证号: 低保证编号 低保证号码 低保编号
    低保类别: 保障类别
    救助原因: 救助事由
    残疾证号: 残疾证号码 残疾人证号 残疾人证号码 残疾证编号
    状态: 证件状态 残疾证状态
    投资（万元）: 总投资
    建设年度: 建成年度 建成年份
    受益人口: 供水人口
    受益户数: 供水户数
    人均日水量（升）: 人均日用水量
    取水方式: 供水方式
    单次取水往返时间（分钟）: 取水往返时间
    水平距离（米）: 取水水平距离
    垂直距离（米）: 取水垂直距离
    停水开始: 停水日期
    停水结束: 恢复供水日期 恢复供水时间
    样品编号: 水样编号
    余氯: 游离余氯
    高锰酸盐指数: 耗氧量
    结论: 检测结论 水质结论
    pH: pH值
    危房等级: 房屋等级 鉴定等级
    改造完成日期: 竣工日期 竣工时间
    """.strip().splitlines()
    )
)


@cache
def everyday_names(label: str, kind: Type, aliases: Sequence[str] = ()) -> tuple[str, ...]:
    """Every everyday name of a column with that label and aliases, each once."""
    found = dict.fromkeys(name for one in (label, *aliases) for name in _names(one, kind))
    return tuple(name for name in found if name not in (label, *aliases))


def names_of(column: Column) -> tuple[str, ...]:
    """The column's everyday names."""
    return everyday_names(column.label, column.type, column.aliases)


def _names(label: str, kind: Type) -> Iterator[str]:
    yield from NAMES.get(label, ())
    for ending, others, of in ENDINGS:
        if label.endswith(ending) and of in (None, kind):
            yield from (label.removesuffix(ending) + other for other in others)
    if kind is Type.FLAG and not label.startswith("是否"):
        yield f"是否{label}"
    if kind is Type.PERSON_NUMBER and label.endswith(NUMBER_OF_PERSON):
        whose = label.removesuffix(NUMBER_OF_PERSON)
        yield from (whose + name for name in NUMBERS_OF_PERSON)
    if (label, kind) == (NUMBER_OF_PERSON, Type.PERSON_NUMBER):
        numbers = (NUMBER_OF_PERSON, *(name for name in NUMBERS_OF_PERSON if "号" in name))
        yield from (whose + name for whose in SUBJECTS for name in numbers)
    if label == NAME_OF_PERSON:
        yield from (whose + label for whose in SUBJECTS)
