"""The text of a slot chosen, taken off or exchanged by hand: never one that was not approved for the page (H6, H1, H3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from domain import day_plan as rules_of
from domain.day_plan import Kind, NotCarried, NoTextThere, NothingToSwap, Text, Unfit
from domain.drafts import DraftState
from domain.pages import Page, PageKind
from domain.people import Actor
from domain.plan import Slot, SlotState, filled_with
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.day_plan import DayRow, TextLine
from domain.ports.drafts import ApprovedDraft
from domain.timing import fits, in_turn
from domain.usecases import day_plan as board
from domain.usecases.authority_plan import Owners
from domain.usecases.day_plan import Scene, Sheet, sheet
from domain.usecases.day_plan_apply import Hand, apply
from domain.usecases.evergreen import Resting
from domain.usecases.imprints import Lines
from domain.usecases.staffing import Crew

CHOICE = 8
"""Texts on one screen."""


@dataclass(frozen=True)
class TextChoice:
    """What could stand in a slot, as the planner would take it. `later`: slots of the page with whose text it could be swapped.

    `page` counts from 0.
    """

    row: DayRow
    lines: tuple[TextLine, ...]
    later: tuple[DayRow, ...] = ()
    page: int = 0
    pages: int = 1


async def fitting(uow: UnitOfWork, page: Page, slot: Slot) -> list[ApprovedDraft]:
    """Approved for the page with its line, not on it yet (or evergreen and rested), allowed by its owner, for this moment."""
    fresh = in_turn(await uow.drafts.approved_for_page(page.code), slot.at)
    resting = await Resting.load(uow, [page])
    found = list(chain(fresh, resting.on(slot)))
    lines, owners = await Lines.load(uow, found), await Owners.load(uow, [page])
    return [one for one in found if owners.allow(page, one.draft_id) and lines.allow(page, slot.day, one)]


async def text_for(uow: UnitOfWork, scene: Scene) -> Text | None:
    """What an empty slot gets with its person: the text chosen for it, else the first that fits and nobody took off the page.

    None: it has one.
    """
    slot, page = scene.slot, scene.page
    if slot.state is SlotState.FILLED:
        return None
    found = await fitting(uow, page, slot)
    chosen = [one for one in found if (one.draft_id, one.version) == (slot.draft_id, slot.draft_version)]
    off = await uow.day_plan.taken_off(page.code)
    first = next(iter(chosen or [one for one in found if one.draft_id not in off]), None)
    if first is None:
        raise NoTextThere(page.title)
    return Text(first.draft_id, first.version, first.again)


async def texts(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, page: int = 0, *, now: datetime
) -> TextChoice:
    """Read-only. A `page` that is not there (any more) is the last one."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    found = await fitting(uow, scene.page, scene.slot)
    later: list[DayRow] = []
    if scene.slot.state is SlotState.FILLED:
        ahead = await uow.day_plan.ahead(scene.page.code, now, CHOICE)
        later = [row for row in ahead if row.slot.draft_id != scene.slot.draft_id and row.slot.urgent_id is None]
    pages = max(1, -(-(len(found) + len(later)) // CHOICE))
    page = max(0, min(page, pages - 1))
    first, last = page * CHOICE, (page + 1) * CHOICE
    shown = [(one.draft_id, one.version) for one in found[first:last]]
    lines = await uow.day_plan.lines(scene.page.platform, shown)
    later = later[max(0, first - len(found)) : max(0, last - len(found))]
    return TextChoice(await uow.day_plan.get_row(slot_id), tuple(lines), tuple(later), page, pages)


async def choose_text(
    uow: UnitOfWork,
    actor: Actor,
    slot_id: int,
    version: int,
    draft: tuple[int, int],
    *,
    now: datetime,
    rules: PlanRules,
) -> Sheet:
    """Whoever has the slot keeps it. An empty one goes to whose turn it is; with nobody free it waits for somebody.

    `draft`: its id and version as they were shown.
    """
    scene = await board.scene(uow, actor, slot_id, version, now)
    chosen = next(
        (one for one in await fitting(uow, scene.page, scene.slot) if (one.draft_id, one.version) == draft), None
    )
    if chosen is None:
        raise NotCarried(scene.page.title, Unfit.GONE)
    text = Text(chosen.draft_id, chosen.version, chosen.again)
    if scene.slot.state is SlotState.FILLED:
        after = scene.standing.put(filled_with(scene.slot, text))
    else:
        crew = await Crew.load(uow, [scene.page], now, rules)
        person = crew.choose(scene.slot)
        if person is None:
            after = rules_of.waiting_for_somebody(scene.standing, slot_id, text)
        else:
            after = rules_of.given(scene.standing, slot_id, person.id, text)
    await apply(uow, Hand(actor, Kind.TEXT, slot_id, now, rules), scene.standing, after)
    return await sheet(uow, actor, slot_id, now=now, done=Kind.TEXT)


async def take_off(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, now: datetime, rules: PlanRules
) -> Sheet:
    """The slot is empty, its person has nothing left to do; the text may be planned elsewhere."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    if scene.slot.draft_id is None:
        raise NothingToSwap
    after = rules_of.text_off(scene.standing, slot_id)
    await apply(uow, Hand(actor, Kind.TEXT_OFF, slot_id, now, rules), scene.standing, after)
    return await sheet(uow, actor, slot_id, now=now, done=Kind.TEXT_OFF)


# -- exchanging -------------------------------------------------------------------------------------------------------


async def swap_texts(
    uow: UnitOfWork,
    actor: Actor,
    seen: tuple[int, int],
    other: tuple[int, int],
    *,
    now: datetime,
    rules: PlanRules,
) -> Sheet:
    """Two filled slots exchange their texts. `seen`, `other`: id and version."""
    scene = await board.scene(uow, actor, *seen, now, other[0])
    one, two = scene.slot, scene.standing.slot(other[0])
    await board.ensure_seen(uow, actor, two, other[1])
    if one.draft_id is None or two.draft_id is None or one.draft_id == two.draft_id:
        raise NothingToSwap
    pages = await uow.campaign.pages([one.page, two.page], inactive=True)
    firsts = await _carried(uow, one, two, pages[two.page])
    seconds = await _carried(uow, two, one, pages[one.page])
    after = scene.standing.put(_with(two, firsts), _with(one, seconds))
    await apply(uow, Hand(actor, Kind.SWAP_TEXTS, one.id, now, rules), scene.standing, after)
    return await sheet(uow, actor, one.id, now=now, done=Kind.SWAP_TEXTS)


def _with(slot: Slot, text: Text) -> Slot:
    return replace(slot, draft_id=text.draft_id, draft_version=text.version, again=text.again)


async def _carried(uow: UnitOfWork, source: Slot, to: Slot, page: Page) -> Text:
    """The text of `source` as it stands on `to`; raises `NotCarried`."""
    assert source.draft_id is not None  # noqa: S101 - asked before
    assert source.draft_version is not None  # noqa: S101 - both or neither
    draft = await uow.drafts.get(source.draft_id)
    text = ApprovedDraft(draft.id, source.draft_version, draft.updated_at, draft.not_before, draft.expires_at)
    again = source.again
    if source.page != to.page:
        again = await uow.day_plan.times_there(to.page, draft.id, [source.id, to.id])
    lines, owners = await Lines.load(uow, [text]), await Owners.load(uow, [page])
    approved = draft.state is DraftState.APPROVED and draft.version == source.draft_version
    unfit = (
        (Unfit.GONE, not approved or draft.settled_at is None),
        (Unfit.PAGE, page.code not in draft.pages),
        (Unfit.TIME, not fits(text, to.at)),
        (Unfit.THERE, source.page != to.page and again > 0 and draft.cool_days is None),
        (Unfit.IMPRINT, not lines.allow(page, to.day, text)),
        (Unfit.OWNER, not owners.allow(page, draft.id)),
    )
    why = next((why for why, holds in unfit if holds), None)
    if why is not None:
        raise NotCarried(page.title, why)
    return Text(draft.id, source.draft_version, again)


async def partners(
    uow: UnitOfWork, actor: Actor, slot_id: int, version: int, *, texts: bool, now: datetime
) -> tuple[Sheet, tuple[DayRow, ...]]:
    """Slots of the same region and day with which something could be exchanged; of a personal page only its own. Read-only."""
    scene = await board.scene(uow, actor, slot_id, version, now)
    page = scene.page
    if page.kind is PageKind.PERSONAL:
        rows = await uow.day_plan.ahead(page.code, now, CHOICE)
    else:
        rows = await uow.day_plan.rows(page.region, scene.slot.day, personal=False)
    seen = await sheet(uow, actor, slot_id, now=now)
    return seen, tuple(_swappable(rows, seen.row, texts=texts))


def _swappable(rows: Iterable[DayRow], mine: DayRow, *, texts: bool) -> Iterable[DayRow]:
    for row in rows:
        if row.slot.id == mine.slot.id or row.slot.state is not SlotState.FILLED or row.slot.urgent_id is not None:
            continue
        if texts and row.slot.draft_id != mine.slot.draft_id:
            yield row
        if not texts and row.assignee_id is not None and row.assignee_id != mine.assignee_id:
            yield row
