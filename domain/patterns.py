"""What four weeks of decisions say to the author, and to nobody else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.drafts import Reason, Verdict

LOOKED_BACK = timedelta(days=28)
HALF = timedelta(days=14)
ENOUGH = 3
"""Fewer decided versions say nothing."""
OFTEN = 2
"""So many times a reason was a habit."""
CLEARLY = 0.15
"""By so much the share of texts approved at once has to grow to be called better."""


@dataclass(frozen=True)
class Outcome:
    """One decision on an author's draft."""

    draft_id: int
    version: int
    verdict: Verdict
    reason: Reason | None
    at: datetime


@dataclass(frozen=True)
class Pattern:
    """`at_once`, `after_changes`, `declined`: drafts; `open`: sent back and not decided on since.

    `reason`: the most frequent one, `times`. `gone`: a reason that was frequent in the first two weeks and did not
    come back in the last two. `before`, `lately`: (approved at once, decided) of both halves, when it grew.
    """

    decided: int
    at_once: int
    after_changes: int
    declined: int
    open: int
    reason: Reason | None = None
    times: int = 0
    gone: Reason | None = None
    before: tuple[int, int] = (0, 0)
    lately: tuple[int, int] = (0, 0)

    @property
    def better(self) -> bool:
        return bool(self.lately[1])


def pattern_of(outcomes: Iterable[Outcome], now: datetime) -> Pattern | None:
    """None when there were fewer than `ENOUGH` decided versions since `now - LOOKED_BACK`."""
    recent = sorted((o for o in outcomes if now - LOOKED_BACK <= o.at <= now), key=lambda o: (o.at, o.version))
    if len({(o.draft_id, o.version) for o in recent}) < ENOUGH:
        return None
    drafts: dict[int, list[Outcome]] = {}
    for outcome in recent:
        drafts.setdefault(outcome.draft_id, []).append(outcome)
    ends = Counter(_end(made) for made in drafts.values())
    reasons = Counter(o.reason for o in recent if o.reason is not None)
    most = reasons.most_common(1)
    before, lately = _at_once(drafts.values(), now, late=False), _at_once(drafts.values(), now, late=True)
    grew = min(before[1], lately[1]) >= OFTEN and lately[0] / lately[1] >= before[0] / before[1] + CLEARLY
    return Pattern(
        decided=len(drafts),
        at_once=ends["at_once"],
        after_changes=ends["after_changes"],
        declined=ends["declined"],
        open=ends["open"],
        reason=most[0][0] if most else None,
        times=most[0][1] if most else 0,
        gone=_gone(recent, now),
        before=before if grew else (0, 0),
        lately=lately if grew else (0, 0),
    )


def _end(made: list[Outcome]) -> str:
    match made[-1].verdict:
        case Verdict.APPROVE:
            return "at_once" if all(o.verdict is Verdict.APPROVE for o in made) else "after_changes"
        case Verdict.REJECT:
            return "declined"
        case _:
            return "open"


def _at_once(drafts: Iterable[list[Outcome]], now: datetime, *, late: bool) -> tuple[int, int]:
    """Of the drafts first decided on in one half: how many were approved at once, and how many there were."""
    half = [made for made in drafts if (made[0].at > now - HALF) is late]
    return sum(_end(made) == "at_once" for made in half), len(half)


def _gone(recent: list[Outcome], now: datetime) -> Reason | None:
    early = Counter(o.reason for o in recent if o.reason is not None and o.at <= now - HALF)
    late = {o.reason for o in recent if o.at > now - HALF}
    if not late:
        return None
    return next((reason for reason, times in early.most_common() if times >= OFTEN and reason not in late), None)
