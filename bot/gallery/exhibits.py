"""What the gallery shows: chapters of samples, each a few takes of one screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from handlers.screens.base import Card, Content, Screen
from texts.words import Words


@dataclass(frozen=True)
class Alert:
    """The answer to a press: plain text in a window that has to be closed, or a `toast` that goes by itself."""

    text: str
    toast: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture with an HTML caption and buttons: the chart."""

    caption: Markup
    keyboard: InlineKeyboardMarkup


Exhibit = Screen | Card | tuple[Content, ...] | Alert | Picture
Take = tuple[str, Exhibit]
"""A line on what is special here (English, for whoever reads the gallery), and what stands on the phone."""
Takes = Callable[[Words], Iterator[Take]]


@dataclass(frozen=True)
class Sample:
    """`of`: the public functions of `handlers.screens` whose work it shows."""

    of: tuple[Callable[..., object], ...]
    takes: Takes

    @property
    def name(self) -> str:
        return ", ".join(f"{function.__module__.rpartition('.')[2]}.{function.__name__}" for function in self.of)


@dataclass(frozen=True)
class Chapter:
    """One feature. `title` is English, for whoever reads the gallery."""

    title: str
    samples: list[Sample] = field(default_factory=list)

    def shows(self, *of: Callable[..., object]) -> Callable[[Takes], Takes]:
        """Adds the decorated function's takes as a sample of `of`."""

        def add(takes: Takes) -> Takes:
            self.samples.append(Sample(of, takes))
            return takes

        return add
