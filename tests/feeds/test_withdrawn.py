"""A delivery that was taken back: refused by name, and the others are judged as if it had never come."""

from __future__ import annotations

from datetime import date, timedelta

from expectations.feeds import catalogue
from tests.feeds.intake import Inbox, header
from tests.spec.drawn import WEIGHTS, number_of
from warehouse.judge import Verdict

PERSONS = [number_of(date(1950, 1, 1) + timedelta(days=day), 0) for day in range(100)]
BILL = "{id},{back},{number},某,,住院,2020-0{month}-01,{sign}100,0,0,0,0,{sign}100,0,,,,"


def diseases(first: int, last: int) -> str:
    return "\n".join(
        ["证件号码,姓名,病种,确诊日期", *(f"{number},某,肺癌,2020-01-01" for number in PERSONS[first:last])]
    )


def deaths(count: int, day: str = "2020-06-01") -> str:
    return "\n".join(["证件号码,姓名,死亡日期", *(f"{number},某,{day}" for number in PERSONS[:count])])


def bill(number: str, month: int = 5, back: str = "") -> str:
    row = BILL.format(id=number, back=back, number=PERSONS[0], month=month, sign="-" if back else "")
    return f"{header('settlements')}\n{row}\n"


def weighed(body: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))


def judged(inbox: Inbox, *withdrawn: str) -> dict[str, Verdict]:
    return inbox.judged(withdrawn={inbox.delivery(name).delivery_id: "sent by mistake" for name in withdrawn})


def sent(**files: str) -> Inbox:
    inbox = Inbox()
    for name, content in files.items():
        feed = next(f for f in catalogue().values() if name.startswith(f.name))
        inbox.put(f"{feed.department}/{name}.csv", content)
    inbox.take_in()
    return inbox


def test_it_is_refused_with_the_reason_and_its_counts_add_up():
    one = judged(sent(deaths_202006=deaths(3) + "\n" + deaths(1).splitlines()[1]), "deaths_202006")[
        "deaths_202006"
    ]
    assert (one.verdict, one.reasons, one.is_withdrawn) == (
        "refused",
        (("withdrawn", "sent by mistake"),),
        True,
    )
    assert (one.rows_loaded, one.rows_quarantined, one.rows_duplicate) == (0, 3, 1)


def test_the_others_stay_in_the_order_of_judging():
    inbox = sent(deaths_202004=deaths(1), deaths_202005=deaths(2), deaths_202006=deaths(3))
    assert list(judged(inbox, "deaths_202005")) == ["deaths_202004", "deaths_202005", "deaths_202006"]


def test_a_list_is_compared_with_the_one_before_what_was_taken_back():
    """The short list of May was let through, so that June's is compared with it; taken back, June's is compared
    with April's."""
    inbox = sent(
        major_diseases_202004=diseases(0, 100),
        major_diseases_202005=diseases(0, 60),
        major_diseases_202006=diseases(0, 75),
    )
    let_through = frozenset([inbox.delivery("major_diseases_202005").delivery_id])
    assert {one.verdict for one in inbox.judged(let_through).values()} == {"accepted"}
    june = judged(inbox, "major_diseases_202005")["major_diseases_202006"]
    assert june.reasons == (("rows_fell", "100 -> 75"), ("keys_vanished", "25/100"))


def test_a_list_that_was_refused_for_what_is_taken_back_is_accepted():
    inbox = sent(major_diseases_202005=diseases(0, 100), major_diseases_202006=diseases(40, 100))
    assert judged(inbox)["major_diseases_202006"].verdict == "refused"
    assert judged(inbox, "major_diseases_202005")["major_diseases_202006"].verdict == "accepted"


def test_the_copy_of_what_was_taken_back_takes_its_place():
    inbox = sent(deaths_202006=deaths(3), deaths_202006_2=deaths(3))
    assert judged(inbox)["deaths_202006_2"].verdict == "already_loaded"
    verdicts = judged(inbox, "deaths_202006")
    assert (verdicts["deaths_202006"].verdict, verdicts["deaths_202006_2"].verdict) == ("refused", "accepted")
    both = judged(inbox, "deaths_202006", "deaths_202006_2")
    assert {one.verdict for one in both.values()} == {"refused"}


def test_a_reversal_waits_again_when_its_original_is_taken_back():
    inbox = sent(settlements_202005=bill("a"), settlements_202006=bill("b", month=6, back="a"))
    assert judged(inbox)["settlements_202006"].rows_pending == 0
    assert judged(inbox, "settlements_202005")["settlements_202006"].rows_pending == 1


def test_a_number_that_ends_in_000_is_no_longer_confirmed_by_a_list_that_was_taken_back():
    days = (date(1960, 1, 1) + timedelta(days=day) for day in range(100))
    bodies = (f"410184{day:%Y%m%d}100" for day in days)
    number = next(f"{body}0" for body in bodies if weighed(body) % 11 == 1)
    members = f"{header('members')}\nh1,p1,某,{number},户主" + "," * (len(catalogue()["members"].columns) - 5)
    inbox = sent(members_202006=members, deaths_202006=f"证件号码,姓名,死亡日期\n{number},某,2020-06-01")
    assert judged(inbox)["deaths_202006"].rows_quarantined == 0
    assert judged(inbox, "members_202006")["deaths_202006"].rows_quarantined == 1


def test_it_does_not_make_its_period_required():
    """Of a refused file something was received, so that the month is asked for; of this one nothing was."""
    from warehouse.facts import _periods

    inbox, feed, day = sent(deaths_202006=deaths(1)), catalogue()["deaths"], date(2020, 6, 30)
    required = [
        {row["period"] for row in _periods(feed, list(verdicts.values()), day) if row["is_required"]}
        for verdicts in (judged(inbox), judged(inbox, "deaths_202006"))
    ]
    assert required[0] - required[1] == {"202006"}
