"""A region's group: a group or a topic of one where the staff see what waits, and may approve."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import Forbidden
from domain.people import EVERYWHERE

EVERY = timedelta(seconds=20)
"""A queue card is redrawn at most so often: a group takes about 20 messages and edits a minute in all."""


class Trouble(StrEnum):
    """Why nothing can be shown in a group any more. The value is stored."""

    KICKED = "kicked"
    """The bot is not there any more, or the group is gone."""
    NO_TOPIC = "no_topic"
    TOPIC_CLOSED = "topic_closed"
    NO_RIGHT = "no_right"
    """It is there, but may not write."""


@dataclass(frozen=True)
class StaffChat:
    """`thread_id` 0: no topic, or General. `region`: `EVERYWHERE` shows every queue. Quiet hours: on the region's clock."""

    id: int
    chat_id: int
    thread_id: int
    region: str
    title: str
    language: str
    quiet_from: time
    quiet_to: time
    bound_by: int
    bound_at: datetime
    trouble: Trouble | None

    @property
    def subject(self) -> str:
        """Of its queue card."""
        return f"staff_chat:{self.id}"

    def covers(self, region: str) -> bool:
        """Whether a draft of this region is shown here."""
        return self.region in {EVERYWHERE, region}

    def is_quiet(self, at: datetime, zone: str) -> bool:
        """Whether a new card makes no sound at `at` (aware); the hours may run over midnight."""
        clock = at.astimezone(ZoneInfo(zone)).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to


def card_subject(draft_id: int) -> str:
    """Of a draft's own card in groups: apart from the approvers' cards, which one person reads."""
    return f"staff.draft:{draft_id}"


@dataclass(eq=False)
class AskAnother(Forbidden):
    """Others decide there: `names` of whom to ask, `region` (its name, empty for the whole campaign); `own`: one's own draft."""

    region: str
    names: tuple[str, ...]
    own: bool = False
