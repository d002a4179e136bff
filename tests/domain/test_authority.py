"""Page authority: which days it covers, what is asked next, and whose pages need one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.authority import (
    Authority,
    BadAuthorityDays,
    BadAuthorityText,
    NoAuthority,
    Step,
    ensure_authorised,
    ensure_said,
    parse_days,
)
from domain.pages import PageKind
from tests.harness import PAGES

TODAY = date(2026, 9, 7)
OWN = PAGES[0]
THEIRS = replace(OWN, kind=PageKind.DELEGATED, title="Наш дом")
COVERED = replace(THEIRS, authority_from=TODAY, authority_until=date(2026, 9, 9))


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        (datetime(2026, 9, 6, 20, 59, 59, tzinfo=UTC), False),  # 23:59:59 in Moscow, the day before
        (datetime(2026, 9, 6, 21, tzinfo=UTC), True),
        (datetime(2026, 9, 9, 20, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 9, 21, tzinfo=UTC), False),
    ],
)
def test_it_covers_whole_days_on_the_pages_own_clock(at: datetime, covered: bool) -> None:
    assert COVERED.may_publish_on(COVERED.local_day(at)) is covered


def test_only_somebody_elses_page_needs_it_and_none_is_a_no() -> None:
    now = datetime(2026, 9, 7, 9, tzinfo=UTC)
    ensure_authorised([OWN, COVERED], now)
    for page in (THEIRS, replace(COVERED, authority_from=None), replace(COVERED, authority_until=None)):
        with pytest.raises(NoAuthority) as refused:
            ensure_authorised([OWN, page], now)
        assert refused.value.pages == ("Наш дом",)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31.10.2026", (TODAY, date(2026, 10, 31))),
        ("до 7.9.2026", (TODAY, TODAY)),
        ("01.09.2026 – 31.10.2026", (date(2026, 9, 1), date(2026, 10, 31))),
        ("2026-09-10 2026-10-01", (date(2026, 9, 10), date(2026, 10, 1))),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: tuple[date, date]) -> None:
    assert parse_days(text, TODAY) == days


@pytest.mark.parametrize(
    "text", ["", "завтра", "06.09.2026", "31.02.2027", "10.10.2026 – 01.10.2026", "01.10.2026 02.10.2026 03.10.2026"]
)
def test_what_is_no_day_or_over_is_refused(text: str) -> None:
    with pytest.raises(BadAuthorityDays):
        parse_days(text, TODAY)


def test_the_next_question_follows_from_what_is_said() -> None:
    one = Authority(
        1, "p", "", "", "", "", "", None, None, 1, datetime(2026, 9, 7, tzinfo=UTC), None, None, None, "", 1
    )
    seen = [one.step]
    for said in ({"owner_name": "Мария"}, {"reference": "№ 12"}, {"scope": "Новости"}, {"expires": TODAY}):
        one = replace(one, **said)
        seen.append(one.step)
    assert seen == list(Step)
    with pytest.raises(BadAuthorityText):
        ensure_said(" ", 300)
    with pytest.raises(BadAuthorityText):
        ensure_said("а" * 301, 300)
