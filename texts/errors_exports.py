"""Words for exports that cannot be made."""

from markupsafe import Markup

from domain.exports import ExportPeriodBad, TooManyExports
from texts.explaining import explain
from texts.words import Words


@explain.register
def _many(error: TooManyExports, w: Words) -> Markup:
    return w.n(
        "{n} file of yours is being made already. It comes in a moment; then ask for the next.",
        "{n} files of yours are being made already. They come in a moment; then ask for the next.",
        error.limit,
    )


@explain.register
def _period(_: ExportPeriodBad, w: Words) -> Markup:
    return w("That period has not begun, or is none of this campaign. Choose another.")
