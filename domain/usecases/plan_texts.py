"""Which approved texts the slots of many pages may be filled with: loaded for a round of the planner."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.imprints import ImprintRule, line_for
from domain.pages import Page, PageKind
from domain.ports import UnitOfWork
from domain.ports.planner import Offered, PlanPage
from domain.rubrics import LOOK_BACK
from domain.sharing import Mix, Ready
from domain.usecases.authority_plan import Owners
from domain.usecases.evergreen import Resting
from domain.usecases.imprints import Lines


@dataclass
class Texts:
    """By page: what waits, what has rested, and the mix. `allowed` keeps what it was asked."""

    offered: Mapping[str, Sequence[Offered]]
    rules: Sequence[ImprintRule]
    owners: Owners
    mixes: Mapping[str, Mix]
    _named: Collection[str] = ()
    _lines: dict[tuple[str, ...], str | None] = field(default_factory=dict)

    @classmethod
    async def load(cls, uow: UnitOfWork, pages: Sequence[PlanPage], first: date) -> "Texts":
        """For slots of these pages on local days from `first` on."""
        offered: dict[str, list[Offered]] = defaultdict(list, await uow.planner.texts([page.code for page in pages]))
        shared = {page.code: page for page in pages if page.kind is not PageKind.PERSONAL}
        rules = await uow.imprints.rules()
        owners = Owners()
        if shared:
            full = await uow.campaign.pages(shared)
            owners = await Owners.load(uow, full.values())
            await _add_resting(uow, full.values(), offered)
        mixes = await _mixes(uow, [page for page in pages if page.code in offered], first)
        return cls(offered, rules, owners, mixes, frozenset(rule.page for rule in rules if rule.page))

    def allowed(self, page: PlanPage, day: date) -> list[Ready]:
        """Those that were approved with the very line that the page carries on that local day (H3), and no owner has stopped."""
        offered = self.offered.get(page.code)
        if not offered:
            return []
        line = self._line(page, day)
        return [text for text, lines in offered if self._may_carry(text, lines, page.code, line)]

    def only(self, page: PlanPage, day: date, at: datetime) -> Ready | None:
        """The one text that waits for the page, when it may stand there at that moment; None also when there are several."""
        offered = self.offered.get(page.code, ())
        if len(offered) != 1:
            return None
        text, lines = offered[0]
        return text if text.fits(at) and self._may_carry(text, lines, page.code, self._line(page, day)) else None

    def _line(self, page: PlanPage, day: date) -> str | None:
        """The page's line, worked out once for all pages that rules treat alike."""
        if not page.imprint_rule:
            return page.imprint
        alike = (page.code if page.code in self._named else "", page.kind, page.platform, page.region, day.isoformat())
        if alike not in self._lines:
            self._lines[alike] = line_for(_as_page(page), day, self.rules)
        return self._lines[alike]

    def _may_carry(self, text: Ready, lines: Sequence[Sequence[str]] | None, page: str, line: str | None) -> bool:
        """See `domain.imprints.may_carry`, without an object for each line of a hundred thousand texts."""
        if line is None or (self.owners.vetoed and (page, text.draft_id) in self.owners.vetoed):
            return False
        if lines is None:
            return True
        for where, _, said in lines:  # noqa: SIM110 - a generator for each of them costs more than all the rest
            if where == page and said == line:
                return True
        return False


def _as_page(page: PlanPage) -> Page:
    """As the imprint rules want it."""
    return Page(
        *(page.code, page.platform, page.kind, "", page.region, page.zone, (), page.imprint, 1, page.keeper_id),
        active=True,
        imprint_rule=page.imprint_rule,
    )


async def _add_resting(uow: UnitOfWork, pages: Iterable[Page], offered: dict[str, list[Offered]]) -> None:
    """Evergreen texts: they count as under embargo until they have rested."""
    resting = (await Resting.load(uow, pages)).by_page
    if not resting:
        return
    lines = await Lines.load(uow, [text for some in resting.values() for text in some])
    for code, texts in resting.items():
        for text in texts:
            free = max((at for at in (text.not_before, text.rests_until) if at is not None), default=None)
            ready = Ready(text.draft_id, text.version, text.rests_until, free, text.expires_at, again=text.again)
            read = lines.approved.get((text.draft_id, text.version))
            bound = None if read is None else [(one.page, one.rule, one.line) for one in read]
            offered[code].append(Offered(ready, bound))


async def _mixes(uow: UnitOfWork, pages: Sequence[PlanPage], first: date) -> dict[str, Mix]:
    """What each page's own norm wants of rubrics, else the campaign (of pages that are not personal)."""
    usual = {one.code: one.share for one in await uow.rubrics.all() if one.share}
    wanted = {
        page.code: dict(page.norm.mix) if page.norm is not None and page.norm.mix else usual
        for page in pages
        if (page.norm is not None and page.norm.mix) or (usual and page.kind is not PageKind.PERSONAL)
    }
    if not wanted:
        return {}
    had = await uow.planner.rubrics_had(wanted.keys(), first - timedelta(days=LOOK_BACK.days))
    return {code: Mix(shares, dict(had.get(code, {}))) for code, shares in wanted.items()}
