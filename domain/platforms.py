"""The networks of the campaign and how much text and media one post may carry there."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from twitter_text import parse_tweet

from domain.media_rules import MEGABYTE, MediaRule


class Platform(StrEnum):
    VK = "vk"
    OK = "ok"
    X = "x"
    TELEGRAM = "telegram"

    @property
    def order(self) -> int:
        """Where it stands in lists: everywhere the same."""
        return list(Platform).index(self)


class Unit(StrEnum):
    """What one unit of a limit is."""

    UTF16 = "utf16"  # as phones and browsers count: most emoji are two
    WEIGHTED = "weighted"  # as X counts: Latin and Cyrillic one, emoji and hieroglyphs two, links fixed


@dataclass(frozen=True, slots=True)
class PlatformRule:
    """Limits of one network, with where they were read and when. `confirmed`: the network says so itself."""

    limit: int
    unit: Unit
    links_weigh: int | None  # fixed length of any link, None: as long as it is
    media: MediaRule
    source: str
    as_of: date
    confirmed: bool
    limit_with_media: int | None = None  # None: the same

    @property
    def max_media(self) -> int:
        """Files in one post."""
        return self.media.most

    def limit_for(self, media: int) -> int:
        return self.limit_with_media if media and self.limit_with_media is not None else self.limit


_AS_OF = date(2026, 11, 22)

RULES: Mapping[Platform, PlatformRule] = MappingProxyType(
    {
        Platform.VK: PlatformRule(
            limit=16_384,
            unit=Unit.UTF16,
            links_weigh=None,
            media=MediaRule(
                most=10,
                max_bytes={"photo": 50 * MEGABYTE, "animation": 200 * MEGABYTE},
                source="what connectors of other vendors state for attachments of wall posts",
                as_of=_AS_OF,
                confirmed=False,
            ),
            source="not published by VK; what connectors of other vendors state for wall posts",
            as_of=_AS_OF,
            confirmed=False,
        ),
        Platform.OK: PlatformRule(
            # No limit of posts is known; VK's is taken over, so that one text can go to both.
            limit=16_384,
            unit=Unit.UTF16,
            links_weigh=None,
            media=MediaRule(
                most=10,
                max_bytes={"photo": 50 * MEGABYTE, "animation": 200 * MEGABYTE},
                source="not published by Odnoklassniki; VK's are taken over",
                as_of=_AS_OF,
                confirmed=False,
            ),
            source="not published by Odnoklassniki; our own cap",
            as_of=_AS_OF,
            confirmed=False,
        ),
        Platform.X: PlatformRule(
            limit=280,
            unit=Unit.WEIGHTED,
            links_weigh=23,
            media=MediaRule(
                most=4,
                most_of={"video": 1, "animation": 1},
                alone=frozenset({"video", "animation"}),
                max_bytes={"photo": 5 * MEGABYTE, "animation": 15 * MEGABYTE, "video": 512 * MEGABYTE},
                source="docs.x.com, Media: introduction and best practices",
                as_of=_AS_OF,
                confirmed=True,
            ),
            source="docs.x.com, Counting characters (twitter-text configuration 3); accounts without Premium",
            as_of=_AS_OF,
            confirmed=True,
        ),
        Platform.TELEGRAM: PlatformRule(
            limit=4096,
            unit=Unit.UTF16,
            links_weigh=None,
            media=MediaRule(
                most=10,
                most_of={"animation": 1},
                alone=frozenset({"animation"}),
                max_bytes={"photo": 10 * MEGABYTE, "video": 2000 * MEGABYTE, "animation": 2000 * MEGABYTE},
                source="core.telegram.org/bots/api, sendMediaGroup and sendPhoto; telegram.org/faq for videos (2 GB)",
                as_of=_AS_OF,
                confirmed=True,
            ),
            source="core.telegram.org/bots/api, sendMessage, sendPhoto and sendMediaGroup",
            as_of=_AS_OF,
            confirmed=True,
            limit_with_media=1024,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a post's room is used, in the network's own units."""

    used: int
    limit: int
    media: int = 0
    max_media: int = 0

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def fits(self) -> bool:
        return self.used <= self.limit and self.media <= self.max_media


def length(platform: Platform, text: str, rules: Mapping[Platform, PlatformRule] = RULES) -> int:
    """The length of a text as this network counts it."""
    if rules[platform].unit is Unit.WEIGHTED:
        return int(parse_tweet(unicodedata.normalize("NFC", text)).weightedLength)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure(platform: Platform, text: str, media: int = 0, rules: Mapping[Platform, PlatformRule] = RULES) -> Measure:
    """The text and the number of photos or videos against the limits of this network."""
    rule = rules[platform]
    return Measure(length(platform, text, rules), rule.limit_for(media), media, rule.max_media)


def fits(platform: Platform, text: str, media: int = 0, rules: Mapping[Platform, PlatformRule] = RULES) -> bool:
    return measure(platform, text, media, rules).fits
