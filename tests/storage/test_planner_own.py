"""Slots that leave no choice are filled at once: exactly as they would be if everything were weighed."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.availability import Availability
from domain.norms import Norm, Window
from domain.pages import Page, PageKind
from domain.people import Role
from domain.plan import AssignmentState
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.usecases import plan_round
from storage.database import Database
from tests.drafting import approve
from tests.harness import WINDOWS, load_campaign
from tests.joining import joined

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 7, 16, tzinfo=UTC)
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)
ROUNDS = [NOW, datetime(2026, 9, 8, 5, tzinfo=UTC), datetime(2026, 9, 8, 7, 15, tzinfo=UTC)]
"""The evening before, the morning, and a quarter of an hour before the first posts."""
EVENINGS = (Window(time(18), time(21)),)


def page(code: str, kind: PageKind) -> Page:
    return Page(code, Platform.VK, kind, code, "kazan", "Europe/Moscow", (), "", 1, None, active=True)


async def campaign(uow: Any, chance: random.Random) -> list[str]:
    """People with pages of their own who are each a little different, and a page that they share."""
    await load_campaign(uow)
    codes = ["shared"]
    await uow.campaign.save_pages([page("shared", PageKind.GROUP)])
    await uow.campaign.save_norms([Norm("shared", (3,) * 7, WINDOWS, 120, 3)])
    for number in range(24):
        who = await joined(uow, f"Анна {number}", Role.VOLUNTEER, "kazan", now=NOW)
        for own in range(chance.choice([1, 1, 1, 1, 2])):
            code, a_day = f"own-{number}-{own}", chance.choice([1, 1, 1, 1, 2])
            codes.append(code)
            await uow.campaign.save_pages([page(code, PageKind.PERSONAL)])
            await uow.campaign.set_keeper(code, who.id)
            await uow.campaign.save_norms([Norm(code, (a_day,) * 7, WINDOWS[:a_day], 120, 3)])
            for text in range(chance.choice([0, 1, 1, 1, 1, 2])):
                await approve(uow, who.id, who.id, f"{code} {text}", code, now=NOW)
        if number < 2:
            await approve(uow, who.id, who.id, f"Общее {number}", "shared", now=NOW)
        for day in range(2):
            if chance.random() < 0.2:
                at = datetime(2026, 9, 7 + day, 15 + number % 2, 30, tzinfo=UTC)
                (slot,) = await uow.plan.add_slots([("ok-kazan", at.date(), at + timedelta(seconds=number))])
                await uow.plan.put_assignment(slot, who.id, AssignmentState.ASSIGNED, substitute=False, now=NOW)
        match chance.randrange(8):
            case 0:
                await uow.availability.save(Availability(who.id, hours=EVENINGS))
            case 1:
                await uow.availability.add_day_off(who.id, DAY)
            case 2:
                await uow.away.add(who.id, NOW, NOW + timedelta(days=3), None, NOW)
            case 3:
                await uow.availability.save(Availability(who.id, daily_cap=1))
            case _:
                pass
    return codes


async def looked(uow: Any, codes: list[str], now: datetime, rules: PlanRules) -> tuple[dict[Any, Any], int]:
    """Page and moment of every slot to be added: its text and person, or why it is empty; and how many left no choice."""
    pages = await uow.planner.pages_of(codes)
    found = await plan_round.look(uow, pages, dict.fromkeys(codes, (DAY,)), now=now, rules=rules)
    told: dict[Any, Any] = {(one.page, one.at): one.excuse for one in found.rested}
    told |= {(s.page, s.at): (s.text.draft_id, s.poster.id) for s in found.seats if s.text and s.poster}
    told |= {(seat.page, seat.at): found.reason(seat) for seat in found.seats if seat.poster is None}
    return told | {(one.page, one.at): (one.text.draft_id, one.person_id) for one in found.own}, len(found.own)


def weigh_all(_found: plan_round.Round, seated: list[Any], *_: object) -> list[Any]:
    """In place of what fills at once: nothing is."""
    return seated


@pytest.mark.parametrize(("seed", "cap"), [(2, 3), (1, 1)])
async def test_what_leaves_no_choice_is_filled_as_if_all_were_weighed(
    db: Database, monkeypatch: pytest.MonkeyPatch, seed: int, cap: int
) -> None:
    rules = replace(RULES, person_daily_cap=cap)
    codes = await db.run(campaign, random.Random(seed))  # noqa: S311 - repeatable, not secret
    quick = [await db.read(looked, codes, now, rules) for now in ROUNDS]
    assert quick[0][1] > 0, "otherwise nothing is tried"
    monkeypatch.setattr(plan_round, "_own", weigh_all)
    weighed = [await db.read(looked, codes, now, rules) for now in ROUNDS]
    assert [one[1] for one in weighed] == [0, 0, 0]
    assert [one[0] for one in quick] == [one[0] for one in weighed]
