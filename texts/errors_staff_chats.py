"""Words for presses in groups by those who may not."""

from markupsafe import Markup

from domain.staff_chats import AskAnother
from texts.explaining import explain
from texts.words import Words


@explain.register
def _ask_another(error: AskAnother, w: Words) -> Markup:
    names = w.list(_short(name) for name in error.names)
    if error.own:
        if not names:
            return w("This is your own draft: somebody else decides on it.")
        return w("This is your own draft: somebody else decides on it. Ask {names}.", names=names)
    region = error.region or w.plain("the whole campaign")
    if not names:
        return w("You do not decide here: {region}. Nobody does yet: tell a manager.", region=_short(region))
    return w("You do not decide here: {region}. Ask {names}.", region=_short(region), names=names)


def _short(name: str) -> str:
    """An alert has 200 characters for all of it."""
    return name if len(name) <= 30 else name[:29].rstrip() + "…"
