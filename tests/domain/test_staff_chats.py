"""What a group may decide on, and when its cards make no sound."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.gallery.samples.data import VK, draft
from domain.drafts import DraftState, Variant
from domain.lanes import Lane
from domain.people import EVERYWHERE
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet
from domain.staff_chats import StaffChat
from domain.usecases.staff_chats import GroupCard

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
CHAT = StaffChat(7, -1, 0, "kazan", "Штаб", "ru", time(22), time(8), 1, NOW, None)
WAITS = draft(state=DraftState.SUBMITTED, pages=(VK,))
CARD = GroupCard(DraftSheet(WAITS, "Анна", "UTC", (VK,), ()), 1, "Казань", "UTC", {}, close=False)


def test_a_text_that_is_all_there_is_to_know_can_be_approved_in_the_group() -> None:
    assert CARD.can_be_approved


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, seen=2),
        replace(CARD, close=True),
        replace(CARD, sheet=replace(CARD.sheet, draft=replace(WAITS, state=DraftState.APPROVED))),
        replace(CARD, sheet=replace(CARD.sheet, draft=replace(WAITS, variants=(Variant(Platform.VK, "иначе"),)))),
        replace(CARD, sheet=replace(CARD.sheet, pages=(replace(VK, lane=Lane.BOLD),))),
    ],
    ids=["changed", "close", "decided", "own text", "bold"],
)
def test_everything_else_is_decided_on_in_private(other: GroupCard) -> None:
    assert not other.can_be_approved


def test_quiet_hours_are_those_of_the_region_and_may_run_over_midnight() -> None:
    night = datetime(2026, 9, 7, 20, tzinfo=UTC)  # 23:00 in Moscow
    assert CHAT.is_quiet(night, "Europe/Moscow")
    assert not CHAT.is_quiet(night, "UTC")
    assert CHAT.is_quiet(night.replace(hour=4), "Europe/Moscow")
    assert not CHAT.is_quiet(night.replace(hour=5), "Europe/Moscow")
    by_day = replace(CHAT, quiet_from=time(12), quiet_to=time(13))
    assert [by_day.is_quiet(night.replace(hour=hour), "UTC") for hour in (11, 12, 13)] == [False, True, False]


def test_a_place_shows_its_region_or_everything() -> None:
    assert CHAT.covers("kazan")
    assert not CHAT.covers("omsk")
    assert not CHAT.covers(EVERYWHERE)
    assert replace(CHAT, region=EVERYWHERE).covers("omsk")
