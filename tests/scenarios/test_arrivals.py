"""A press that comes alone is stored by the transaction of its effect; what fails or takes long is stored by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import arrivals
from domain.drafts import DraftState
from domain.people import Role
from handlers.turn import Turn
from storage.repositories.drafts import DraftRepository
from storage.repositories.inbox import InboxRepository
from storage.tables import decision, inbox
from tests.harness import Headquarters, Phone, headquarters
from tests.rows import rows_of
from tests.scenarios.test_inbox import a_card, state_of_draft


@pytest.fixture
async def hq(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    """On SQLite: several processes could not see what one of them works on."""
    async with headquarters(sqlite_url, tmp_path) as running:
        yield running
        assert not running.telegram.world.violations


async def states(hq: Headquarters) -> set[str]:
    return {row.status for row in await hq.read(rows_of(inbox.select().where(inbox.c.update_id > 0)))}


async def decisions(hq: Headquarters) -> int:
    return len(await hq.read(rows_of(decision.select())))


async def open_queue(hq: Headquarters) -> Phone:
    _, boris = await a_card(hq)
    return boris


async def test_a_press_alone_is_stored_with_its_effect(hq: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    boris, stored = await open_queue(hq), list[Any]()
    store = InboxRepository.store

    async def noted(self: InboxRepository, updates: Any, now: Any) -> frozenset[int]:
        stored.extend(updates)
        return await store(self, updates, now)

    monkeypatch.setattr(InboxRepository, "store", noted)
    await boris.press("Одобрить")

    assert await state_of_draft(hq) is DraftState.APPROVED
    assert stored == []
    assert await states(hq) == {"shown"}
    assert hq.troubles() == []


async def test_a_press_whose_handling_fails_is_stored_and_tried_again(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    boris = await open_queue(hq)
    with monkeypatch.context() as broken:
        broken.setattr(DraftRepository, "decide", None)
        await boris.press("Одобрить")
        assert await state_of_draft(hq) is DraftState.SUBMITTED
        assert await states(hq) == {"shown", "new"}
    await hq.advance(seconds=5)

    assert await state_of_draft(hq) is DraftState.APPROVED
    assert await decisions(hq) == 1
    assert await states(hq) == {"shown"}
    assert len(hq.app.inbox.failures) == 1


@pytest.mark.parametrize("writes", [True, False])
async def test_a_press_that_takes_long_is_stored_by_itself_and_keeps_nobody_waiting(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    boris, go = await open_queue(hq), asyncio.Event()
    anna = await hq.join("Вера", Role.VOLUNTEER, "kazan")
    name = "run" if writes else "read"
    at_once = getattr(Turn, name)

    async def late(self: Turn, *args: Any, **kwargs: Any) -> Any:
        if self.visitor.telegram_id == boris.user.user_id:
            await go.wait()
        return await at_once(self, *args, **kwargs)

    monkeypatch.setattr(Turn, name, late)
    monkeypatch.setattr(arrivals, "PATIENCE", 0)
    boris.user.press("Одобрить" if writes else "На доработку")
    anna.user.send("/privacy")
    await hq.telegram.world.until(lambda: "Имя: Вера" in anna.screen, 10)

    assert "new" in await states(hq)
    before = len(boris.messages)
    go.set()
    await hq.settle()
    assert await decisions(hq) == int(writes)
    assert len(boris.messages) <= before + 1
    assert await states(hq) == {"shown"}
    assert hq.troubles() == []


async def test_a_press_that_is_handed_over_again_does_nothing_more(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    boris, came = await open_queue(hq), list[Any]()
    take = hq.app.inbox.arrivals.take

    async def noted(updates: list[dict[str, Any]]) -> int | None:
        came.append(updates)
        return await take(updates)

    monkeypatch.setattr(hq.app.inbox.arrivals, "take", noted)
    await boris.press("Одобрить")
    screen = boris.screen
    number = await take(came[-1])
    await hq.settle()

    assert number == came[-1][0]["update_id"]
    assert (await decisions(hq), boris.screen) == (1, screen)
    assert hq.troubles() == []
