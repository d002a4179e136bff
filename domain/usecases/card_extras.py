"""What other features add to an approver's card: one field and one line each; shown by `handlers.screens.card_extras`."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.claims import Claim
from domain.comments import Talk
from domain.drafts import Decision
from domain.lanes import Check, Shortage
from domain.people import Actor
from domain.ports import UnitOfWork
from domain.ports.drafts import DraftSheet
from domain.rubrics import Rubric
from domain.usecases import campaign_tags
from domain.usecases.appeals import first_opinion
from domain.usecases.imprints import CardImprint, on_card
from domain.usecases.lane_checks import find_lacking, may_appoint, ticked
from domain.usecases.master_origin import Filled, find_filled


@dataclass(frozen=True)
class CardExtras:
    """Facts beside the draft itself. Every field has a default: that of a draft which the feature does not concern.

    `claim`: who is on it now. `talk`: the newest comments. `first_opinion`: the decision that was appealed against.
    """

    claim: Claim | None = None
    talk: Talk = field(default_factory=Talk)
    first_opinion: Decision | None = None
    checks: tuple[Check, ...] = ()
    """What the reader has looked for in a bold text."""
    short: Shortage | None = None
    """Too few people may approve it."""
    may_appoint: bool = False
    imprint: CardImprint = field(default_factory=CardImprint)
    filled: Filled | None = None
    """What was filled into which master."""
    rubric: Rubric | None = None
    tagged: tuple[str, ...] = ()
    """Own sites to which it links: with campaign tags when it is handed out."""


async def extras(uow: UnitOfWork, actor: Actor, sheet: DraftSheet, *, now: datetime) -> CardExtras:
    """As of now, for this reader. Read-only."""
    short = await find_lacking(uow, sheet)
    return CardExtras(
        claim=sheet.claim if sheet.claim is not None and sheet.claim.holds(now) else None,
        talk=await uow.talk.talk(sheet.draft.id),
        first_opinion=await first_opinion(uow, sheet),
        checks=await ticked(uow, actor, sheet),
        short=short,
        may_appoint=may_appoint(actor, short),
        imprint=await on_card(uow, sheet),
        filled=await find_filled(uow, actor, sheet),
        rubric=await _rubric(uow, sheet.draft.rubric),
        tagged=await campaign_tags.on_card(uow, sheet.draft),
    )


async def _rubric(uow: UnitOfWork, code: str) -> Rubric | None:
    """None: of no rubric, or of one that is no longer in the plan."""
    return next((one for one in await uow.rubrics.all() if one.code == code), None) if code else None
