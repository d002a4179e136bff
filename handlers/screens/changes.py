"""What changed between two texts, as it is read on a phone: removed words struck out, new ones underlined."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.diff import Change, Piece, shortened

DIFF_LIMIT = 2500
"""Characters of changes that one message shows beside the rest."""


def fits(changes: Sequence[Piece]) -> bool:
    """Whether they can be shown; if not, the new text has to be read in full."""
    return sum(len(piece.text) for piece in shortened(changes)) <= DIFF_LIMIT


def marked(changes: Sequence[Piece]) -> Markup:
    """As a quotation."""
    marks = {Change.SAME: "{}", Change.REMOVED: "<s>{}</s>", Change.ADDED: "<u>{}</u>"}
    pieces = (Markup(marks[piece.change]).format(piece.text) for piece in shortened(changes))  # noqa: S704 - three literals
    return Markup("<blockquote>{}</blockquote>").format(Markup("").join(pieces))
