"""Words for what is not taken in."""

from markupsafe import Markup

from domain.sensitive import NotKept, Sensitive
from domain.unsafe_files import Unsafe, UnsafeFile
from texts.explaining import explain
from texts.words import Words, mark

_NOT_KEPT = {
    Sensitive.PEOPLE: mark("This looks like a list of people. Such lists are not kept here; nothing of it was."),
    Sensitive.SECRET: mark(
        "This looks like a password or a login code. Such things are not kept here; nothing of it was."
    ),
}
_UNSAFE = {
    Unsafe.PICTURE: mark(
        "This picture is too large to be opened safely. Send it as a photo, or make it smaller. Nothing was kept."
    ),
    Unsafe.ARCHIVE: mark(
        "An archive cannot be looked into before it is approved. Send the texts and pictures themselves. Nothing was kept."
    ),
    Unsafe.MARKUP: mark(
        "This file declares parts that could unfold without end. Send the text itself. Nothing was kept."
    ),
}


@explain.register
def _not_kept(error: NotKept, w: Words) -> Markup:
    return w(_NOT_KEPT[error.what])  # texts: dynamic


@explain.register
def _unsafe(error: UnsafeFile, w: Words) -> Markup:
    return w(_UNSAFE[error.what])  # texts: dynamic
