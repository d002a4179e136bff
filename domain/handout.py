"""When somebody gets the text of a post: it is not there for anybody to lose before it is needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Conflict

NEAR = timedelta(hours=2)
"""A post this close to the morning's list comes with it: its card in an extra message a little later would only ring once more."""
JUST_NOW = timedelta(minutes=10)
"""A card that came this long ago is a reminder by itself."""


def card_moment(listed_at: datetime, slot_at: datetime, lead: timedelta) -> datetime:
    """When the card comes by itself: with the morning's list when its moment is near, else `lead` before the slot.

    A post before the list lies in quiet hours that its person has opened: its card comes then too.
    """
    if slot_at < listed_at:
        return slot_at - lead
    return listed_at if slot_at - listed_at <= NEAR else max(listed_at, slot_at - lead)


def spares_reminder(card_at: datetime | None, now: datetime, *, accepted: bool) -> bool:
    """Whether a reminder before the slot would say the same again: the card has just come, or it came lately and they said yes."""
    return card_at is not None and now - card_at <= (NEAR if accepted else JUST_NOW)


@dataclass(eq=False)
class UnderEmbargo(Conflict):
    """The text may be public from `at` on, and it is handed out no earlier; `zone` is the reader's."""

    at: datetime
    zone: str
    now: datetime


def ensure_public(not_before: datetime | None, zone: str, now: datetime) -> None:
    """Raise `UnderEmbargo` while it is."""
    if not_before is not None and not_before > now:
        raise UnderEmbargo(not_before, zone, now)
