"""`hq demo --play day|month`: the cast lives a campaign day, or thirty, with nobody at the phones."""

import contextlib
import tempfile
import time as stopwatch
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import load
from bot.demo.cast import CAST, Character, speaking
from bot.demo.director import Director
from bot.demo.phones import Phone
from bot.demo.stage import TOKEN, Stage
from bot.demo.texts import Texts
from domain.pages import Page
from playground import LocalTelegram
from storage.database import Database, open_database
from storage.tally import Tally, tally

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-month-campaign.toml"
FIRST_DAY = datetime(2026, 9, 1, 6, 45, tzinfo=ZoneInfo("Europe/Moscow"))
"""The example campaign's first morning, before anybody's digest."""

Say = Callable[[str], None]


@dataclass
class Company:
    """Everybody and everything on the stage; `people` by the name that they have in the cast."""

    stage: Stage
    director: Director
    db: Database
    people: dict[str, Character]
    pages: dict[str, Page]


@contextlib.asynccontextmanager
async def company(telegram: LocalTelegram, folder: Path, language: str = "ru") -> AsyncIterator[Company]:
    """A headquarters with the example campaign, the bot running, and the cast, which speaks `language`, joined through real
    invites."""
    stage = Stage.build(telegram, folder, FIRST_DAY)
    await stage.hq("plan", "load", str(EXAMPLE), "--yes")
    await stage.start_bot()
    db = await open_database(stage.database, migrate=False)
    try:
        pages = await db.read(lambda uow: uow.campaign.pages())
        director, texts = Director(stage), Texts()
        people = {}
        for part in CAST:
            spoken = speaking(part, language)
            user = telegram.world.add_user(spoken.telegram_id, spoken.name, language_code=spoken.language)
            people[part.name] = Character(spoken, Phone(stage, user), director, db, texts)
        made = Company(stage, director, db, people, pages)
        await _open(made)
        yield made
    finally:
        await stage.stop_bot()
        await db.close()


async def _open(company: Company) -> None:
    """Everybody joins with an invite of their own; the manager says who keeps which page."""
    for person in company.people.values():
        link = await company.stage.invite(person.part.role, person.part.region)
        await person.join(link.rpartition("=")[2])
    manager = company.people["Глеб"]
    for person in company.people.values():
        for code in person.part.keeps:
            await manager.set_keeper(code, person.part.name)


async def _live(company: Company, days: int, say: Say) -> None:
    """Everybody's habits, and what must not be missing from any campaign: changes, mistakes, absences, a restart."""
    people, director = company.people, company.director
    anna, boris, vera, gleb, egor = (people[name] for name in ("Анна", "Boris", "Вера", "Глеб", "Егор"))
    director.looks.extend(person.look for person in people.values())
    first = await anna.write("Сегодня во дворе на улице Мира открыли площадку.", ["vk-kazan"])
    for person in people.values():
        if person.part.writes_for:
            director.intend(person.at(time(7, 30)), person.write_daily)
    director.intend(gleb.at(time(9)), gleb.look_in)
    director.intend(gleb.at(time(10)), lambda: gleb.promise("Провести встречу с новыми волонтёрами"))

    async def change_under_the_approver(draft: int) -> None:
        if draft == first and vera.before_deciding is not None:
            vera.before_deciding = None
            say("— Анна меняет текст, пока Вера его читает")
            await anna.change_text(first, "Сегодня во дворе на улице Мира открыли детскую площадку. Приходите!")

    vera.before_deciding = change_under_the_approver
    vera.returns = gleb.returns = lambda draft: draft % 7 == 3
    egor.wrong_link_first = True
    anna.forgets = lambda n: n % 6 == 1
    egor.delays = lambda n: 75 if n % 9 == 2 else 4
    boris.delays = lambda _: 2
    for day in range(days):
        end = FIRST_DAY.astimezone(UTC) + timedelta(days=day)
        if day == days // 2:
            await director.run_until(end + timedelta(hours=7))
            say("— программа перезапущена")
            await company.stage.restart_bot()
        await director.run_until(end + timedelta(hours=14, minutes=30))
        await gleb.phone.send("/status")
        # Past midnight in the westernmost zone, so that every page's day has been closed.
        await director.run_until(end + timedelta(hours=19))
        say(f"— прошёл день {day + 1}")


async def _hand_on(stage: Stage, folder: Path, say: Say) -> None:
    """The month pack and the workbook in both languages, made as an operator makes them while the bot runs."""
    for language in ("ru", "en"):
        for kind in ("pdf", "xlsx"):
            file = folder / f"month-1.{language}.{kind}"
            wanted = ("--format", kind, "--period", "1", "--language", language)
            await stage.hq("export", *wanted, "--out", str(file))
            say(f"— {file}")


async def play(days: int, say: Say, *, pack: Path | None = None) -> tuple[Tally, dict[str, Any]]:
    """Live `days` days; returns the counts of the database and the whole result for JSON. `pack`: see `_hand_on`."""
    began = stopwatch.monotonic()
    with tempfile.TemporaryDirectory(prefix="hq-play-") as folder:
        async with LocalTelegram(token=TOKEN) as telegram:
            telegram.world.clock.freeze()
            async with company(telegram, Path(folder)) as made:
                await _live(made, days, say)
                on_time = timedelta(minutes=load(made.stage.config).plan.on_time_minutes)
                counted = await made.db.read(tally, made.stage.now, on_time)
                if pack is not None:
                    await _hand_on(made.stage, pack, say)
                if days == 1:
                    for person in made.people.values():
                        say(f"\n===== {person.part.name} =====\n{person.phone.user.transcript()}")
            violations = [str(violation) for violation in telegram.world.violations]
            for violation in violations:
                say(f"violation: {violation}")
            result = {
                **counted.counts(),
                "undone": counted.undone,
                "telegram_violations": len(violations),
                "restarts": made.stage.restarts,
                "days": days,
                "seconds": round(stopwatch.monotonic() - began, 1),
            }
    return counted, result
