"""Words for texts that have no imprint line, or another one than was approved."""

from markupsafe import Markup

from domain.imprints import ImprintGone, NoImprint
from domain.usecases.relining import OtherTexts
from texts.explaining import explain
from texts.words import Words

_NAMED = 2
"""Pages, and people to ask: an alert has 200 characters."""


@explain.register
def _no_imprint(error: NoImprint, w: Words) -> Markup:
    titles = [title[:28] for title in error.pages[:_NAMED]]
    more = [w.plain("others")] if len(error.pages) > _NAMED else []
    head = w("Not approved: no imprint line for {pages}.", pages=w.list([*titles, *more]))
    if not error.ask:
        return head + " " + w("Headquarters has to load one.")
    return head + " " + w("Ask: {names}.", names=w.list(name[:24] for name in error.ask[:_NAMED]))


@explain.register
def _gone(error: ImprintGone, w: Words) -> Markup:
    return w(
        "The imprint line of {page} is not the approved one any more: this is not to be posted.", page=error.page[:60]
    )


@explain.register
def _other_texts(_: OtherTexts, w: Words) -> Markup:
    return w("What waits has changed since. Nothing is approved yet: please look again.")
