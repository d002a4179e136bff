"""When somebody gets the text of a post."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.handout import NEAR, UnderEmbargo, card_moment, ensure_public, spares_reminder

LIST = datetime(2026, 9, 7, 5, tzinfo=UTC)
LEAD = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("slot_after", "card_after"),
    [
        (timedelta(minutes=10), timedelta()),
        (NEAR, timedelta()),
        (NEAR + timedelta(minutes=1), timedelta(minutes=91)),
        (timedelta(hours=10), timedelta(hours=9, minutes=30)),
    ],
)
def test_a_card_comes_with_the_list_when_its_post_is_near_else_in_time_before_it(
    slot_after: timedelta, card_after: timedelta
) -> None:
    assert card_moment(LIST, LIST + slot_after, LEAD) == LIST + card_after


def test_a_long_lead_never_brings_a_card_before_the_list() -> None:
    assert card_moment(LIST, LIST + timedelta(hours=3), timedelta(hours=12)) == LIST


def test_a_post_of_the_night_has_its_card_before_it_and_not_with_the_list_after_it() -> None:
    at = LIST - timedelta(hours=3)
    assert card_moment(LIST, at, LEAD) == at - LEAD


@pytest.mark.parametrize(
    ("minutes", "accepted", "spared"),
    [
        (None, True, False),
        (0, False, True),
        (10, False, True),
        (11, False, False),
        (90, True, True),
        (121, True, False),
    ],
)
def test_a_reminder_is_spared_right_after_the_card_and_longer_for_who_said_yes(
    minutes: int | None, accepted: bool, spared: bool
) -> None:
    card_at = None if minutes is None else LIST - timedelta(minutes=minutes)

    assert spares_reminder(card_at, LIST, accepted=accepted) is spared


def test_a_text_is_handed_out_from_its_hour_on() -> None:
    ensure_public(None, "Europe/Moscow", LIST)
    ensure_public(LIST, "Europe/Moscow", LIST)
    with pytest.raises(UnderEmbargo):
        ensure_public(LIST + timedelta(seconds=1), "Europe/Moscow", LIST)
