"""Fill-in masters: headquarters writes a text with fields, the regions fill them in.

On official and group pages the filled text is published as it is; on a personal page the same master only asks
questions that help to say it in one's own words (H6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from domain.drafts import Draft, MediaRef, NoPages
from domain.errors import Conflict, Invalid
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Person
from domain.platforms import Platform
from domain.wordings import Wording, filled, parse

LONGEST_ANSWER = 200
"""Characters of what is filled into one field."""
LONGEST_OWN_ANSWER = 1000
"""Characters of an answer in one's own words: a paragraph, not a word in a gap."""
MOST_MEDIA = 10
OWN_QUESTIONS = ("happened", "changes", "neighbour")
"""What a personal page is asked instead of the fields; the words are in the catalogues."""
KINDS = (PageKind.OFFICIAL, PageKind.GROUP, PageKind.PERSONAL)
"""Pages a master can be for; a delegated page has an owner who is asked otherwise."""


class MasterState(StrEnum):
    """`open`: sent to the regions. Closing takes nothing back."""

    WRITING = "writing"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class FillState(StrEnum):
    """`running`: some questions are answered; `done`: it has become a draft."""

    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True)
class Master:
    """`wording` counts its texts, `version` all its changes (buttons carry it). `region`: where all its pages lie."""

    id: int
    author_id: int
    region: str
    state: MasterState
    version: int
    wording: int
    text: str
    pages: tuple[str, ...]
    closes_at: datetime | None
    sent_at: datetime | None
    created_at: datetime

    @property
    def subject(self) -> str:
        return f"master:{self.id}"

    def is_open(self, now: datetime) -> bool:
        return self.state is MasterState.OPEN and (self.closes_at is None or now < self.closes_at)


@dataclass(frozen=True)
class Fill:
    """Somebody's way through the questions of one wording, kept step by step. `page`: their own one, when it is for that.

    `step`: the question that is open; behind the last one come the photo and then the preview.
    """

    id: int
    master_id: int
    wording: int
    person_id: int
    region: str
    page: str
    state: FillState
    version: int
    step: int
    answers: tuple[str, ...]
    media: tuple[MediaRef, ...]
    album: str
    draft_id: int | None
    updated_at: datetime

    @property
    def subject(self) -> str:
        return f"fill:{self.id}"

    @property
    def own(self) -> bool:
        """In one's own words (H6)."""
        return self.page != ""


@dataclass(eq=False)
class BadAnswer(Invalid):
    """It cannot be filled in. `reason`: empty, long, lines, words (no text came) or photo (no photo came)."""

    reason: str
    length: int = 0
    limit: int = LONGEST_ANSWER


@dataclass(eq=False)
class MasterChanged(Conflict):
    """The button was drawn for an older version; nothing was done."""


@dataclass(eq=False)
class MasterClosed(Conflict):
    """Nobody begins to fill it in any more."""


@dataclass(eq=False)
class NothingChosen(Invalid):
    """Every line of the list is left out."""


# --- its pages and its end -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageSet:
    """Pages chosen with one tap. `kind` GROUP with a platform: those of the regions; else all of that kind."""

    kind: PageKind
    platform: Platform | None
    pages: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.platform.value if self.platform else self.kind.value


def page_sets(pages: Iterable[Page]) -> list[PageSet]:
    """What can be chosen at once: the regions' groups by network, the official pages, people's own; no empty sets."""
    known = tuple(pages)
    sets = [
        PageSet(
            PageKind.GROUP,
            platform,
            tuple(
                p.code for p in known if p.kind is PageKind.GROUP and p.platform is platform and p.region != EVERYWHERE
            ),
        )
        for platform in sorted({page.platform for page in known}, key=lambda p: p.order)
    ]
    sets += [
        PageSet(kind, None, tuple(page.code for page in known if page.kind is kind))
        for kind in (PageKind.OFFICIAL, PageKind.PERSONAL)
    ]
    return [found for found in sets if found.pages]


def toggled(chosen: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """All of `codes` added; taken out when every one was there already."""
    if set(codes) <= set(chosen):
        return tuple(code for code in chosen if code not in set(codes))
    return tuple(dict.fromkeys((*chosen, *codes)))


CLOSINGS = ("today", "tomorrow", "days", "none")


def closing(choice: str, person: Person, now: datetime) -> datetime | None:
    """The moment behind a button, on this person's clock: today 18:00, tomorrow 12:00, 18:00 in three days, none."""
    local = person.local(now)
    days, hour = {"today": (0, 18), "tomorrow": (1, 12), "days": (3, 18)}.get(choice, (0, 0))
    if not hour:
        return None
    return datetime.combine(local.date() + timedelta(days=days), time(hour), local.tzinfo)


def ensure_version(master: Master, version: int, *states: MasterState) -> None:
    """Raise `MasterChanged` unless the button was drawn for this version, in one of these states."""
    if master.version != version or master.state not in states:
        raise MasterChanged


def sent(master: Master, now: datetime) -> Master:
    """To the regions; `NoPages` when it is for none, `MasterClosed` when its end has passed."""
    if not master.pages:
        raise NoPages
    if master.closes_at is not None and master.closes_at <= now:
        raise MasterClosed
    return replace(master, state=MasterState.OPEN, sent_at=now)


def fitting(master: Master, pages: Iterable[Page], open_to: Iterable[Page]) -> list[Page]:
    """Of the pages somebody may write for, those the master is for."""
    meant, usable = set(master.pages), {page.code for page in pages}
    return [page for page in open_to if page.code in meant and page.code in usable and page.kind in KINDS]


# --- filling in ------------------------------------------------------------------------------------------------------


def questions(wording: Wording, *, own: bool) -> tuple[str, ...]:
    """What is asked, one after the other."""
    return OWN_QUESTIONS if own else wording.fields


def answered(fill: Fill, answer: str, now: datetime) -> Fill:
    """The open question answered. One line of at most 200 characters; in one's own words a paragraph. `BadAnswer`."""
    limit = LONGEST_OWN_ANSWER if fill.own else LONGEST_ANSWER
    words = answer.strip()
    if not words:
        raise BadAnswer("empty")
    if len(words) > limit:
        raise BadAnswer("long", len(words), limit)
    if not fill.own and len(words.splitlines()) > 1:
        raise BadAnswer("lines")
    answers = (*fill.answers[: fill.step], words, *fill.answers[fill.step + 1 :])
    return replace(fill, answers=answers, step=fill.step + 1, updated_at=now)


def gone_back(fill: Fill, now: datetime) -> Fill:
    """The question before; what was answered is kept."""
    return replace(fill, step=max(0, fill.step - 1), updated_at=now)


def kept(fill: Fill, asked: int, now: datetime) -> Fill:
    """On to the next step with what is there: an earlier answer, the photos; `BadAnswer` where nothing is."""
    if fill.step < asked and fill.step >= len(fill.answers):
        raise BadAnswer("empty")
    return replace(fill, step=min(asked + 1, fill.step + 1), updated_at=now)


def with_photo(fill: Fill, media: tuple[MediaRef, ...], album: str, asked: int, now: datetime) -> Fill:
    """The photo, or a further one of the same album; another one takes its place."""
    joins = bool(album) and album == fill.album
    files = (*fill.media, *media)[:MOST_MEDIA] if joins else media
    return replace(fill, media=files, album=album, step=asked + 1, updated_at=now)


def from_start(fill: Fill, now: datetime) -> Fill:
    """The first question again; what was answered is kept."""
    return replace(fill, step=0, updated_at=now)


def result(fill: Fill, wording: Wording) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of the draft and what was filled in; own words are the text and nothing of the master's."""
    if fill.own:
        return "\n\n".join(fill.answers), ()
    fills = tuple(zip(wording.fields, fill.answers, strict=True))
    return filled(wording, dict(fills)), fills


def is_as_filled(draft: Draft, text: str) -> bool:
    """Whether a draft says exactly what its fills put into this wording: then only they need reading."""
    if not draft.fills or draft.variants:
        return False
    wording, answers = parse(text), dict(draft.fills)
    return set(wording.fields) == set(answers) and filled(wording, answers) == draft.text


# --- an approver's list ----------------------------------------------------------------------------------------------

LINES = 10
"""Fills on one screen of the list."""
ROOM = 2600
"""Characters of fills on one screen: all of it is read before it is approved, so nothing is ever cut."""


def paged(items: Iterable[tuple[int, int, int]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Draft, version and characters of each fill as screens of at most `LINES` lines and `ROOM` characters; at least one."""
    pages: list[list[tuple[int, int]]] = [[]]
    used = 0
    for draft_id, version, size in items:
        if pages[-1] and (len(pages[-1]) == LINES or used + size > ROOM):
            pages.append([])
            used = 0
        pages[-1].append((draft_id, version))
        used += size
    return tuple(map(tuple, pages))
