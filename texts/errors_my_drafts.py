"""Words for drafts that their author cannot give up any more."""

from markupsafe import Markup

from domain.my_drafts import AlreadyPublished
from texts.explaining import explain
from texts.words import Words


@explain.register
def _published(error: AlreadyPublished, w: Words) -> Markup:
    shown = w.list(page if len(page) <= 30 else page[:29] + "…" for page in error.pages[:2])
    return w("It is public already: {pages}. A press secretary can have it corrected or removed: /recall.", pages=shown)
