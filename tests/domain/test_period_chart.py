"""Charts that a phone can show: their size, their letters, and that they are drawn elsewhere."""

import os
import struct
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.status_periods import Growth, Period, PeriodView, Place, Span, Stretch, Tally
from reports import drawing
from reports.period_chart import period_png

WEEK = Span(date(2026, 9, 1), date(2026, 9, 7))
DAYS = {WEEK.first + timedelta(days=n): Tally(6, 4, 1, n % 2) for n in range(7)}
VIEW = PeriodView(
    datetime(2026, 9, 8, tzinfo=UTC), "Europe/Moscow", Period.WEEK, Place(), ("Казань",),
    Stretch(WEEK, Tally(42, 28, 7, 3), Growth()), None, DAYS,
)  # fmt: skip


def size(picture: bytes) -> tuple[int, ...]:
    """Width and height, from a PNG's first chunk."""
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


def test_a_period_is_a_square_that_fills_an_upright_phone() -> None:
    assert size(period_png(VIEW, "ru")) == (1000, 1000)
    one = replace(VIEW, days={WEEK.first: Tally(3, 1)}, here=replace(VIEW.here, span=Span(WEEK.first, WEEK.first)))
    assert size(period_png(one, "en")) == (1000, 1000)


def test_nothing_planned_is_said_not_drawn_as_zero() -> None:
    empty = period_png(replace(VIEW, days={}), "ru")
    assert size(empty) == (1000, 1000)
    assert len(empty) < len(period_png(VIEW, "ru")), "words instead of bars"


@pytest.mark.filterwarnings("error")
def test_every_letter_of_a_russian_picture_is_in_its_font() -> None:
    period_png(replace(VIEW, names=("Ёлкино, Щёкино и Хабаровск",)), "ru")  # a missing glyph is a warning


async def test_pictures_are_drawn_where_they_are_told_to() -> None:
    with ThreadPoolExecutor(1) as threads:
        drawing.use(threads)
        assert size(await drawing.draw(period_png, VIEW, "en")) == (1000, 1000)
        drawing.forget()


@pytest.mark.slow
async def test_a_picture_comes_out_of_a_process_of_its_own_even_after_one_has_died() -> None:
    drawing.forget()
    assert size(await drawing.draw(period_png, VIEW, "ru")) == (1000, 1000)
    with pytest.raises(BrokenProcessPool):
        await drawing.draw(_dies)
    assert size(await drawing.draw(period_png, VIEW, "ru")) == (1000, 1000)
    drawing.forget()


def _dies() -> bytes:
    os._exit(1)
