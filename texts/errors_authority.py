"""Words for what can go wrong with page authority."""

from markupsafe import Markup

from domain.authority import (
    AuthorityChanged,
    BadAuthorityDays,
    BadAuthorityText,
    NoAuthority,
    NothingToStop,
    OwnerLinkInvalid,
)
from texts.explaining import explain
from texts.words import Words

_NAMED = 2
_TITLE = 30


@explain.register
def _none(error: NoAuthority, w: Words) -> Markup:
    titles = [title if len(title) <= _TITLE else title[: _TITLE - 1] + "…" for title in error.pages[:_NAMED]]
    return w(
        "Without its owner's written authority nothing goes to {pages}. A manager records it: /pages",
        pages=w.list(titles),
    )


@explain.register
def _text(error: BadAuthorityText, w: Words) -> Markup:
    if not error.length:
        return w("Please write a few words.")
    return w(
        "That is {n} characters, at most {limit} fit. Please write it shorter.",
        n=w.number(error.length),
        limit=w.number(error.limit),
    )


@explain.register
def _days(_: BadAuthorityDays, w: Words) -> Markup:
    return w("I need a last day that is not over yet, like 31.10.2026, or two days: 01.09.2026 – 31.10.2026")


@explain.register
def _changed(_: AuthorityChanged, w: Words) -> Markup:
    return w("This authority was recorded, replaced or revoked meanwhile. Open the page again: /pages")


@explain.register
def _link(_: OwnerLinkInvalid, w: Words) -> Markup:
    return w("This link was used already or replaced by a newer one. Please ask the team for another.")


@explain.register
def _late(_: NothingToStop, w: Words) -> Markup:
    return w("It is out already, or not planned any more: there is nothing to stop. Please write to the team.")
