"""The same person with a new phone or account: started by one, opened on the new account, confirmed by another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Conflict, Invalid
from domain.people import Actor

LINK = "new_"
"""How the code of a move begins in a deep link."""
TO_OPEN = timedelta(hours=2)
"""How long the link can be opened: it is handed over in person or on the phone."""
TO_CONFIRM = timedelta(hours=24)


class MoveState(StrEnum):
    OPEN = "open"
    """The link was made."""
    CLAIMED = "claimed"
    """It was opened on the new account; a second person has to confirm."""
    DONE = "done"
    DECLINED = "declined"


class MoveEnd(StrEnum):
    """How a move ended for whoever was asked, and for the new account."""

    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    """From the old account."""
    REPLACED = "replaced"
    """A newer link was made."""
    EXPIRED = "expired"
    ERASED = "erased"
    """The person's data are erased; nothing of the move is kept."""


@dataclass(frozen=True)
class AccountMove:
    """`telegram_id`, `name` and `username` are of the new account, once it has opened the link."""

    id: int
    person_id: int
    by_id: int
    at: datetime
    expires_at: datetime
    state: MoveState
    telegram_id: int | None
    name: str
    username: str
    decided_by: int | None = None

    @property
    def subject(self) -> str:
        return f"move:{self.id}"


def ensure_open(move: AccountMove, now: datetime) -> None:
    """`MoveOver` when the link can no longer be opened."""
    if move.state is not MoveState.OPEN or move.expires_at <= now:
        raise MoveOver


def ensure_second(move: AccountMove, actor: Actor, now: datetime) -> None:
    """`MoveOver` when nothing waits, `SameMover` when who started it also confirms."""
    if move.state is not MoveState.CLAIMED or move.expires_at <= now:
        raise MoveOver
    if actor.id in {move.by_id, move.person_id}:
        raise SameMover


@dataclass(eq=False)
class MoveOver(Conflict):
    """The link was used, replaced or has expired; or somebody has decided."""


@dataclass(eq=False)
class SameMover(Conflict):
    """Another person has to confirm."""


@dataclass(eq=False)
class NobodyToConfirm(Conflict):
    """Nobody else has the right to confirm the move."""


@dataclass(eq=False)
class AccountTaken(Invalid):
    """The account that opened the link belongs to somebody who is or was here."""
