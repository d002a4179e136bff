"""Open posts: nobody has them, or whoever has them asks for a substitute."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Conflict

AHEAD = timedelta(days=2)
"""How far ahead they are listed."""

STILL_OPEN = timedelta(hours=24)
"""A late post for which a substitute is asked stands there until its day is closed."""


@dataclass(eq=False)
class SlotTaken(Conflict):
    """Somebody was faster, or it is no longer open."""
