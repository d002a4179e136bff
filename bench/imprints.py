"""Does every text that becomes ready carry exactly the line of the rule that holds on its page's day (H3)?

    python -m bench.imprints --cases 10000 --json -

Generated packs, pages, texts and moments, most of them within seconds of the midnight at which a line begins or ends. Each
case is approved, planned and handed out by the rules of the domain; what should have come out is found the long way, day by
day. `wrong_line`, `without_line` and `false_blocks` have to be 0.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bench.printed import put
from domain.imprints import BoundLine, ImprintRule, bound, find_tie, in_force, line_for, may_carry
from domain.pages import BY_RULES, Page, PageKind
from domain.platforms import Platform
from domain.readings import as_published

FIRST = date(2026, 10, 10)
"""With the change of clocks in Europe and America inside the days that follow."""
ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/New_York", "UTC")
NEAR = (-86_400, -3600, -1, 0, 0, 1, 59, 3600, 86_399)
"""Seconds from a midnight at which something begins or ends."""
WORDS = "площадку открыли вчера двор соседи парк школа сегодня вместе субботник".split()  # noqa: SIM905 - reads better
CODES, REGIONS = ("p1", "p2", "p3"), ("kazan", "omsk", "*")


@dataclass(frozen=True)
class Case:
    """One text on one page: the rules at its approval and those at its publication, and the moments of both."""

    page: Page
    text: str
    read_by: tuple[ImprintRule, ...]
    posted_by: tuple[ImprintRule, ...]
    approved_at: datetime
    slot_day: date
    handed_at: datetime
    forgotten: bool
    """The page was not renewed at its last midnight."""


# --- making cases ----------------------------------------------------------------------------------------------------


def cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)  # noqa: S311 - reproducible cases, not secrets
    made: list[Case] = []
    while len(made) < count:
        page = _page(chance)
        read_by = _pack(chance, page)
        posted_by = read_by if chance.random() < 0.6 else _pack(chance, page)
        approved_at = _moment(chance, page, read_by)
        slot_at = max(approved_at, _moment(chance, page, posted_by))
        handed_at = (
            slot_at
            - timedelta(minutes=chance.choice((0, 0, 30, 600)))
            + timedelta(hours=chance.choice((0, 0, 0, 3, 26)))
        )
        line = line_for(page, page.local_day(approved_at), read_by) or ""
        made.append(
            Case(
                page,
                _text(chance, line),
                read_by,
                posted_by,
                approved_at,
                page.local_day(slot_at),
                max(handed_at, approved_at),
                forgotten=chance.random() < 0.1,
            )
        )
    return made


def _page(chance: random.Random) -> Page:
    own = chance.random() < 0.15
    return Page(
        code=chance.choice(CODES),
        platform=chance.choice(list(Platform)),
        kind=chance.choice(list(PageKind)),
        title="Page",
        region=chance.choice(REGIONS),
        zone=chance.choice(ZONES),
        addresses=(),
        imprint=chance.choice(("Своя подпись", "")) if own else "",
        approvals_needed=1,
        keeper_id=None,
        active=True,
        imprint_rule="" if own else BY_RULES,
    )


def _pack(chance: random.Random, page: Page) -> tuple[ImprintRule, ...]:
    """Rules without a tie on the page: others are refused when a plan is loaded."""
    while True:
        rules = tuple(_rule(chance, page, number) for number in range(chance.randint(0, 6)))
        if find_tie(rules, [page]) is None:
            return rules


def _rule(chance: random.Random, page: Page, number: int) -> ImprintRule:
    start = FIRST + timedelta(days=chance.randint(0, 30))
    expires = None if chance.random() < 0.2 else start + timedelta(days=chance.choice((0, 1, 3, 10, 25)))

    def scope(mine: object, others: Sequence[object]) -> object:
        draw = chance.random()
        return mine if draw < 0.35 else chance.choice(others) if draw < 0.45 else None

    return ImprintRule(
        id=f"rule-{number}",
        line=chance.choice(("Штаб кандидата", "Штаб кандидата, Казань", "Материал штаба", "Группа сторонников")),
        valid_from=start,
        expires=expires,
        page=chance.choice(CODES) if page.by_rules and chance.random() < 0.15 else "",
        kind=scope(page.kind, list(PageKind)),  # type: ignore[arg-type]  # one of its own kind
        platform=scope(page.platform, list(Platform)),  # type: ignore[arg-type]  # one of its own kind
        region=scope(page.region, REGIONS) or "",  # type: ignore[arg-type]  # one of its own kind
    )


def _moment(chance: random.Random, page: Page, rules: Sequence[ImprintRule]) -> datetime:
    """Near a midnight of the page at which a rule begins or ends; somewhere when there is none."""
    days = [rule.valid_from for rule in rules]
    days += [rule.expires + timedelta(days=1) for rule in rules if rule.expires is not None]
    day = chance.choice(days) if days else FIRST + timedelta(days=chance.randint(0, 40))
    midnight = datetime.combine(day, time(0), ZoneInfo(page.zone)).astimezone(UTC)
    return midnight + timedelta(seconds=chance.choice(NEAR))


def _text(chance: random.Random, line: str) -> str:
    words = " ".join(chance.choices(WORDS, k=chance.randint(1, 12)))
    match chance.randint(0, 4):
        case 0 if line:
            return f"{words}\n\n{line}"  # the author has written it already
        case 1 if line:
            return f"{words} {line} {words}"  # only in passing: it does not count
        case _:
            return words


# --- what should come out, the long way ------------------------------------------------------------------------------


def wanted(page: Page, day: date, rules: Sequence[ImprintRule]) -> str | None:
    """The line of a page on a day, found without the domain's own way."""
    if page.imprint_rule == "":
        return page.imprint
    ranked = []
    for rule in rules:
        fits = [
            not rule.page or rule.page == page.code,
            rule.kind is None or rule.kind is page.kind,
            rule.platform is None or rule.platform is page.platform,
            not rule.region or rule.region == page.region,
            day >= rule.valid_from,
            rule.expires is None or day <= rule.expires,
        ]
        if all(fits):
            scopes = (rule.kind is not None) + (rule.platform is not None) + (rule.region != "")
            ranked.append((100 * (rule.page != "") + scopes, rule.line))
    return max(ranked)[1] if ranked else None


def _wall_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


# --- running a case --------------------------------------------------------------------------------------------------


def outcome(case: Case) -> str:
    """How it ended: ready, blocked, or what went wrong."""
    page = case.page
    read_on = _wall_day(case.approved_at, page.zone)
    stored = in_force(page, read_on - timedelta(days=1) if case.forgotten else read_on, case.read_by)
    lines = bound([stored], case.approved_at)
    posted_on = max(case.slot_day, _wall_day(case.handed_at, page.zone))
    now_there = line_for(page, posted_on, case.posted_by)
    ready = bool(lines) and may_carry(lines, page.code, now_there)
    at_reading, at_posting = wanted(page, read_on, case.read_by), wanted(page, posted_on, case.posted_by)
    if not ready:
        # A page that was not renewed is blocked for the moment it takes; everybody else only when the lines differ.
        should = at_reading is not None and at_reading == at_posting
        stale = case.forgotten and not stored.has_line_on(read_on)
        return "false_blocks" if should and not stale else "blocked"
    return _carried(case, lines[0], at_reading, at_posting)


def _carried(case: Case, line: BoundLine, at_reading: str | None, at_posting: str | None) -> str:
    if at_posting is None or at_reading is None:
        return "without_line"
    published = as_published(case.text, line.line)
    if line.line != at_posting or line.line != at_reading:
        return "wrong_line"
    if at_posting and published.splitlines().count(at_posting) != 1:
        return "without_line"
    return "ready" if published.startswith(case.text) else "wrong_line"


def spans(made: Sequence[Case]) -> int:
    """Days on which a page believes in a line that is not its own, over whole calendars: has to be 0."""
    wrong = 0
    for case in made:
        calendar = [FIRST + timedelta(days=n) for n in range(-2, 70)]
        for day, after in pairwise(calendar):
            stored = in_force(case.page, day, case.read_by)
            for seen in (day, after):
                if stored.has_line_on(seen) and stored.imprint != wanted(case.page, seen, case.read_by):
                    wrong += 1
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.imprints")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", default="-", metavar="FILE")
    options = parser.parse_args()
    made = cases(options.cases, options.seed)
    counts = Counter(outcome(case) for case in made)
    forgetful = sum(1 for case in made if case.forgotten)
    named = ("ready", "blocked", "wrong_line", "without_line", "false_blocks")
    result = {"cases": len(made), **{name: counts[name] for name in named}, "not_renewed": forgetful}
    result["days_with_a_wrong_line"] = spans(made[:: max(1, len(made) // 500)])
    put(result, options.json)
    return int(any(result[name] for name in ("wrong_line", "without_line", "false_blocks", "days_with_a_wrong_line")))


if __name__ == "__main__":
    sys.exit(main())
