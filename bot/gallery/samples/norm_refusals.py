"""Every refusal of a typed norm and of the calendar; shown among the others."""

from datetime import time

from bot.gallery.samples.data import TODAY
from domain.calendar_days import DayGone, DaysPast, DaysTooLong
from domain.errors import DomainError
from domain.norm_making import CapBelow, GapTooLong, MixAbove, NormCrossed, NormEnded, PeakOutside
from domain.norm_pages import PageUnclear, UnknownPage
from domain.norm_settings import NormChanged, NormSettingChanged, SettingState
from domain.norms import Window
from domain.typed_dates import BadDate, DatesCrossed
from domain.typed_norm import NoCount, NormRange, TooManyPosts, UnknownRubric, WeeklyNorm
from domain.typed_norm_hours import BadNorm, OverMidnight

LONG_WORD = "наверное" * 20

NORM_ERRORS: tuple[DomainError, ...] = (
    BadNorm("утром"),
    BadNorm(LONG_WORD),
    NoCount("-2"),
    WeeklyNorm("3 раза в неделю"),
    NormRange("2-3 в день"),
    OverMidnight("22-02"),
    TooManyPosts(100, 24),
    UnknownRubric("спорт", ("news", "people", "humour")),
    UnknownRubric(LONG_WORD, tuple(f"rubric-{n}" for n in range(40))),
    UnknownRubric("спорт", ()),
    CapBelow(3, 2),
    PeakOutside(Window(time(13), time(15))),
    MixAbove(110),
    NormEnded(TODAY),
    NormCrossed(TODAY, TODAY),
    GapTooLong(1800),
    DatesCrossed(TODAY, TODAY),
    BadDate("31.02"),
    UnknownPage("vk-kazna", ("vk-kazan", "ok-kazan")),
    UnknownPage(LONG_WORD, ()),
    PageUnclear("казань", ("vk-kazan", "ok-kazan"), 0, "2 в день"),
    PageUnclear("vk", ("vk-kazan", "vk-omsk"), 7, "2 daily"),
    NormChanged(),
    *(NormSettingChanged(state) for state in SettingState),
    DayGone(),
    DaysPast(TODAY),
    DaysTooLong(92, 60),
)
