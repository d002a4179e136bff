"""Updates in, as people see it: an outage that swallowed presses, something that broke on our side."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import running
from bot.clock import MovableClock
from domain.drafts import DraftState
from domain.notices import NoticeStatus
from domain.people import Role
from handlers.screens import general as screens
from playground import LocalTelegram
from playground.faults import FaultKind
from storage.tables import outbox
from tests.harness import START, TOKEN, Headquarters, Phone, headquarters, load_campaign, settings_for
from tests.rows import rows_of
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_assignments import MORNING, text_for

LOST = "не было связи с Telegram"


class Outage:
    """Telegram cannot be reached: nobody's press arrives."""

    def __init__(self, hq: Headquarters) -> None:
        self._hq = hq
        self._world = hq.telegram.world

    async def begin(self) -> None:
        world = self._world
        self._fault = world.faults.add(FaultKind.BAD_GATEWAY_HTML, method="getUpdates", times=None)
        world.updates.wake()  # the request that waits comes back empty; the next one fails
        await world.until(lambda: self._fault.hits > 0)

    async def end(self, **later: float) -> None:
        """So much later, with somebody's message, which is handled once Telegram is heard again."""
        self._hq._set_clock(self._hq.now + timedelta(**later))
        self._world.faults.remove(self._fault)
        somebody = self._hq.stranger("Прохожий")
        somebody.user.started = True
        await somebody.send("привет")


async def a_card(hq: Headquarters) -> tuple[Phone, Phone]:
    """An author, and a press secretary who has their draft before them."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    return anna, boris


async def state_of_draft(hq: Headquarters) -> DraftState:
    return DraftState((await hq.read(lambda uow: uow.drafts.get(1))).state)


async def test_a_press_that_an_outage_swallowed_can_be_made_again(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    messages = len(boris.messages)
    outage = Outage(hq)
    await outage.begin()
    boris.user.press("Одобрить")
    await outage.end(minutes=10)

    assert await state_of_draft(hq) is DraftState.SUBMITTED
    assert "С 08:00 до 08:10 не было связи с Telegram" in boris.screen
    assert len(boris.messages) == messages  # redrawn in place: nothing rings
    assert LOST in anna.said  # her panel can be pressed too

    await boris.press("Одобрить")
    assert await state_of_draft(hq) is DraftState.APPROVED
    assert LOST not in boris.screen


async def redrawn(hq: Headquarters) -> list[str]:
    """What the copies that were drawn again are about."""
    rows = select(outbox.c.subject).where(outbox.c.kind == "lost.presses", outbox.c.status == NoticeStatus.SENT)
    return sorted(row[0] for row in await hq.read(rows_of(rows.order_by(outbox.c.subject))))


@pytest.mark.slow  # takes seconds
async def test_each_copy_is_drawn_once_and_what_needs_no_press_is_left_alone(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    await boris.press("Одобрить")
    await hq.advance(minutes=1)  # it stands
    outage = Outage(hq)
    await outage.begin()
    await outage.end(minutes=10)
    assert LOST not in boris.said  # decided, and nothing waits
    assert await redrawn(hq) == ["assignment:1"]  # the text is in the plan; the card of it waits for a press

    await submitted(hq, anna, "Второй пост")
    await outage.begin()
    await outage.end(minutes=10)
    assert await redrawn(hq) == ["assignment:1", "assignment:1", "draft:2", f"queue:{boris.id}"]
    assert LOST in boris.said


async def test_a_short_trouble_loses_no_press_and_redraws_nothing(hq: Headquarters) -> None:
    _, boris = await a_card(hq)
    outage = Outage(hq)
    await outage.begin()
    boris.user.press("Одобрить")
    await outage.end(seconds=140)

    assert await state_of_draft(hq) is DraftState.APPROVED
    assert LOST not in boris.said


async def test_after_hours_of_darkness_due_things_happen_once_and_nobody_is_flooded(hq: Headquarters) -> None:
    """A slot at 10:30 was missed by hours: one card, no reminder for what is over, everything due is done."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    before = len(anna.messages)
    outage = Outage(hq)
    await outage.begin()
    await outage.end(hours=6)
    assert hq.now > MORNING + timedelta(hours=3)

    assert len(anna.messages) <= before + 1
    assert sum(LOST in message.body for message in anna.messages) <= 1
    waiting = select(func.count()).where(
        outbox.c.status.in_([NoticeStatus.WAITING, NoticeStatus.SENDING]), outbox.c.next_try_at <= hq.now
    )
    assert [row[0] for row in await hq.read(rows_of(waiting))] == [0]
    due = await hq.read(lambda uow: uow.tasks.next_due())
    assert due is None or due > hq.now


@pytest.mark.parametrize(("pause", "lost"), [(timedelta(minutes=2), False), (timedelta(minutes=10), True)])
async def test_a_restart_after_more_than_150_seconds_offers_lost_presses_again(
    sqlite_url: str, tmp_path: Path, pause: timedelta, lost: bool
) -> None:
    async with LocalTelegram(token=TOKEN) as telegram:
        clock = MovableClock(START)
        telegram.world.clock.move_to(START)
        settings = settings_for(sqlite_url, telegram, tmp_path)
        async with running(settings, clock=clock, scheduled=False) as app:
            await app.db.run(load_campaign)
            await app.lay_out()
            hq = Headquarters(app, telegram, clock)
            _, boris = await a_card(hq)
        boris.user.press("Одобрить")
        hq._set_clock(clock.now() + pause)
        async with running(settings, clock=clock, scheduled=False) as app:
            hq = Headquarters(app, telegram, clock)
            somebody = hq.stranger("Прохожий", telegram_id=5000)
            somebody.user.started = True
            await somebody.send("привет")
            assert (LOST in boris.said) is lost
            assert (await state_of_draft(hq) is DraftState.APPROVED) is not lost


async def test_when_something_breaks_the_person_is_told_once_with_a_number_and_a_replay_mends_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with headquarters(sqlite_url, tmp_path) as hq:
        anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
        irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
        with monkeypatch.context() as broken:
            broken.setattr(screens, "help_", None)
            await anna.send("/help")
            await irina.send("/privacy")
            assert "Имя: Ирина" in irina.screen  # nobody else notices
            assert anna.messages == []
            await hq.advance(minutes=1)
            assert anna.said.count("Номер ошибки") == 1
            await anna.send("/privacy")
            assert "Имя: Анна" in anna.screen
            [aside] = await hq.read(lambda uow: uow.inbox.list_aside(hq.now))
            assert (aside.kind, aside.attempts, aside.error) == ("message", 5, "TypeError")

            await hq.app.inbox.reopen(aside.number)
            await hq.settle()
            assert anna.said.count("Номер ошибки") == 1

        assert await hq.app.inbox.reopen(None) == [aside.number]
        await hq.settle()
        assert "Что умеет этот бот" in anna.screen
        assert await hq.read(lambda uow: uow.inbox.list_aside(hq.now)) == []
