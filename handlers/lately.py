"""Pictures that were sent a moment ago: impatient taps on one button are one wish."""

from datetime import datetime, timedelta

WINDOW = timedelta(seconds=15)
"""Longer than the first picture of a day takes to be drawn; what is asked for later may have changed."""


class Lately:
    """Held in memory: after a restart, or in another process, a picture comes once more than needed."""

    def __init__(self) -> None:
        self._sent: dict[tuple[int, str], datetime] = {}

    def has(self, person: int, what: str, now: datetime) -> bool:
        """Whether this person (Telegram's number) got it within the window."""
        self._sent = {key: at for key, at in self._sent.items() if now - at < WINDOW}
        return (person, what) in self._sent

    def note(self, person: int, what: str, now: datetime) -> None:
        self._sent[person, what] = now
