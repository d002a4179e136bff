"""A name brought from Telegram at joining: one that misleads is not taken over, and the person is asked for theirs."""

from collections.abc import Iterable
from datetime import datetime

from domain import corrections as rules
from domain.corrections import BadName, NameOfColleague, NotAName, Unfit
from domain.names import unnamed
from domain.notices import Guarantee, Notice, Priority
from domain.people import Person
from domain.ports import UnitOfWork
from domain.rights import STAFF

WANTED = "name.wanted"
KEPT_HOURS = 72
"""How long the next message is taken for the name; the button of the notice asks anew."""


async def colleagues(uow: UnitOfWork, places: Iterable[str], besides: int | None) -> list[str]:
    """Names of those who answer for something in these regions."""
    staff = {one.id: one for place in sorted(places) for one in await uow.people.holders(STAFF, place)}
    return [one.person.name for one in staff.values() if one.id != besides]


async def brought(uow: UnitOfWork, name: str, region: str, before: Person | None) -> tuple[str, Unfit | None]:
    """The name to begin with, and why colleagues of the region cannot be shown it; somebody who comes back may have one."""
    staff = await colleagues(uow, [region], None if before is None else before.id)
    why = _misfit(name, staff)
    had = "" if before is None or before.name == unnamed(before.id) else before.name
    return (had, None) if why is not None and _misfit(had, staff) is None else (name, why)


def _misfit(name: str, staff: list[str]) -> Unfit | None:
    try:
        rules.ensure_own_name(rules.clean_name(name), "", staff)
    except NotAName as error:
        return error.why
    except NameOfColleague:
        return Unfit.COLLEAGUE
    except BadName:
        return Unfit.EMPTY
    return None


async def ask(uow: UnitOfWork, person_id: int, why: Unfit, now: datetime) -> None:
    """Somebody new goes by a number until they have said their name; their next message may be it."""
    await uow.people.update(person_id, name=unnamed(person_id))
    subject = f"person:{person_id}"
    await uow.expectations.set(person_id, rules.NAME_QUESTION, subject, now=now, hours=KEPT_HOURS)
    await uow.outbox.add(
        Notice(
            kind=WANTED,
            subject=subject,
            due_at=now,
            dedup_key=f"{WANTED}:{person_id}:{now.isoformat()}",
            person_id=person_id,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"why": why.value},
        )
    )
