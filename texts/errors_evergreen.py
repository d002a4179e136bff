"""Words for texts that cannot come back."""

from markupsafe import Markup

from domain.evergreen import BadCoolDown, NotEvergreen, OnlyPersonal
from texts.explaining import explain
from texts.words import Words


@explain.register
def _not(_: NotEvergreen, w: Words) -> Markup:
    return w(
        "Only an approved text can come back, a minute after its approval at the earliest and never once recalled."
    )


@explain.register
def _personal(_: OnlyPersonal, w: Words) -> Markup:
    return w("This text is for a personal page, and there nothing is repeated.")


@explain.register
def _bad(_: BadCoolDown, w: Words) -> Markup:
    return w("Choose 14, 30 or 60 days.")
