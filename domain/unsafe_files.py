"""Files that are not taken in: what unfolds into something huge, and what nobody could look into before deciding."""

from enum import StrEnum

from domain.errors import Invalid


class Unsafe(StrEnum):
    """What is wrong with a file."""

    PICTURE = "picture"
    """It has more points than a phone could show, or hides them in almost no bytes."""
    ARCHIVE = "archive"
    """It holds other files: whoever approves could not see what would be posted."""
    MARKUP = "markup"
    """It declares entities of its own, which can unfold without end."""


class UnsafeFile(Invalid):
    """A file is not kept. `what`: see `Unsafe`."""

    def __init__(self, what: Unsafe) -> None:
        self.what = what
