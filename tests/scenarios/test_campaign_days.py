"""Before the first day and after the last one nothing is planned, and whoever looks reads why."""

from datetime import date

from sqlalchemy import delete, update

from domain.people import EVERYWHERE, Role
from storage.tables import campaign, slot
from storage.uow import SqlUnitOfWork
from tests.harness import Headquarters

BEGINS, OVER = "Кампания ещё не началась", "Кампания закончилась"


async def _lasts(hq: Headquarters, starts: date, ends: date) -> None:
    async def change(uow: SqlUnitOfWork) -> None:
        await uow.session.execute(update(campaign).values(starts=starts, phase_end=starts, ends=ends))
        await uow.session.execute(delete(slot))  # this morning's, laid out before

    await hq.run(change)


async def test_after_the_last_day_every_first_screen_says_that_it_is_over(hq: Headquarters) -> None:
    boss = await hq.join("Мария", Role.OWNER, EVERYWHERE)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await boss.send("/start")
    assert OVER not in boss.screen, "it runs"

    await _lasts(hq, date(2026, 7, 1), date(2026, 9, 6))
    for command in ("/start", "/status", "/plan"):
        await boss.send(command)
        assert OVER in boss.screen, command
        assert "6 сентября 2026" in boss.screen.replace("\u00a0", " "), command
    await boss.send("/status")
    assert "hq plan load" in boss.screen
    for command in ("/start", "/today"):
        await anna.send(command)
        assert OVER in anna.screen, command
        assert "hq plan load" not in anna.screen, command


async def test_before_the_first_day_they_say_when_it_begins_by_headquarters_clock(hq: Headquarters) -> None:
    await _lasts(hq, date(2026, 9, 8), date(2026, 10, 31))
    boss = await hq.join("Мария", Role.OWNER, EVERYWHERE)
    for command in ("/start", "/status", "/plan", "/today"):
        await boss.send(command)
        assert BEGINS in boss.screen, command
        assert "8 сентября 2026" in boss.screen.replace("\u00a0", " "), command

    await hq.advance(hours=16)  # 00:00 in Moscow
    await boss.send("/start")
    assert BEGINS not in boss.screen
