"""Campaign tags on other features' screens."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.words import Words


def on_card(sites: Sequence[str], w: Words) -> Markup | None:
    """To an approver: what is added to links when the text is handed out."""
    if not sites:
        return None
    return w("🏷 Links to {sites} get campaign tags when the text is handed out", sites=w.list(sites))
