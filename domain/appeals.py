"""A second opinion: the author asks somebody else to decide on the same content, once per version."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.drafts import Decision, Draft, DraftState, Verdict
from domain.errors import Conflict, Invalid
from domain.people import Actor

APPEALABLE = frozenset({DraftState.RETURNED, DraftState.REJECTED})


@dataclass(frozen=True)
class Appeal:
    """`version` was decided on by `against_id`; `anew` has the same content and is decided on by others."""

    draft_id: int
    version: int
    anew: int
    against_id: int
    at: datetime


@dataclass(eq=False)
class NothingToAppeal(Conflict):
    """The decision is no more: the draft went on, or the decision was a yes."""


@dataclass(eq=False)
class SecondAppeal(Conflict):
    """A second opinion was asked for already; the second one holds."""


@dataclass(eq=False)
class NobodyElse(Invalid):
    """There is nobody else who could decide: `region` needs another press secretary, `ask` can appoint one."""

    region: str
    ask: tuple[str, ...] = ()


@dataclass(eq=False)
class FirstDecider(Conflict):
    """The author asked for a second opinion; whoever gave the first one does not give the second."""


def appealed(draft: Draft, now: datetime, decide_by: datetime) -> Draft:
    """The same content handed in anew: earlier decisions are not about this version."""
    return replace(
        draft,
        state=DraftState.SUBMITTED,
        version=draft.version + 1,
        submitted_at=now,
        decide_by=decide_by,
        updated_at=now,
        settled_at=None,
    )


def first_decision(draft: Draft, version: int, decisions: Iterable[Decision]) -> Decision:
    """The no that an appeal is about, or `NothingToAppeal`."""
    against = [d for d in decisions if d.version == version and d.verdict is not Verdict.APPROVE]
    if draft.version != version or draft.state not in APPEALABLE or not against:
        raise NothingToAppeal
    return against[-1]


def others(holders: Iterable[Actor], appeal: Appeal | None) -> list[Actor]:
    """Who may decide besides whoever gave the first opinion."""
    return [holder for holder in holders if appeal is None or holder.id != appeal.against_id]
