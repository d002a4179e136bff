"""Words for what can go wrong with emergency stops."""

from markupsafe import Markup

from domain.halts import AlreadyHalted, HaltHolds, HaltOver, NobodyToResume, SecondPersonNeeded
from texts.explaining import explain
from texts.words import Words


@explain.register
def _holds(error: HaltHolds, w: Words) -> Markup:
    when = w.moment(error.since, error.zone, error.now)
    return w("Stopped since {when}: please do not post. The text comes back as soon as it goes on.", when=when)


@explain.register
def _already(error: AlreadyHalted, w: Words) -> Markup:
    return w("{name} has stopped this already.", name=error.by) if error.by else w("This is stopped already.")


@explain.register
def _over(error: HaltOver, w: Words) -> Markup:
    return w("{name} has let it go on already.", name=error.by) if error.by else w("It goes on already.")


@explain.register
def _second(_: SecondPersonNeeded, w: Words) -> Markup:
    return w("Your yes is noted already. Now another person has to tap Resume: nobody resumes alone.")


@explain.register
def _nobody(error: NobodyToResume, w: Words) -> Markup:
    where = error.region or w.plain("the whole campaign")
    return w(
        "It takes two people, and only you could resume here. Appoint one more press secretary or manager: {where}.",
        where=where,
    )
