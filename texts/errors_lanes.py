"""Words for what a lane asks for."""

from markupsafe import Markup

from domain.lanes import (
    BECAUSE_LIMIT,
    SOURCES_LIMIT,
    BadBecause,
    BadSources,
    LaneChanged,
    LoosensOfficial,
    NoSources,
    UncheckedRisks,
)
from texts.explaining import explain
from texts.words import Words


@explain.register
def _no_sources(_: NoSources, w: Words) -> Markup:
    return w("A page of the bold lane asks for sources. The author names them with [🔗 Sources] on the draft.")


@explain.register
def _bad_sources(error: BadSources, w: Words) -> Markup:
    if error.length:
        limit, n = w.number(SOURCES_LIMIT), w.number(error.length)
        return w(
            "That is {n} characters; sources take at most {limit}. Send the most important ones.", n=n, limit=limit
        )
    return w(
        "I see neither a link nor a document's name there. Send a link, a file or «a title in quotes»; /cancel leaves it."
    )


@explain.register
def _unchecked(error: UncheckedRisks, w: Words) -> Markup:
    return w.n(
        "Not approved yet: open the risk checklist, {n} of its points is left.",
        "Not approved yet: open the risk checklist, {n} of its points are left.",
        error.left,
    )


@explain.register
def _bad_because(error: BadBecause, w: Words) -> Markup:
    if error.length:
        limit, n = w.number(BECAUSE_LIMIT), w.number(error.length)
        return w("That is {n} characters; the reason takes at most {limit}. Say it shorter.", n=n, limit=limit)
    return w("Write in a few words why it is permitted here.")


@explain.register
def _lane_changed(_: LaneChanged, w: Words) -> Markup:
    return w("Somebody has changed this page's lane meanwhile. Look at it once more.")


@explain.register
def _loosens(_: LoosensOfficial, w: Words) -> Markup:
    return w("An official page would need less than before: that has to be confirmed.")
