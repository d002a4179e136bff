"""What an approver's card says of a draft that was filled into a master."""

from dataclasses import dataclass

from domain import masters as rules
from domain.pages import PageKind
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.ports.masters import Origin
from domain.rights import DECIDERS


@dataclass(frozen=True)
class Filled:
    """`as_filled`: the fills are all that differs from the master, so they are all there is to read.

    `waiting`: how many fills of the same wording wait for the reader, this one included.
    """

    origin: Origin
    as_filled: bool
    waiting: int


async def find_filled(uow: UnitOfWork, actor: Actor, sheet: DraftSheet) -> Filled | None:
    """None for everything that was not filled into a master, own words included."""
    draft = sheet.draft
    if draft.master_id is None or not draft.fills:
        return None
    origin = await uow.masters.find_origin(draft.id)
    if origin is None:
        return None
    regions = actor.regions(DECIDERS)
    waiting = await uow.masters.count_waiting(origin.master_id, origin.wording, regions, actor.id)
    return Filled(origin, is_as_filled(sheet, origin.text), waiting)


def is_as_filled(sheet: DraftSheet, text: str) -> bool:
    """Whether the draft is the wording with its fills and nothing else, and for no personal page (H6)."""
    shared = all(page.kind is not PageKind.PERSONAL for page in sheet.pages)
    return shared and rules.is_as_filled(sheet.draft, text)
