"""Inviting many: what a typed line asks for, orders, and those who wait to be let in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.awaited import SHORT, could_be_line
from domain.errors import Conflict, Invalid
from domain.people import EVERYWHERE, Role
from domain.typed_dates import plain

MOST = 500
"""Links of one order, and people for one shared link: more are several orders."""
ORDER_WAITS = timedelta(hours=24)
"""How long an order that was shown can still be made."""
ENTRY_KEPT = timedelta(days=30)
"""Told before they ask; then an entry is deleted, decided or not."""
LISTED = timedelta(days=30)
"""How long links that are over can still be looked at."""
SHARED = frozenset({Role.VOLUNTEER})
"""Roles a shared link may give: staff come in by links of their own, one each."""

_ROLES: Mapping[Role, str] = {
    Role.PRESS_SECRETARY: r"press[ _-]?secretar(?:y|ies)|press|пресс[ -]?секретар\w*|пресс",
    Role.COORDINATOR: r"coordinators?|координатор\w*",
    Role.VOLUNTEER: r"volunteers?|волонтер\w*|доброволец|добровольц\w*",
    Role.MANAGER: r"managers?|менеджер\w*|руководител\w*",
    Role.CANDIDATE: r"candidates?|кандидат\w*",
    Role.OWNER: r"owners?|владелец|владельц\w*",
}
_ALL = re.compile(r"(?<!\w)(?:\*|all|everywhere|везде|(?:вся|всей|всю) кампани[яию]|the whole campaign)(?!\w)")
_NUMBER = re.compile(r"(?<!\w)(?<!\d[.,])(\d{1,6})(?!\w|[.,]\d)")
_IN_WORDS = re.compile(
    r"(?<!\w)(?:дв(?:ух?|а|е)|тр(?:и|ех)|четыр(?:е|ех)|(?:пят|шест|сем|восем|девят|десят|двадцат|тридцат)[ьи]|\w+надцат[ьи]|сорока?"
    r"|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|сотн[яюи]|дв(?:ести|ух ?сот)|триста|четыреста|\w+сот|десят(?:ок|ка)"
    r"|пар[ау]|несколько|полсотни|тысяч[аиу]"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|dozens?|thousand|several|a few)(?!\w)"
)
"""Of one nothing needs to be said: no number means it."""
_NEGATIVE = re.compile(r"(?:^|\s)-\d")
_ENDINGS = re.compile(r"(?:[аеиоуыэюяьй]|ого|ому|ой|ая|ий|ый|ом|ем|ам|ах|ами)$")
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3


class OrderState(StrEnum):
    WAITING = "waiting"
    MADE = "made"
    CANCELLED = "cancelled"


class EntryState(StrEnum):
    WAITING = "waiting"
    IN = "in"
    REFUSED = "refused"


@dataclass(eq=False)
class LineUnclear(Invalid):
    """A typed line lacks something: `lacks` is "role", "region", "one region", "number" or "digits" (a number in words).

    `said` is what was left of it: the regions, the word.
    """

    lacks: str
    said: str


@dataclass(eq=False)
class TooManyInvites(Invalid):
    """More than one order makes."""

    most: int = MOST


@dataclass(eq=False)
class OnlyVolunteersShare(Invalid):
    """A shared link gives no role above a volunteer's."""


@dataclass(eq=False)
class OrderOver(Conflict):
    """The order was made or put away since the button was drawn, or waited too long (`state` WAITING)."""

    state: OrderState


@dataclass(eq=False)
class TableGone(Conflict):
    """The table an order is about cannot be read from its message any more."""


@dataclass(eq=False)
class AlreadyAsked(Conflict):
    """They came by this link before: `refused` or still waiting."""

    refused: bool


@dataclass(eq=False)
class EntryDecided(Conflict):
    """A colleague was faster."""


@dataclass(frozen=True)
class Typed:
    """`region` "*": the whole campaign."""

    number: int
    role: Role
    region: str


@dataclass(frozen=True)
class InviteOrder:
    """Many links asked for at once. `role` None: a table, whose lines say role and region; `digest` is its SHA-256."""

    id: int
    version: int
    person_id: int | None
    name: str
    digest: str
    role: Role | None
    region: str
    number: int
    state: OrderState
    at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """Somebody who came by a shared link and has agreed to what is stored."""

    id: int
    invite_id: int
    telegram_id: int | None
    name: str
    username: str
    language: str
    state: EntryState
    asked_at: datetime
    consent_version: int
    decided_by: int | None


@dataclass(frozen=True)
class Arrival:
    """Somebody who holds a role by an invite."""

    person_id: int
    name: str
    role: Role
    region: str
    at: datetime


def read_line(text: str, regions: Mapping[str, str]) -> Typed:
    """ "200 volunteer perm", «50 волонтёров в Казань»; no number means one. `regions`: names by code. Raises LineUnclear."""
    low, role = _take_role(plain(text))
    low, region = _take_region(low, regions)
    if role is None:
        raise LineUnclear("role", text.strip()[:100])
    if region is None:
        raise LineUnclear("region", " ".join(_NUMBER.sub(" ", low).split())[:100])
    other = _another(low, region, regions)
    if other is not None:
        raise LineUnclear("one region", f"{regions[region]}, {regions[other]}")
    return Typed(_number(low, text), role, region)


def could_be_order(text: str) -> bool:
    """A line of invites or a slip in one, or a list of such lines; what reads like a post is none.

    Without a role only what begins with a number is taken for a slip.
    """
    said = text.strip()
    if len(said) <= SHORT:
        return True
    rows = [row for row in said.splitlines() if row.strip()]
    if "\n\n" in said or not all(could_be_line(row) for row in rows):
        return False
    named = sum(_take_role(plain(row))[1] is not None for row in rows)
    return 2 * named >= len(rows) or (len(rows) == 1 and said[0].isdigit())


def _number(low: str, text: str) -> int:
    """What is left of a line says how many; nothing means one."""
    in_words = _IN_WORDS.search(low)
    if in_words is not None:
        raise LineUnclear("digits", in_words.group())
    numbers = [int(found) for found in _NUMBER.findall(low)]
    unread = not numbers and any(char.isdigit() for char in low)
    if len(numbers) > 1 or 0 in numbers or unread or _NEGATIVE.search(low):
        raise LineUnclear("number", text.strip()[:100])
    number = numbers[0] if numbers else 1
    if number > MOST:
        raise TooManyInvites
    return number


def role_named(text: str) -> Role | None:
    """The role of a cell: its code or a word for it in either language, in any case."""
    low = plain(text)
    return next((role for role, said in _ROLES.items() if re.fullmatch(said, low)), None)


def _take_role(low: str) -> tuple[str, Role | None]:
    for role, said in _ROLES.items():
        without, found = re.subn(rf"(?<!\w)(?:{said})(?!\w)", " ", low, count=1)
        if found:
            return without, role
    return low, None


def region_named(text: str, regions: Mapping[str, str]) -> str | None:
    """The code of the region whose code or name, in any case, stands in the text; the longest name wins. None: none, or two."""
    rest, region = _take_region(plain(text), regions)
    return None if region is not None and _another(rest, region, regions) is not None else region


def _another(rest: str, region: str, regions: Mapping[str, str]) -> str | None:
    """A second region in what the first has left of a line."""
    if region == EVERYWHERE:
        return None
    _, found = _take_region(rest, {code: name for code, name in regions.items() if code != region})
    return None if found == EVERYWHERE else found


def _take_region(low: str, regions: Mapping[str, str]) -> tuple[str, str | None]:
    """The line without the region in it, and which that is."""
    best, length, code = None, 0, None
    for key, name in regions.items():
        for said, inflected in ((plain(name), True), (plain(key), False)):
            found = re.search(_pattern(said, inflected=inflected), low) if len(said) > length else None
            if found is not None:
                best, length, code = found, len(said), key
    if best is None and (best := _ALL.search(low)) is not None:
        code = EVERYWHERE
    if best is not None:
        return f"{low[: best.start()]} {low[best.end() :]}", code
    return low, _begun(low, regions)


def _begun(low: str, regions: Mapping[str, str]) -> str | None:
    """The only region whose name begins like a word of the text: «пермь» for Пермский край."""
    stems = {_ENDINGS.sub("", word) for word in re.findall(r"[^\W\d_][\w-]+", low)}
    found = {
        code
        for code, name in regions.items()
        for stem in stems
        if len(stem) > _SHORTEST_STEM and plain(name).startswith(stem)
    }
    return found.pop() if len(found) == 1 else None


def _pattern(said: str, *, inflected: bool) -> str:
    words = [re.escape(word) if not inflected else _inflected(word) for word in said.split()]
    return rf"(?<!\w){' '.join(words)}(?!\w)"


def _inflected(word: str) -> str:
    """A Russian name in any case: its stem and a short ending."""
    stem = _ENDINGS.sub("", word)
    if len(stem) < _SHORTEST_STEM or not re.fullmatch(r"[а-я-]+", word):
        return re.escape(word)
    return rf"{re.escape(stem)}[а-я]{{0,{_LONGEST_ENDING}}}"
