"""Words for a file of figures that is refused as a whole."""

from markupsafe import Markup

from domain.figure_import import MAX_LINES, BadFile, FileFault, ImportOver, ImportState, NobodyToImportFor
from texts.explaining import explain
from texts.words import Words


@explain.register
def _bad_file(error: BadFile, w: Words) -> Markup:
    match error.fault:
        case FileFault.LARGE:
            return w("This file is larger than 1 MB. Split it into several.")
        case FileFault.LINES:
            return w("This file has more than {n} lines. Split it into several.", n=w.number(MAX_LINES))
        case FileFault.NOT_TEXT:
            return w("This is no CSV file. Save the table as “CSV” and send it again.")


@explain.register
def _import_over(error: ImportOver, w: Words) -> Markup:
    match error.state:
        case ImportState.DONE:
            return w("This file is taken in already.")
        case ImportState.CANCELLED:
            return w("This file was put away. Send it again to take it in.")
        case ImportState.WAITING:
            return w("This file has waited for too long. Send it again.")


@explain.register
def _nobody(_: NobodyToImportFor, w: Words) -> Markup:
    return w("There is no owner yet in whose name the figures could stand. Invite one first.")
