"""Headers of two rows, and headers that are not quite those of the contract."""

from __future__ import annotations

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft, Line


def two_rows(draft: Draft, group: str, *names: str, lower: dict[str, str] | None = None) -> None:
    """The columns `names` stand side by side under `group`; every other label is merged over both rows."""
    upper, under = list(draft.head.cells), [""] * len(draft.head.cells)
    places = [draft.at(name) for name in names]
    assert places == list(range(places[0], places[-1] + 1))
    for name, place in zip(names, places, strict=True):
        under[place] = (lower or {}).get(name, upper[place])
        upper[place] = group if place == places[0] else ""
    top = draft.lines.index(draft.head)
    draft.lines[top : top + 1] = [Line(upper), Line(under)]
    draft.head = draft.lines[top + 1]
    draft.look.merged.append((top + 1, top + 1, places[0] + 1, places[-1] + 1))
    others = [place for place in range(len(upper)) if place not in places]
    draft.look.merged += [(top + 1, top + 2, place + 1, place + 1) for place in others]


@made(csv="allowances", txt="allowances", xlsx="allowances", xls="allowances")
def insured_person(draft: Draft) -> None:
    """保障对象 over 姓名 and 证件号码: whose number it is only both rows say."""
    two_rows(draft, "保障对象", "name", "id_number", lower={"name": "姓名", "id_number": "证件号码"})


@made(csv="allowances", xlsx="allowances", xls="allowances")
def insured_person_under_a_title(draft: Draft) -> None:
    two_rows(draft, "保障对象", "name", "id_number", lower={"name": "姓名"})
    shift = 2
    draft.above(["新郑市2020年6月城乡居民最低生活保障金发放花名册"], ["填报单位：新郑市民政局"])
    draft.look.merged = [(a + shift, b + shift, c, d) for a, b, c, d in draft.look.merged]


@made(csv="settlements", xlsx="settlements", xls="settlements")
def costs_under_one_head(draft: Draft) -> None:
    names = [
        column.name for column in draft.feed.columns if column.name.endswith(("_cost", "_paid", "pocket"))
    ]
    two_rows(draft, "费用情况", *names)


@made(csv="incomes", xlsx="incomes", xls="incomes")
def incomes_under_one_head(draft: Draft) -> None:
    two_rows(draft, "家庭收入", "wage_income", "business_income", "property_income", "transfer_income")


@made(csv="visits", xlsx="quality_tests", xls="access")
def some_columns_under_one_head(draft: Draft) -> None:
    names = {
        "visits": ("decided_class", "decided_on"),
        "quality_tests": ("ph", "turbidity_ntu", "free_chlorine_mg_l"),
        "access": ("distance_m", "climb_m"),
    }[draft.feed.name]
    two_rows(draft, "其中", *names)


@made(csv="deaths", xlsx="relief", xls="dropouts", txt="access")
def blanks_in_labels(draft: Draft) -> None:
    draft.head.cells = [" " + "　".join(label) + " " for label in draft.head.cells]


@made(csv="quality_tests", xlsx="settlements", xls="projects")
def wide_labels(draft: Draft) -> None:
    """Full-width letters and brackets."""
    draft.head.cells = [
        label.replace("pH", "ｐＨ").replace("（", "(").replace("）", ")") for label in draft.head.cells
    ]


@made(csv="members", xlsx="members", xls="access")
def brackets_left_out(draft: Draft) -> None:
    draft.head.cells = [label.split("（")[0] for label in draft.head.cells]


@made(csv="disability", xlsx="insurance", xls="visits")
def brackets_added(draft: Draft) -> None:
    draft.head.cells = [f"{label}（必填）" for label in draft.head.cells]


@made(csv="members", xlsx="allowances", xls="households")
def aliases(draft: Draft) -> None:
    """人口编号, 姓名 and 检测对象类别 are names that have been seen."""
    names = {"members": ("person_no", "人口编号"), "allowances": ("name", "姓名"),
             "households": ("monitored_class", "检测对象类别")}  # fmt: skip
    draft.head_as(*names[draft.feed.name])


@made(csv="relief", xlsx="grants", xls="insurance", txt="reports")
def other_order(draft: Draft) -> None:
    for line in draft.lines:
        line.cells.reverse()


@made(csv="deaths", xlsx="households", xls="outages")
def columns_added(draft: Draft) -> None:
    """Ignored with a warning, wherever they stand: a serial number in front, remarks behind."""
    for nth, line in enumerate(draft.lines):
        line.cells.insert(0, str(nth) if nth else "序号")
        line.cells.append("已核" if nth else "核对情况")


@made(csv="settlements", xlsx="members", xls="enrolments")
def optional_columns_left_out(draft: Draft) -> None:
    kept = [nth for nth, column in enumerate(draft.feed.columns) if column.required]
    for line in draft.lines:
        line.cells = [line.cells[nth] for nth in kept]
    for line in draft.rows:
        assert line.values is not None
        line.values.update((column.name, None) for column in draft.feed.columns if not column.required)


@made(csv="deaths", xlsx="allowances", xls="settlements")
def required_column_left_out(draft: Draft) -> None:
    place = draft.at("name")
    for line in draft.lines:
        line.cells.pop(place)
    draft.refuse("column_missing", "looks_like")


@made(csv="deaths", xlsx="outages", xls="checkups")
def column_twice_alike(draft: Draft) -> None:
    place = 1
    for line in draft.lines:
        line.cells.append(line.cells[place])


@made(csv="deaths", xlsx="outages", xls="checkups")
def column_twice_with_a_difference(draft: Draft) -> None:
    """In one row of three."""
    for line in draft.lines:
        line.cells.append(line.cells[1])
    draft.row(3).cells[-1] = "另"
    draft.refuse("column_twice")
