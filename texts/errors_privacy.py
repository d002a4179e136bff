"""Words for what can go wrong when people correct or erase what is stored about them."""

from markupsafe import Markup

from domain.corrections import (
    AlreadyAsked,
    BadName,
    CorrectionDecided,
    CorrectionState,
    NameOfColleague,
    NotAName,
    Unfit,
    WordsNeeded,
)
from domain.privacy import ButtonTooOld
from texts.explaining import explain
from texts.words import Words


@explain.register
def _name(error: BadName, w: Words) -> Markup:
    return w("A name is one line of at most {longest} characters. Send it once more.", longest=error.longest)


@explain.register
def _no_name(error: NotAName, w: Words) -> Markup:
    if error.why is Unfit.LINK:
        return w(
            "Please without links and @names: colleagues need your real first name and surname, for example Anna Sokolova."
        )
    return w(
        "This could be taken for an office or a service. Please write your real first name and surname, for example Anna"
        " Sokolova. Your role stands beside it anyway."
    )


@explain.register
def _colleague(error: NameOfColleague, w: Words) -> Markup:
    return w(
        "In your region {name} is known by this name, or by one that looks the same. Add your surname, your town.",
        name=error.name,
    )


@explain.register
def _words(error: WordsNeeded, w: Words) -> Markup:
    return w("Say it in at most {longest} characters, please.", longest=error.longest)


@explain.register
def _asked(_: AlreadyAsked, w: Words) -> Markup:
    return w("You have asked for this already; it has not been settled yet.")


@explain.register
def _decided(error: CorrectionDecided, w: Words) -> Markup:
    if error.state is CorrectionState.OPEN:
        return w("Somebody has settled this a moment ago.")
    return w("This has been settled already.")


@explain.register
def _too_old(_: ButtonTooOld, w: Words) -> Markup:
    return w("This question is more than ten minutes old. Open /privacy and tap once more, if you still want it.")
