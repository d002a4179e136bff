"""Content runway: for how many days a page's approved texts last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from domain import timing
from domain.timing import Timed

HORIZON = 7
"""Days looked ahead, today included: more is "a week or more"."""
SHORT = 2
"""Texts for fewer days than this are a matter of today."""


class Text(Timed, Protocol):
    """An approved text; an evergreen one rests on a page until `rests_until`."""

    @property
    def rests_until(self) -> datetime | None: ...


_NEVER = datetime.max.replace(tzinfo=UTC)
T = TypeVar("T", bound=Text)
Needs = Sequence[Sequence[datetime]]
"""By day, today first: the moments that still need a text; empty where nothing is wanted or every slot has one."""


@dataclass(frozen=True)
class Runway:
    """Days from today on without a gap, at most `HORIZON`. `fresh`: with new texts alone; `lasting`: with evergreen ones too.

    `wants`: whether anything is wanted in these days at all.
    """

    fresh: int
    lasting: int
    wants: bool = True

    @property
    def is_short(self) -> bool:
        return self.wants and self.lasting < SHORT

    @property
    def is_open(self) -> bool:
        """No end in sight."""
        return self.fresh >= HORIZON


def usable(text: Text, at: datetime) -> bool:
    """Whether embargo, expiry and rest leave the text for a slot at `at`."""
    return timing.fits(text, at) and (text.rests_until is None or text.rests_until <= at)


def covered(needs: Needs, texts: Iterable[T], fits: Callable[[T, datetime], bool] = lambda _text, _at: True) -> int:
    """How many days from the first on have a text for each of their moments; a text serves once.

    A moment takes the text that expires first, which leaves the most for those after it. `fits`: what else a text must be there.
    """
    left = sorted(texts, key=lambda text: (text.expires_at is None, text.expires_at or _NEVER))
    for number, moments in enumerate(needs):
        for at in sorted(moments):
            found = next((text for text in left if usable(text, at) and fits(text, at)), None)
            if found is None:
                return number
            left.remove(found)
    return len(needs)


def runway(
    needs: Needs,
    fresh: Sequence[T],
    evergreen: Sequence[T] = (),
    fits: Callable[[T, datetime], bool] = lambda _text, _at: True,
    *,
    wants: bool = True,
    bare: bool = False,
) -> Runway:
    """`needs` from today on; `wants`: something is wanted in these days, filled or not; `bare`: the first of `needs` is the next post,
    and not today's: an evening after the last post is no day that texts last for."""
    first = next(([moments[:1]] for moments in map(sorted, needs) if moments), [])

    def days(texts: Sequence[T]) -> int:
        found = covered(needs, texts, fits)
        return 0 if bare and found < SHORT and not covered(first, texts, fits) else found

    new = days(fresh)
    return Runway(new, days([*fresh, *evergreen]) if evergreen else new, wants=wants)
