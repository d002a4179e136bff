"""The imprint line at the points where a text becomes ready: approval, planning, handing out (H3). Everywhere fail-closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.imprints import (
    BoundLine,
    Expired,
    ImprintGone,
    ImprintRule,
    Missing,
    NoImprint,
    Pack,
    bound,
    imprint_for,
    line_for,
    may_carry,
)
from domain.pages import Page
from domain.people import Actor, Role
from domain.ports import UnitOfWork
from domain.ports.drafts import ApprovedDraft, DraftSheet
from domain.ports.imprints import Relined, WaitingRelined
from domain.ports.plan import AssignmentView
from domain.rights import DECIDERS, Action, ensure_may, may

_LOADERS = frozenset({Role.MANAGER, Role.OWNER})


# --- approval --------------------------------------------------------------------------------------------------------


async def lines_read(uow: UnitOfWork, sheet: DraftSheet, now: datetime) -> tuple[BoundLine, ...]:
    """What an approval made now holds for; `NoImprint` when none of the pages has a line in force."""
    lines = bound(sheet.pages, now)
    if lines or not sheet.pages:
        return lines
    holders = await uow.people.holders(_LOADERS, sheet.draft.region)
    raise NoImprint(tuple(page.title for page in sheet.pages), tuple(actor.person.name for actor in holders[:3]))


@dataclass(frozen=True)
class CardImprint:
    """What a card says of the lines. `relined`: the version differs from the one before by its line alone."""

    rules: tuple[ImprintRule, ...] = ()
    pack: Pack | None = None
    relined: Relined | None = None


async def on_card(uow: UnitOfWork, sheet: DraftSheet) -> CardImprint:
    """Which rules gave the lines of the draft's pages. Read-only; nothing is asked where the plan alone says them."""
    applied = {page.imprint_rule for page in sheet.pages if page.by_rules}
    rules = tuple(rule for rule in await uow.imprints.rules() if rule.id in applied) if applied else ()
    return CardImprint(
        rules=rules,
        pack=await uow.imprints.find_pack() if applied else None,
        relined=await uow.imprints.find_relined(sheet.draft.id, sheet.draft.version)
        if sheet.draft.version > 1
        else None,
    )


# --- planning --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lines:
    """The rules, and the lines under which texts were approved: loaded once for many slots."""

    rules: tuple[ImprintRule, ...]
    approved: Mapping[tuple[int, int], tuple[BoundLine, ...] | None]

    @classmethod
    async def load(cls, uow: UnitOfWork, texts: Iterable[ApprovedDraft]) -> "Lines":
        ids = {text.draft_id for text in texts}
        return cls(tuple(await uow.imprints.rules()), await uow.imprints.lines_of(ids) if ids else {})

    def allow(self, page: Page, day: date, text: ApprovedDraft) -> bool:
        """Whether the text was approved with the very line that the page carries on that local day."""
        lines = self.approved.get((text.draft_id, text.version))
        return may_carry(lines, page.code, line_for(page, day, self.rules))


# --- handing out -----------------------------------------------------------------------------------------------------


async def holds(uow: UnitOfWork, view: AssignmentView, now: datetime) -> bool:
    """Whether copy-ready text may go out: its line is that of the day on which it will be published.

    `view.page` carries the line that was approved, the page itself the one in force.
    """
    page = await uow.campaign.get_page(view.page.code)
    day = max(view.slot.day, page.local_day(now))
    rules = await uow.imprints.rules() if page.by_rules else ()
    return not view.text or line_for(page, day, rules) == view.page.imprint


async def ensure_holds(uow: UnitOfWork, view: AssignmentView, now: datetime) -> None:
    """`ImprintGone` unless `holds`."""
    if not await holds(uow, view, now):
        raise ImprintGone(view.page.title)


@dataclass(frozen=True)
class PageImprint:
    """What a page's own card says. `rule` None: the plan's own line, or none at all (`why`)."""

    page: Page
    rule: ImprintRule | None = None
    pack: Pack | None = None
    why: "Unlined | None" = None


async def of_page(uow: UnitOfWork, page: Page, now: datetime) -> PageImprint:
    """The page's line today. Read-only."""
    if not page.by_rules:
        return PageImprint(page)
    rules = await uow.imprints.rules()
    found = imprint_for(page, page.local_day(now), rules)
    if isinstance(found, ImprintRule):
        return PageImprint(page, found, await uow.imprints.find_pack())
    return PageImprint(page, why=Unlined(page, found))


# --- /imprints -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unlined:
    """A page without a line today, and why."""

    page: Page
    why: Missing | Expired


@dataclass(frozen=True)
class Overview:
    """The rules as loaded, the reader's pages that have no line, and what waits for them to be approved again."""

    pack: Pack | None
    rules: tuple[ImprintRule, ...]
    unlined: tuple[Unlined, ...]
    waiting: tuple[WaitingRelined, ...]
    own: int
    """Pages whose line the plan itself says."""


async def overview(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Overview:
    """Read-only."""
    ensure_may(actor, Action.QUEUE)
    pages = await uow.campaign.pages()
    mine = [page for page in pages.values() if may(actor, Action.QUEUE, page.region)]
    rules = tuple(await uow.imprints.rules())
    return Overview(
        pack=await uow.imprints.find_pack(),
        rules=rules,
        unlined=without_line(mine, rules, now),
        waiting=await waiting(uow, actor),
        own=sum(1 for page in mine if not page.by_rules),
    )


def without_line(pages: Iterable[Page], rules: Iterable[ImprintRule], now: datetime) -> tuple[Unlined, ...]:
    """The pages on which nothing may be published on their day at `now`."""
    known = tuple(rules)
    found = ((page, imprint_for(page, page.local_day(now), known)) for page in pages)
    return tuple(Unlined(page, why) for page, why in found if not isinstance(why, ImprintRule))


async def waiting(uow: UnitOfWork, actor: Actor) -> tuple[WaitingRelined, ...]:
    """What a changed line brought back and this reader may approve again. Read-only."""
    ensure_may(actor, Action.QUEUE)
    return tuple(await uow.imprints.waiting(actor.regions(DECIDERS), actor.id))


async def days_without_line(uow: UnitOfWork, day: date, codes: Iterable[str]) -> frozenset[str]:
    """Of these pages, those on which nothing may be published on their local `day`. Read-only."""
    pages = await uow.campaign.pages(codes)
    rules = await uow.imprints.rules()
    return frozenset(code for code, page in pages.items() if line_for(page, day, rules) is None)
