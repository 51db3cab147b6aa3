"""How the checks that follow from a column's type are said, in Chinese and English."""

from expectations.contract import Type

READABLE = {
    Type.NUMBER: (
        "编号（由数字、字母和-_/.组成，文号如“豫低保字第0001号”也可），不得为科学计数、日期、错误值或全0",
        "a number as the office gave it: digits, letters and -_/., or that of a document, such as 豫低保字第0001号;"
        " no E notation, date, error or mere zeros",
    ),
    Type.DIVISION: ("2、4、6、9或12位区划代码", "a division code of 2, 4, 6, 9 or 12 digits"),
    Type.VILLAGE: ("12位行政村代码", "a village code of 12 digits"),
    Type.DATE: ("日期（如2020-03-01）", "a date, such as 2020-03-01"),
    Type.MONTH: ("年月（如202003）", "a month, such as 202003"),
    Type.YEAR: ("年度（四位数字）", "a year of four digits"),
    Type.TERM: ("学期（如2020春）", "a term, such as 2020春"),
    Type.MONEY: ("金额（元，至多两位小数）", "an amount in yuan with at most two decimals"),
    Type.INTEGER: ("整数", "a whole number"),
    Type.DECIMAL: ("数值", "a number"),
    Type.FLAG: ("是或否", "yes or no"),
    Type.CODE_SET: ("规定的选项（可多选，用顿号分隔）", "values of the list, joined by commas"),
}
FAULT_WORDS = {
    "none_stated": ("应填写证件号码", "a number is stated", "请补填证件号码", "fill in the number"),
    "foreign": (
        "应为居民身份证或残疾人证号码；护照、通行证、居住证（81、82、83开头）等号码暂不能读取",
        "the number is that of an identity card or disability certificate; passports, travel permits and residence"
        " permits (81, 82, 83…) are not read yet",
        "证件确系这类的，不必更改：该行暂不入库，相关家庭的指标显示为“未知”；另有居民身份证的，请改填身份证号码",
        "if this is the document, leave it: the row stays out and the household's indicators are unknown; give the"
        " number of an identity card if there is one",
    ),
    "damaged": (
        "证件号码不得被Excel改写（科学计数或末尾变为000）",
        "the number has not been damaged by Excel",
        "请将该列设为文本格式后重新录入号码",
        "format the column as text and enter the number again",
    ),
    "characters": ("证件号码只含数字和规定字母", "the number holds digits and X only", "请核对号码", "check"
    " it"),
    "length": ("证件号码应为15、18、20或22位", "the number has 15, 18, 20 or 22 characters",
               "请核对位数；确系台湾居民通行证（8位）等证件的，暂不能读取，不必更改，该行暂不入库，"
               "相关家庭显示为“未知”",
               "count the characters; other documents, such as permits of 8 digits, are not read yet: leave them,"
               " the row stays out and the household is unknown"),
    "birth_date": ("号码中的出生日期应真实", "the date of birth inside the number is possible", "请核对号码",
                   "check the number"),
    "check_digit": ("校验码应正确", "the check digit is right", "请核对号码", "check the number"),
}  # fmt: skip
