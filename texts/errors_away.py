"""Words for absences that cannot be."""

from markupsafe import Markup

from domain.away import LONGEST, AlreadyAway, BadAbsence, NotEligible
from texts.explaining import explain
from texts.words import Words


@explain.register
def _already(_: AlreadyAway, w: Words) -> Markup:
    return w("You have an absence already. End it first: /away.")


@explain.register
def _bad(_: BadAbsence, w: Words) -> Markup:
    return w("That day does not work: it has passed, or it is more than {n} days ahead.", n=LONGEST)


@explain.register
def _not_eligible(_: NotEligible, w: Words) -> Markup:
    return w("This person cannot stand in: they may not decide everywhere where you do, or are away too.")
