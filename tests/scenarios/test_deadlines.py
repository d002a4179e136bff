"""What waits too long: a quiet redraw, a reminder, another approver, the manager; only while people work."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.drafts import DraftState
from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import Headquarters, Phone, headquarters

OFFICE = {"work_from": "09:00", "work_to": "19:00", "workdays": ("mon", "tue", "wed", "thu", "fri"), "country": "RU"}


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    """A headquarters with office hours."""
    async with headquarters(sqlite_url, tmp_path, approvals=OFFICE) as running:
        yield running
        assert running.troubles() == []


async def handed_in(author: Phone, text: str = "Субботник в 12:00") -> None:
    await author.send(text)
    await author.press("VK Казань")
    await author.press("Отправить")


def queue_of(phone: Phone) -> int:
    """Which message tells them what waits; a new one has rung."""
    return phone.find("1 пост ждёт").message_id


async def ladder(hq: Headquarters, version: int = 1) -> tuple[str, datetime] | None:
    """The one step that exists."""
    task = await hq.read(lambda uow: uow.tasks.find(f"overdue:1:{version}"))
    return None if task is None else (task.params.get("step", "deadline"), task.due_at)


async def test_the_ladder_reminds_then_asks_another_one_then_tells_the_manager(office: Headquarters) -> None:
    hq = office
    await hq.advance(hours=2)  # 10:00
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    maria = await hq.join("Мария", Role.MANAGER)
    await handed_in(anna)
    assert "Решение до 13:00. Решает: Борис" in anna.screen
    start = hq.now
    assert await ladder(hq) == ("half", start + timedelta(minutes=90))
    first = queue_of(boris)
    await hq.advance(hours=2)
    assert queue_of(boris) == first  # redrawn at most, not rung
    assert await ladder(hq) == ("deadline", start + timedelta(hours=3))
    await hq.advance(hours=1)
    assert queue_of(boris) != first  # rung anew
    assert (vera.messages, maria.messages) == ([], [])
    await hq.advance(hours=1)
    assert "1 пост ждёт" in vera.screen
    assert maria.messages == []
    await hq.advance(hours=1)
    assert "обещали до 13:00" in maria.screen
    assert "Просили и напоминали: Борис" in maria.screen
    assert await ladder(hq) is None
    await maria.press("Решить самому")
    await maria.press("Одобрить")
    assert "Вы одобрили" in maria.screen


@pytest.mark.slow
async def test_no_step_falls_outside_working_hours_or_on_a_holiday(office: Headquarters) -> None:
    hq = office
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    # Tuesday before the Day of National Unity (Wednesday 4 November), 17:30 in Moscow.
    await hq.move_to(datetime.fromisoformat("2026-11-03T17:30+03:00"))
    await handed_in(anna)
    first = queue_of(boris)
    assert await ladder(hq) == ("half", datetime.fromisoformat("2026-11-03T19:00+03:00"))
    await hq.move_to(datetime.fromisoformat("2026-11-05T08:59+03:00"))
    assert queue_of(boris) == first
    assert await ladder(hq) == ("deadline", datetime.fromisoformat("2026-11-05T10:30+03:00"))
    await hq.move_to(datetime.fromisoformat("2026-11-05T10:30+03:00"))
    assert queue_of(boris) != first


async def test_a_decided_draft_has_no_ladder_any_more_and_an_undone_one_has_it_again(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna)
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await boris.press("Отменить решение")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    assert await ladder(hq) is not None
    await boris.press("Одобрить")
    await hq.advance(minutes=2)
    assert await ladder(hq) is None
    await hq.advance(hours=8)
    assert "1 пост ждёт" not in boris.said


async def test_a_draft_taken_back_has_no_ladder(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna)
    assert await ladder(hq) is not None
    await anna.press("Забрать")
    assert await ladder(hq) is None


async def test_a_step_stored_before_there_were_steps_is_the_reminder_at_the_deadline(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna)
    first = queue_of(boris)

    async def as_stored_before(uow: UnitOfWork) -> None:
        await uow.tasks.reschedule("overdue:1:1", hq.now + timedelta(hours=3), {"draft": 1, "version": 1})

    await hq.run(as_stored_before)
    await hq.advance(hours=3)
    assert queue_of(boris) != first
    assert await ladder(hq) == ("another", hq.now + timedelta(hours=1))
