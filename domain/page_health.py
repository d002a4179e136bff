"""How pages fare, and which of them needs help first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.runway import Runway
from domain.strip import Strip


class Need(IntEnum):
    """What a page needs help with; the smaller goes first."""

    RED = 1
    """A post was missed, or a slot stayed empty, on one of the last days."""
    TEXTS = 2
    """Its approved texts last for less than two days."""
    PEOPLE = 3
    """Nobody may post there, or nobody is left who could."""
    BEHIND = 4
    """Today something is missed or overdue."""


@dataclass(frozen=True)
class PageHealth:
    """`runway` None: it has no norm. `posters`: people who may post there; `unposted`: slots ahead with a text and nobody."""

    page: Page
    strip: Strip
    runway: Runway | None
    posters: int
    unposted: int = 0

    @property
    def needs(self) -> tuple[Need, ...]:
        """The gravest first; empty: it is well."""
        wants = self.runway is not None and self.runway.wants
        found = {
            Need.RED: self.strip.red_lately > 0,
            Need.TEXTS: self.runway is not None and self.runway.is_short,
            Need.PEOPLE: (wants and not self.posters) or self.unposted > 0,
            Need.BEHIND: self.strip.behind,
        }
        return tuple(need for need, holds in found.items() if holds)


Rank = tuple[int, bool, int, int, bool, str, int, str]


def rank(health: PageHealth) -> Rank:
    """Where a page stands in the list: its gravest need; the campaign's own pages before personal ones; more red days
    lately; texts that end sooner; then regions by code (pages of all regions last), networks, titles."""
    page, needs = health.page, health.needs
    return (
        needs[0] if needs else len(Need) + 1,
        page.kind is PageKind.PERSONAL,
        -health.strip.red_lately if needs else 0,
        health.runway.lasting if needs and health.runway is not None else 0,
        page.region == EVERYWHERE,
        page.region,
        page.platform.order,
        page.title,
    )


def by_need(found: Iterable[PageHealth]) -> list[PageHealth]:
    """Those that need help first."""
    return sorted(found, key=rank)
