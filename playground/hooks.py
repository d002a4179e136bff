"""What a program that embeds the playground can add to its page: moments, tour steps, pages, a banner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from aiohttp import web

Json = dict[str, Any]

# Moves the clock itself, or returns the moment to move it to
Moment = Callable[[], Awaitable[datetime | None]]
# Brings the world's clock to a moment, with whatever the embedding program has to do on the way
Travel = Callable[[datetime], Awaitable[None]]
Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
Words = str | dict[str, str]  # the same in every language, or by language code ("en", "ru")

DEFAULT_BANNER: Final[Words] = {
    "en": "This is not Telegram. It is a local playground: nobody outside this computer sees anything.",
    "ru": "Это не Telegram, а местная площадка: за пределами этого компьютера никто ничего не увидит.",
}


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of a guided tour: what to read, whose phone to look at, what to type or press there.

    `button` is a regular expression for the callback data or the label of the button that the page points at.
    """

    text: Words
    user_id: int | None = None
    suggest: str = ""
    button: str = ""


@dataclass(slots=True)
class Hooks:
    """The additions of one embedding program."""

    moments: dict[str, Moment] = field(default_factory=dict)
    moment_labels: dict[str, Words] = field(default_factory=dict)
    travel: Travel | None = None  # None: the clock jumps
    tour: list[TourStep] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    page_labels: dict[str, Words] = field(default_factory=dict)
    banner: Words = field(default_factory=lambda: DEFAULT_BANNER)
    captions: dict[int, Words] = field(default_factory=dict)  # by user id: who somebody is, below their name
    zone: str = ""  # IANA zone in which the page shows times; empty: the browser's own

    def payload(self) -> Json:
        """As the page gets them."""
        return {
            "banner": self.banner,
            "captions": {str(user_id): text for user_id, text in self.captions.items()},
            "zone": self.zone,
            "moments": [{"name": name, "label": self.moment_labels.get(name, name)} for name in self.moments],
            "pages": [{"name": name, "label": self.page_labels.get(name, name)} for name in self.pages],
            "tour": [asdict(step) for step in self.tour],
        }
