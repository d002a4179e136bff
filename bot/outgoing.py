"""What a notice becomes, and the registry of who renders which kind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from markupsafe import Markup

from domain.notices import CardCopy, Notice, QueuedNotice
from domain.people import Actor
from domain.ports import UnitOfWork
from handlers.screens.base import Content, Screen
from texts.words import Words


class Mode(Enum):
    """NEW: a message that rings. EDIT: the copy is redrawn in place. REPLACE: a new message, then the old one is deleted.

    DELETE: the target only disappears.
    """

    NEW = auto()
    EDIT = auto()
    REPLACE = auto()
    DELETE = auto()


@dataclass(frozen=True)
class Drawn:
    """A picture that is drawn when it is sent, not before; `caption` says what it shows."""

    name: str
    caption: Markup
    draw: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True)
class Outgoing:
    """With a `purpose` the sent message is remembered as a card copy of `subject` at `version`; `target` is the copy to edit or replace.

    Without a `screen` the content messages are all there is, and the last of them is what is remembered.
    `loud`: rings in the reader's quiet hours too.
    `silent` makes no sound; with `anew` a target that somebody deleted is sent again. In a group: `thread_id` is the topic (0: none),
    `owner` is whose card copy it is. `after`: what is owed once the sent message is remembered.
    """

    screen: Screen | None
    content: tuple[Content, ...] = ()
    mode: Mode = Mode.NEW
    target: CardCopy | None = None
    purpose: str = ""
    subject: str = ""
    version: int = 0
    loud: bool = False
    thread_id: int = 0
    silent: bool = False
    owner: int | None = None
    anew: bool = False
    after: tuple[Notice, ...] = ()
    bare: bool = False
    """EDIT: the content messages above the copy leave the chat."""
    picture: Drawn | None = None
    """Goes ahead of the screen."""


@dataclass(frozen=True)
class Reader:
    """Who reads: a member, or (actor None) somebody who has not joined, or a group.

    `bot_id`: a file_id belongs to one bot; `bot_username`: for links to it.
    """

    actor: Actor | None
    words: Words
    bot_id: int = 0
    bot_username: str = ""


RINGS_AGAIN = 4
"""Hours after which an addition rings; neighbouring zones have their evening within them."""


@dataclass
class NotYet(Exception):
    """Raised by a renderer: the notice holds, but only from `at` on (a silence, somebody's quiet hours)."""

    at: datetime


async def replacing(
    uow: UnitOfWork, reader: int, screen: Screen, *, purpose: str, subject: str, version: int = 0
) -> Outgoing:
    """One message per person and subject: the newer takes the place of the older, at the bottom of the chat."""
    older = await uow.cards.of_person(reader, purpose, subject)
    mode, target = (Mode.REPLACE, older[0]) if older else (Mode.NEW, None)
    return Outgoing(screen, mode=mode, target=target, purpose=purpose, subject=subject, version=version)


async def gathering(
    uow: UnitOfWork, reader: int, screen: Screen, *, purpose: str, subject: str, now: datetime
) -> Outgoing:
    """One message per person and subject that rings once: for some hours what is added edits it, later it comes anew.

    The copy's version is the hour in which it rang.
    """
    hour = int(now.timestamp()) // 3600
    older = next(iter(await uow.cards.of_person(reader, purpose, subject)), None)
    if older is None or hour - older.version >= RINGS_AGAIN:
        mode = Mode.NEW if older is None else Mode.REPLACE
        return Outgoing(screen, mode=mode, target=older, purpose=purpose, subject=subject, version=hour)
    return Outgoing(
        screen, mode=Mode.EDIT, target=older, purpose=purpose, subject=subject, version=older.version, anew=True
    )


Renderer = Callable[[UnitOfWork, QueuedNotice, Reader, datetime], Awaitable[Outgoing | None]]
"""Re-checks at the last moment whether the notice still holds: None drops it. Read-only."""

RENDERERS: dict[str, Renderer] = {}


def renders(*kinds: str) -> Callable[[Renderer], Renderer]:
    """Register a renderer for kinds of notices."""

    def register(renderer: Renderer) -> Renderer:
        for kind in kinds:
            assert kind not in RENDERERS, kind  # noqa: S101 - two renderers of one kind are a programming error
            RENDERERS[kind] = renderer
        return renderer

    return register
