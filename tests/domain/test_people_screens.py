"""Screens of people fit a phone and Telegram's limits, whatever the names are."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.people import EVERYWHERE, Role
from domain.ports.people import Invite, RoleCount
from domain.usecases.join import Offer
from domain.usecases.team import Team
from handlers.screens import invites, join, team
from handlers.screens.base import Screen
from texts.words import words_for

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
CODE = "A" * 24
LONG = "r" * 32
REGIONS = {LONG: "Очень длинное название региона", **{f"region-{n}": f"Регион {n}" for n in range(85)}}


def screens(language: str) -> list[Screen]:
    w = words_for(language)
    offer = Offer(Role.PRESS_SECRETARY, LONG, REGIONS[LONG], "<b>Кампания</b>", NOW)
    invite = Invite(10**9, Role.PRESS_SECRETARY, LONG, 1, NOW + timedelta(days=3), 1, 0, None)
    counts = tuple(RoleCount(role, region, 120) for region in REGIONS for role in Role)
    options = [(EVERYWHERE, ""), *REGIONS.items()]
    url = f"https://t.me/a_rather_long_headquarters_bot?start={CODE}"
    return [
        join.consent(offer, CODE, w),
        join.one_more_role(offer, CODE, w),
        join.answer(CODE, w),
        join.ask_region(REGIONS, 3, w),
        join.confirm_request(LONG, REGIONS[LONG], w),
        join.choose_zone(["America/Argentina/ComodRivadavia", "Asia/Krasnoyarsk"], 0, w, NOW),
        invites.pick_region(Role.PRESS_SECRETARY, options, 99, w),
        invites.made(invite, url, REGIONS, w, "Europe/Moscow", NOW),
        team.summary(Team(10_200, 3, counts, REGIONS, 2, 1), 4, w),
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_button_fits_64_bytes_and_every_text_a_phone(language: str) -> None:
    for screen in screens(language):
        for row in screen.rows:
            for key in row:
                assert len((key.callback_data or "").encode()) <= 64
        assert len(screen.rows) <= 14
        assert len(screen.text) < 2500


def test_names_cannot_act_as_markup() -> None:
    assert "&lt;b&gt;Кампания" in screens("ru")[0].text
