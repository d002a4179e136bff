"""A kind word below somebody's proof, and to a region's group. Nobody is named, nobody is compared."""

from dataclasses import replace

from markupsafe import Markup

from domain.praise import Kind, Praise
from domain.usecases.praise import TeamWeek
from handlers.screens.base import Screen, paragraphs
from texts.words import Words


def with_thanks(screen: Screen, praise: Praise | None, w: Words) -> Screen:
    """The answer to a proof, with a line more when there is a reason."""
    return screen if praise is None else replace(screen, text=paragraphs(screen.text, thanks(praise, w)))


def thanks(praise: Praise, w: Words) -> Markup:
    """Private: only the person reads it."""
    match praise.kind:
        case Kind.FIRST:
            return w("🎉 Your first post is out. Welcome, it is good to have you!")
        case Kind.RUN:
            return w.n(
                "🌟 {n} post in a row, all there. Thank you!",
                "🌟 {n} posts in a row, all there. Thank you!",
                praise.number,
            )
        case Kind.MONTH:
            return w.n(
                "🌟 For {n} month now everything you took on has been there. Thank you!",
                "🌟 For {n} months now everything you took on has been there. Thank you!",
                praise.number,
            )


def team_week(week: TeamWeek, w: Words) -> Screen:
    """To the region's group, on Monday."""
    return Screen(
        w.n(
            "🌟 <b>{region}</b>: last week every page kept its norm, {n} post. Thank you all!",
            "🌟 <b>{region}</b>: last week every page kept its norm, {n} posts. Thank you all!",
            week.posts,
            region=week.region,
        )
    )
