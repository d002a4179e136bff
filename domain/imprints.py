"""Imprint and affiliation lines (H3): which rule of the reviewed pack gives a page its line on a day of its calendar.

Whether a line satisfies a law is not decided here: a rule says who reviewed it, and where none holds nothing becomes ready.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict
from domain.pages import BY_RULES, Page, PageKind
from domain.platforms import Platform

_DAY = timedelta(days=1)
WARN_DAYS = (14, 7, 1)
"""Days before a line ends without another one following."""


class Reworded(StrEnum):
    """Whether a page may say the line in other words when it has no room."""

    FIXED = "fixed"
    ALLOWED = "allowed"


@dataclass(frozen=True)
class Pack:
    """Who looked the rules over, in what capacity, by which source, when."""

    name: str
    reviewer: str
    role: str
    source: str
    reviewed_on: date


@dataclass(frozen=True)
class ImprintRule:
    """A line for pages. An empty scope field means any; `region` "*" means the pages of the whole campaign.

    `valid_from` and `expires` are the first and the last day on the page's own calendar; None: no end.
    """

    id: str
    line: str
    valid_from: date
    expires: date | None = None
    page: str = ""
    kind: PageKind | None = None
    platform: Platform | None = None
    region: str = ""
    reworded: Reworded = Reworded.FIXED

    @property
    def specificity(self) -> tuple[bool, int]:
        """A rule that names the page goes first, then the more of kind, network and region it names."""
        return bool(self.page), sum(1 for scope in (self.kind, self.platform, self.region) if scope)

    def covers(self, page: Page) -> bool:
        return (
            self.page in {"", page.code}
            and self.kind in {None, page.kind}
            and self.platform in {None, page.platform}
            and self.region in {"", page.region}
        )

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.expires is None or day <= self.expires)


@dataclass(frozen=True)
class Missing:
    """No rule covers the page yet. `starts`: from when one does."""

    starts: date | None = None


@dataclass(frozen=True)
class Expired:
    """The rule that gave the page its line last."""

    rule: ImprintRule


Verdict = ImprintRule | Missing | Expired

OWN = ImprintRule("", "", date.min)
"""What the plan itself says of a page: for that page only, without an end and without a reviewer."""


def imprint_for(page: Page, day: date, rules: Iterable[ImprintRule]) -> Verdict:
    """What gives `page` its line on its local `day`: the most specific rule that holds then."""
    if not page.by_rules:
        return replace(OWN, line=page.imprint, page=page.code)
    named = [rule for rule in rules if rule.covers(page)]
    holding = [rule for rule in named if rule.holds(day)]
    if holding:
        return max(holding, key=lambda rule: rule.specificity)
    ended = [rule for rule in named if rule.expires is not None and rule.expires < day]
    if ended:
        return Expired(max(ended, key=lambda rule: (rule.expires or date.max, rule.specificity)))
    return Missing(min((rule.valid_from for rule in named), default=None))


def line_for(page: Page, day: date, rules: Iterable[ImprintRule]) -> str | None:
    """The line itself; None: nothing may be published there on that day."""
    found = imprint_for(page, day, rules)
    return found.line if isinstance(found, ImprintRule) else None


def in_force(page: Page, day: date, rules: Sequence[ImprintRule]) -> Page:
    """The page with the line of `day` and the span of days around it in which nothing about it changes."""
    if not page.by_rules:
        return page
    found = imprint_for(page, day, rules)
    changes = sorted({edge for rule in rules if rule.covers(page) for edge in edges(rule)})
    start = max((edge for edge in changes if edge <= day), default=None)
    after = min((edge for edge in changes if edge > day), default=None)
    holds = isinstance(found, ImprintRule)
    return replace(
        page,
        imprint=found.line if isinstance(found, ImprintRule) else "",
        imprint_rule=found.id if isinstance(found, ImprintRule) else BY_RULES,
        imprint_from=start if holds else None,
        imprint_until=after - _DAY if holds and after else None,
    )


def as_planned(page: Page) -> Page:
    """The page as a plan says it: without what the rules make of it."""
    if not page.by_rules:
        return page
    return replace(page, imprint="", imprint_rule=BY_RULES, imprint_from=None, imprint_until=None)


def edges(rule: ImprintRule) -> Iterator[date]:
    """The days on which something begins: the rule, and what follows it."""
    yield rule.valid_from
    if rule.expires is not None:
        yield rule.expires + _DAY


# --- loading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tie:
    """Two rules of which none is more specific give one page its line on the same day."""

    page: str
    first: str
    second: str


def find_tie(rules: Sequence[ImprintRule], pages: Iterable[Page]) -> Tie | None:
    """The first tie that real pages would meet; a page's own line ties with a rule that names it."""
    for page in pages:
        named = [rule for rule in rules if rule.covers(page)]
        if not page.by_rules:
            special = next((rule for rule in named if rule.page), None)
            if special is not None:
                return Tie(page.code, "", special.id)
            continue
        for number, one in enumerate(named):
            for other in named[number + 1 :]:
                if one.specificity == other.specificity and _overlap(one, other):
                    return Tie(page.code, one.id, other.id)
    return None


def _overlap(one: ImprintRule, other: ImprintRule) -> bool:
    first, second = sorted((one, other), key=lambda rule: rule.valid_from)
    return first.expires is None or second.valid_from <= first.expires


# --- what an approval is bound to ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BoundLine:
    """The line under which an approver read a text for a page, and the rule that gave it (empty: the plan itself)."""

    page: str
    rule: str
    line: str


def bound(pages: Iterable[Page], now: datetime) -> tuple[BoundLine, ...]:
    """What a decision made now holds for: pages without a line in force are left out."""
    return tuple(BoundLine(page.code, page.imprint_rule, page.imprint) for page in pages if has_line(page, now))


def has_line(page: Page, now: datetime) -> bool:
    """Whether the page's line is that of its day at `now`; no as soon as its span is over (fail-closed)."""
    return page.has_line_on(page.local_day(now))


def may_carry(lines: Sequence[BoundLine] | None, page: str, line: str | None) -> bool:
    """Whether a text approved under `lines` may stand on `page` with `line`; None: decided before lines were recorded."""
    if line is None:
        return False
    return lines is None or any(one.page == page and one.line == line for one in lines)


@dataclass(eq=False)
class NoImprint(Conflict):
    """None of its pages has a line in force. `pages`: titles; `ask`: who can load rules, by name."""

    pages: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(eq=False)
class ImprintGone(Conflict):
    """The line under which the text was approved is no longer the one of its day: it is not handed out."""

    page: str
