"""A norm as people type it, what comes of it, and what it does to planned slots."""

import contextlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import calendar_days, norm_effects, norm_making, norm_pages, placing
from domain.calendar_days import CalendarDay, DaysPast, DayState, DaysTooLong
from domain.errors import Invalid
from domain.norm_lines import meant_as_norm
from domain.norm_making import CapBelow, GapTooLong, MixAbove, NormCrossed, NormEnded, PeakOutside
from domain.norm_pages import PageUnclear, UnknownPage
from domain.norms import Norm, Window
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.plan import EmptyReason, Excuse, Slot, SlotState
from domain.platforms import Platform
from domain.rubrics import Rubric
from domain.typed_dates import BadDate, DatesCrossed, read_span
from domain.typed_norm import NoCount, NormRange, TooManyPosts, TypedNorm, UnknownRubric, WeeklyNorm, parse
from domain.typed_norm_hours import BadNorm, OverMidnight

TODAY = date(2026, 9, 7)
"""A Monday."""
NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
ZONE = "Europe/Moscow"
RUBRICS = (
    Rubric("news", "News", "Новости", 40),
    Rubric("people", "Stories of people", "Истории людей", 30, 1),
    Rubric("humour", "Humour", "Юмор", 10, 2),
)
ALL, SIX, WORK = frozenset(range(7)), frozenset(range(6)), frozenset(range(5))
TWO_ONE = (*((day, 2) for day in range(5)), (5, 1), (6, 1))
DAY = timedelta(days=1)
NINE_TWELVE, EVENING = Window(time(9), time(12)), Window(time(18), time(21))
BOTH = (NINE_TWELVE, EVENING)
PLAIN = Norm("vk-kazan", (2,) * 7, BOTH, 120, 3)


def typed(**said: object) -> TypedNorm:
    return TypedNorm(**said)  # type: ignore[arg-type]  # the table below says fields by name


UNDERSTOOD = {
    # how often, on which days
    "2 daily 09-12,18-21 Mon-Sat": typed(count=2, days=SIX, windows=BOTH),
    "2 в день 9-12, 18-21 пн-сб": typed(count=2, days=SIX, windows=BOTH),
    "2": typed(count=2),
    "2 posts": typed(count=2),
    "2 в день": typed(count=2, days=ALL),
    "2/день": typed(count=2, days=ALL),
    "2/day": typed(count=2, days=ALL),
    "2x daily": typed(count=2, days=ALL),
    "пн 3, 2 в день": typed(week=((0, 3), *((day, 2) for day in range(1, 7)))),
    "ежедневно 2": typed(count=2, days=ALL),
    "каждый день по 2": typed(count=2, days=ALL),
    "2 every day": typed(count=2, days=ALL),
    "без выходных 2": typed(count=2, days=ALL),
    "3 раза в день": typed(count=3, days=ALL),
    "дважды в день": typed(count=2, days=ALL),
    "twice a day": typed(count=2, days=ALL),
    "once a day": typed(count=1, days=ALL),
    "раз в день": typed(count=1, days=ALL),
    "один раз в сутки": typed(count=1, days=ALL),
    "два поста в день": typed(count=2, days=ALL),
    "three posts per day": typed(count=3, days=ALL),
    "2 по будням": typed(count=2, days=WORK),
    "2 on weekdays": typed(count=2, days=WORK),
    "2 posts per day on weekdays": typed(count=2, days=WORK),
    "по рабочим дням 2": typed(count=2, days=WORK),
    "1 по выходным": typed(count=1, days=frozenset({5, 6})),
    "1 at weekends": typed(count=1, days=frozenset({5, 6})),
    "с пн по сб 2": typed(count=2, days=SIX),
    "from Mon to Sat 2": typed(count=2, days=SIX),
    "с понедельника по субботу по 2": typed(count=2, days=SIX),
    "Пн – Сб, 2": typed(count=2, days=SIX),
    "сб-вт 1": typed(count=1, days=frozenset({5, 6, 0, 1})),
    "вт, чт 1": typed(count=1, days=frozenset({1, 3})),
    "2 mondays and fridays": typed(count=2, days=frozenset({0, 4})),
    "2 по понедельникам и средам": typed(count=2, days=frozenset({0, 2})),
    "в среду 3": typed(count=3, days=frozenset({2})),
    "Mon-Sat": typed(days=SIX),
    "2 по будням, 1 по выходным": typed(week=TWO_ONE),
    "будни 2, выходные 1": typed(week=TWO_ONE),
    "Mon-Fri 2; Sat, Sun 1": typed(week=TWO_ONE),
    "пн-пт: 2, сб-вс: 1": typed(week=TWO_ONE),
    "2 кроме вс": typed(count=2, without=frozenset({6})),
    "2 daily except Sunday": typed(count=2, days=ALL, without=frozenset({6})),
    "2 daily not on weekends": typed(count=2, days=ALL, without=frozenset({5, 6})),
    "off": typed(count=0),
    "нет": typed(count=0),
    # at which hours
    "9:00–12:00 и 18.00-21.00": typed(windows=BOTH),
    "с 9 до 12 и с 18 до 21": typed(windows=BOTH),
    "from 9 to 12, from 18 to 21": typed(windows=BOTH),
    "between 9 and 12": typed(windows=(NINE_TWELVE,)),
    "9am-12pm, 6-9pm": typed(windows=BOTH),
    "0900-1200": typed(windows=(NINE_TWELVE,)),
    "9 ч - 12 ч": typed(windows=(NINE_TWELVE,)),
    "окна 9-12, 18-21": typed(windows=BOTH),
    "9-11 10-12": typed(windows=(NINE_TWELVE,)),
    "20-24": typed(windows=(Window(time(20), time(23, 59)),)),
    "peak 18-20": typed(peaks=(Window(time(18), time(20)),)),
    "пик 18-20, 9-10": typed(peaks=(Window(time(9), time(10)), Window(time(18), time(20)))),
    "лучше всего 18-20": typed(peaks=(Window(time(18), time(20)),)),
    "9-12 часы пик 10-11": typed(windows=(NINE_TWELVE,), peaks=(Window(time(10), time(11)),)),
    "без пика": typed(peaks=()),
    # how far apart, how many at most
    "gap 2h": typed(gap_minutes=120),
    "gap 2": typed(gap_minutes=120),
    "gap 90": typed(gap_minutes=90),
    "gap 1h30": typed(gap_minutes=90),
    "gap 1:30": typed(gap_minutes=90),
    "перерыв 2ч": typed(gap_minutes=120),
    "перерыв полтора часа": typed(gap_minutes=90),
    "перерыв 1 ч 30 мин": typed(gap_minutes=90),
    "интервал не менее 45 минут": typed(gap_minutes=45),
    "не чаще раза в 2 часа": typed(gap_minutes=120),
    "не чаще одного раза в час": typed(gap_minutes=60),
    "at most once in 2 h": typed(gap_minutes=120),
    "2 hours apart": typed(gap_minutes=120),
    "без перерыва": typed(gap_minutes=0),
    "cap 3": typed(daily_cap=3),
    "at most 3 a day": typed(daily_cap=3),
    "не больше 3": typed(daily_cap=3),
    "максимум 4 поста в день": typed(daily_cap=4),
    # from when, until when, and other days
    "from 1 Oct": typed(starts=date(2026, 10, 1)),
    "с 1 октября": typed(starts=date(2026, 10, 1)),
    "с 01.10": typed(starts=date(2026, 10, 1)),
    "from 2026-10-01": typed(starts=date(2026, 10, 1)),
    "с понедельника": typed(starts=date(2026, 9, 14)),
    "с завтрашнего дня": typed(starts=date(2026, 9, 8)),
    "2 from today": typed(count=2, at_once=True),
    "сразу": typed(at_once=True),
    "до 31 октября включительно": typed(ends=date(2026, 10, 31)),
    "until Oct 31, 2026": typed(ends=date(2026, 10, 31)),
    "2 до 12 октября": typed(count=2, ends=date(2026, 10, 12)),
    "2 до 31.10 9-12": typed(count=2, windows=(NINE_TWELVE,), ends=date(2026, 10, 31)),
    "с 1 по 31 октября": typed(starts=date(2026, 10, 1), ends=date(2026, 10, 31)),
    "1 Oct – 31 Oct": typed(starts=date(2026, 10, 1), ends=date(2026, 10, 31)),
    "1-31 октября": typed(starts=date(2026, 10, 1), ends=date(2026, 10, 31)),
    "бессрочно": typed(no_end=True),
    "except 4 Nov": typed(exceptions=((date(2026, 11, 4), 0),)),
    "кроме 16-17 сентября": typed(exceptions=((date(2026, 9, 16), 0), (date(2026, 9, 17), 0))),
    "4 Nov: 1 post": typed(exceptions=((date(2026, 11, 4), 1),)),
    "9 мая: 0": typed(exceptions=((date(2027, 5, 9), 0),)),
    "no holidays": typed(holidays=0),
    "кроме праздников": typed(holidays=0),
    "в праздники 1": typed(holidays=1),
    # what of
    "rubric news 40%": typed(mix=(("news", 40),)),
    "новости 40%, истории 30%": typed(mix=(("news", 40), ("people", 30))),
    "40% news, 20% юмора": typed(mix=(("news", 40), ("humour", 20))),
    "истории людей - 30%": typed(mix=(("people", 30),)),
    "без рубрик": typed(mix=()),
    "2 9-12 пн-сб перерыв 2ч не больше 3 пик 10-11 до 31 октября новости 40%": typed(
        count=2,
        days=SIX,
        windows=(NINE_TWELVE,),
        gap_minutes=120,
        daily_cap=3,
        peaks=(Window(time(10), time(11)),),
        ends=date(2026, 10, 31),
        mix=(("news", 40),),
    ),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_it_is_understood_as_people_type_it(text: str) -> None:
    assert parse(text, TODAY, RUBRICS) == UNDERSTOOD[text]
    assert parse(text.upper(), TODAY, RUBRICS) == UNDERSTOOD[text], "capitals mean nothing"
    assert parse(f"  {text} ,", TODAY, RUBRICS) == UNDERSTOOD[text]


@pytest.mark.parametrize(
    ("text", "error", "fact"),
    [
        ("2 daily утром", BadNorm, "утром"),
        ("сто в день", BadNorm, "сто"),
        ("foo, 2 daily", BadNorm, "foo"),
        ("2 9-25", BadNorm, "9-25"),
        ("до 3", BadNorm, "до"),
        ("3 раза в неделю", WeeklyNorm, "3 раза в неделю"),
        ("twice a week", WeeklyNorm, "twice a week"),
        ("weekly", WeeklyNorm, "weekly"),
        ("через день", WeeklyNorm, "через день"),
        ("2-3 в день", NormRange, "2-3 в день"),
        ("2-3 daily", NormRange, "2-3 daily"),
        ("2 в день 3", NormRange, "2, 3"),
        ("2, 5", NormRange, "2, 5"),
        ("2,5", NoCount, "2,5"),
        ("2,5 в день", NoCount, "2,5"),
        ("2,5 по будням", NoCount, "2,5"),
        ("пн-пт 2,5 перерыв 2ч", NoCount, "2,5"),
        ("2 daily, 1,5 on weekends", NoCount, "1,5"),
        ("-2", NoCount, "-2"),
        ("2 пн-пт, сб -1", NoCount, "-1"),
        ("2.5 в день", NoCount, "2.5"),
        ("1e3", NoCount, "1e3"),
        ("перерыв -2ч", BadNorm, "перерыв -2ч"),
        ("в праздники -1", BadNorm, "праздники -1"),
        ("22-02", OverMidnight, "22-02"),
        ("спорт 40%", UnknownRubric, "спорт"),
        ("с 31.02", BadDate, "31.02"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(text: str, error: type[Invalid], fact: str) -> None:
    with pytest.raises(error) as refused:
        parse(text, TODAY, RUBRICS)
    assert fact in vars(refused.value).values()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 daily 09-12,18-21 Mon-Sat gap 2h", True),
        ("по два поста утром и вечером", True),
        ("пн-пт 2 поста в день,\nсб и вс один пост,\nперерыв 2 часа", True),
        ("утром и вечером", True),
        ("Сегодня в Казани 200 человек вышли на субботник", False),
        ("Каждый день без выходных!\n\nНаши соседи убирают двор вместе.", False),
        ("2 в день " * 100, False),
    ],
)
def test_a_post_sent_meanwhile_is_no_norm(text: str, meant: bool) -> None:
    assert meant_as_norm(text) is meant


def test_a_hundred_a_day_is_a_slip_of_the_finger() -> None:
    with pytest.raises(TooManyPosts):
        parse("100 в день", TODAY)


def test_what_the_documentation_shows_is_understood() -> None:
    told = (Path(__file__).parents[2] / "docs" / "plan" / "norms.md").read_text("utf-8")
    table = [line.split("|")[2] for line in told.splitlines() if line.startswith("| ")][1:]
    cells = [said for line in table for said in re.findall("`([^`]+)`", line)]
    lines = [line.split("/norm ", 1)[1] for line in told.splitlines() if line.startswith("    /norm ")]
    assert (len(cells), len(lines)) == (31, 3)
    for said in (*cells, *(norm_pages.split(line, PAGES)[1] for line in lines)):
        assert parse(said, TODAY, RUBRICS) != TypedNorm(), said
    days = [line.split("/days ", 1)[1] for line in told.splitlines() if line.startswith("    /days ")]
    assert [calendar_days.parse(said, TODAY).reason for said in days] == ["День Победы", "holidays", "city day"]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused(text: str) -> None:
    with contextlib.suppress(Invalid):
        assert isinstance(parse(text, TODAY, RUBRICS), TypedNorm)


# -- from what was said to a norm -------------------------------------------------------------------------------------------


def made(text: str, current: Norm = PLAIN, holidays: frozenset[date] = frozenset()) -> Norm:
    said = parse(text, TODAY, RUBRICS)
    return norm_making.make(said, current, TODAY, holidays.__contains__, date(2026, 10, 31))


def test_what_is_not_said_stays() -> None:
    full = replace(
        PLAIN, per_weekday=(2, 2, 2, 2, 2, 0, 0), peaks=(EVENING,), ends=date(2026, 10, 1), mix=(("news", 5),)
    )
    assert made("gap 3h", full) == replace(full, gap_minutes=180)
    assert made("3", full).per_weekday == (3, 3, 3, 3, 3, 0, 0), "the days stay"
    assert made("3 daily", full).per_weekday == (3,) * 7
    assert made("Mon, Sat", full).per_weekday == (2, 0, 0, 0, 0, 2, 0), "the count stays"
    assert made("9-12", full).peaks == (), "a peak outside the new hours is no peak"
    assert made("бессрочно", full).ends is None


def test_a_higher_count_raises_a_cap_that_was_not_said() -> None:
    assert made("5 daily").daily_cap == 5
    assert made("1 daily").daily_cap == 3


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("3 в день не больше 2", CapBelow),
        ("16 сентября: 5", CapBelow),
        ("peak 13-15", PeakOutside),
        ("новости 60%, юмор 50%", MixAbove),
        ("until 1 Sep", NormEnded),
        ("gap 30h", GapTooLong),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, error: type[Invalid]) -> None:
    with pytest.raises(error):
        made(text)


def test_the_first_day_comes_before_the_last() -> None:
    with pytest.raises(NormCrossed):
        made("from 1 Oct", replace(PLAIN, ends=date(2026, 9, 20)))
    with pytest.raises(DatesCrossed):
        made("с 31 октября по 1 октября")


def test_holidays_become_days_of_the_norm() -> None:
    holidays = frozenset({date(2026, 9, 16), date(2026, 12, 31)})
    norm = made("2 в день кроме праздников", holidays=holidays)
    assert norm.exceptions == {date(2026, 9, 16): 0}, "as far as the campaign goes"
    assert norm.wanted(date(2026, 9, 16)) == 0
    assert norm.is_excused(date(2026, 9, 16))


def test_a_norm_from_tomorrow_leaves_today_to_the_old_one() -> None:
    new = replace(PLAIN, per_weekday=(1,) * 7, windows=(EVENING,))
    stored = norm_making.from_day(new, PLAIN, TODAY, at_once=False)
    assert [stored.wanted(TODAY), stored.wanted(TODAY + DAY)] == [2, 1]
    assert len(placing.moments(stored, TODAY, ZONE)) == 2
    assert norm_making.from_day(new, PLAIN, TODAY, at_once=True) == new
    later = norm_making.from_day(replace(new, starts=date(2026, 9, 10)), stored, TODAY + DAY, at_once=False)
    assert later.before == replace(stored, before=None), "one norm before it, not a chain"
    first = norm_making.from_day(new, None, TODAY, at_once=False)
    assert [first.wanted(TODAY), first.wanted(TODAY + DAY)] == [0, 1], "nothing was agreed until then"


# -- which page ---------------------------------------------------------------------------------------------------------------


def page(code: str, title: str) -> Page:
    return Page(code, Platform.VK, PageKind.GROUP, title, "kazan", ZONE, (), "", 1, None, active=True)


PAGES = (
    page("vk-kazan", "Наш край, Казань · ВК"),
    page("ok-kazan", "Наш край, Казань · ОК"),
    page("x", "Кандидат в X"),
)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("VK-Kazan 2 daily", "vk-kazan", "2 daily"),
        ("vk kazan 2 daily", "vk-kazan", "2 daily"),
        ("Казань ВК 2 в день", "vk-kazan", "2 в день"),
        ("наш край, казань · ок 9-12", "ok-kazan", "9-12"),
        ("Кандидат в X 2 в день", "x", "2 в день"),
        ("канд 2 в день", "x", "2 в день"),
        ("x", "x", ""),
    ],
)
def test_a_page_is_called_by_code_title_or_a_part(text: str, code: str, rest: str) -> None:
    found, left = norm_pages.split(text, PAGES)
    assert (found.code, left) == (code, rest)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("казань вк по будням 2", "kazan-a", "по будням 2"),
        ("одноклассники казань 2", "kazan-b", "2"),
        ("Kazan OK 2 daily", "kazan-b", "2 daily"),
    ],
)
def test_a_page_is_called_by_its_network_though_its_title_does_not_say_it(text: str, code: str, rest: str) -> None:
    pages = (page("kazan-a", "Наша Казань"), replace(page("kazan-b", "Наша Казань"), platform=Platform.OK))
    found, left = norm_pages.split(text, pages)
    assert (found.code, left) == (code, rest)


def test_what_fits_several_pages_or_none_is_answered_with_suggestions() -> None:
    with pytest.raises(PageUnclear) as unclear:
        norm_pages.split("казань 2 в день", PAGES)
    assert (unclear.value.codes, unclear.value.rest) == (("vk-kazan", "ok-kazan"), "2 в день")
    with pytest.raises(UnknownPage) as unknown:
        norm_pages.split("vk-kazna 2 daily", PAGES)
    assert unknown.value.close == ("vk-kazan", "ok-kazan")
    assert norm_pages.split("2 daily", PAGES[:1]) == (PAGES[0], "2 daily"), "one's only page need not be named"


# -- what it does to planned slots ----------------------------------------------------------------------------------------------


def slot(number: int, hour: int, state: SlotState = SlotState.FILLED, minute: int = 0, **more: object) -> Slot:
    at = datetime(2026, 9, 7, hour - 3, minute, tzinfo=UTC)
    reason = EmptyReason.NO_TEXT if state is SlotState.EMPTY else None
    base = Slot(number, "vk-kazan", TODAY, at, state, reason, None, None, None, 1)
    return replace(base, **more)  # type: ignore[arg-type]  # fields by name


def effect(norm: Norm, *slots: Slot, now: datetime = NOW) -> norm_effects.DayEffect:
    return norm_effects.of_day(norm, TODAY, ZONE, slots, now, lambda _, __: False)


def numbers(slots: tuple[Slot, ...]) -> list[int]:
    return [one.id for one in slots]


def test_slots_that_fit_stay_where_people_know_them() -> None:
    found = effect(PLAIN, slot(1, 9, minute=5), slot(2, 20))
    assert (numbers(found.kept), found.withdrawn, found.added) == ([1, 2], (), ())


def test_fewer_posts_keep_what_somebody_has_and_other_hours_take_out() -> None:
    one = replace(PLAIN, per_weekday=(1,) * 7)
    found = effect(one, slot(1, 10, SlotState.EMPTY), slot(2, 20))
    assert (numbers(found.kept), numbers(found.withdrawn)) == ([2], [1])
    evening = replace(PLAIN, windows=(EVENING,))
    found = effect(evening, slot(1, 10), slot(2, 20))
    assert (numbers(found.kept), numbers(found.withdrawn)) == ([2], [1])
    assert [f"{at:%H:%M}" for at in found.added] == ["15:00"], "the other one moves into the evening, a gap away"


def test_what_is_past_or_urgent_or_skipped_stays_as_it_is() -> None:
    one = replace(PLAIN, per_weekday=(1,) * 7)
    late = NOW + timedelta(hours=5)
    found = effect(one, slot(1, 10, SlotState.POSTED), slot(2, 20), now=late)
    assert (numbers(found.fixed), numbers(found.withdrawn)) == ([1], [2]), "one was posted already"
    found = effect(one, slot(1, 10, urgent_id=7), slot(2, 20))
    assert (numbers(found.fixed), numbers(found.kept)) == ([1], [2]), "an urgent one is extra"
    skipped = slot(1, 10, SlotState.CANCELLED, excuse=Excuse.SKIPPED)
    assert effect(PLAIN, skipped, slot(2, 20)).added == (), "nothing comes in its place"


@given(st.integers(0, 6), st.integers(0, 300), st.lists(st.integers(9, 21), unique=True, max_size=5))
def test_a_day_never_has_more_than_is_wanted_nor_two_posts_too_close(count: int, gap: int, hours: list[int]) -> None:
    norm = replace(PLAIN, per_weekday=(count,) * 7, daily_cap=6, gap_minutes=gap)
    found = effect(norm, *(slot(n, hour) for n, hour in enumerate(hours)))
    assert len(found.moments) <= count
    assert len(found.kept) + len(found.withdrawn) == len(hours)
    assert all(b - a >= timedelta(minutes=gap) for a, b in zip(found.moments, found.moments[1:], strict=False))


# -- the calendar ---------------------------------------------------------------------------------------------------------------


def entry(number: int, region: str, posts: int = 0, code: str | None = None) -> CalendarDay:
    return CalendarDay(number, region, code, TODAY, TODAY + DAY, posts, "", 1, DayState.SAVED)


def test_the_nearest_word_counts() -> None:
    norms, regions = {"a": replace(PLAIN, page="a"), "b": replace(PLAIN, page="b")}, {"a": "kazan", "b": "omsk"}

    def wanted(*entries: CalendarDay) -> list[int]:
        return [norm.wanted(TODAY) for norm in calendar_days.with_calendar(norms, regions, entries).values()]

    assert wanted() == [2, 2]
    assert wanted(entry(1, EVERYWHERE)) == [0, 0]
    assert wanted(entry(2, "kazan", 1), entry(3, EVERYWHERE)) == [1, 0], "a region's before everybody's"
    assert wanted(entry(1, "kazan"), entry(2, "kazan", 3, "a")) == [3, 2], "a page's before its region's"
    assert wanted(replace(entry(1, EVERYWHERE), state=DayState.OPEN)) == [2, 2], "only what is saved"
    own = {"a": replace(norms["a"], exceptions={TODAY: 1})}
    assert calendar_days.with_calendar(own, regions, [entry(1, EVERYWHERE)])["a"].wanted(TODAY) == 1


@pytest.mark.parametrize(
    ("text", "first", "last", "posts", "reason"),
    [
        ("9 мая День Победы", date(2027, 5, 9), date(2027, 5, 9), None, "День Победы"),
        ("1–8 янв каникулы", date(2027, 1, 1), date(2027, 1, 8), None, "каникулы"),
        ("4 Nov: 1 City Day", date(2026, 11, 4), date(2026, 11, 4), 1, "City Day"),
        ("30 Dec – 3 Jan", date(2026, 12, 30), date(2027, 1, 3), None, ""),
        ("10.09, дебаты", date(2026, 9, 10), date(2026, 9, 10), None, "дебаты"),
        ("завтра", date(2026, 9, 8), date(2026, 9, 8), None, ""),
        ("с 10 по 12 сентября: 1 съезд", date(2026, 9, 10), date(2026, 9, 12), 1, "съезд"),
        ("from 10 to 12 Sep", date(2026, 9, 10), date(2026, 9, 12), None, ""),
    ],
)
def test_days_are_typed_with_their_reason(text: str, first: date, last: date, posts: int | None, reason: str) -> None:
    said = calendar_days.parse(text, TODAY)
    assert (said.first, said.last, said.posts, said.reason) == (first, last, posts, reason)


def test_days_that_cannot_be_are_refused() -> None:
    for text, error in (
        ("never", BadDate),
        ("1 Sep", DaysPast),
        ("1 Oct - 31 Dec", DaysTooLong),
        ("1 Oct: 25", TooManyPosts),
    ):
        with pytest.raises(error):
            calendar_days.parse(text, TODAY)


def test_holidays_that_follow_each_other_are_one() -> None:
    days = [date(2027, 1, 1), date(2027, 1, 2), date(2027, 2, 23)]
    assert calendar_days.holiday_spans(days) == [(days[0], days[1]), (days[2], days[2])]


def test_dates_are_near() -> None:
    assert read_span("1 Sep", TODAY)[0] == date(2026, 9, 1), "six days ago"
    assert read_span("1 May", TODAY)[0] == date(2027, 5, 1)
