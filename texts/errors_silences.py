"""Words for what can go wrong with silences and their lifting."""

from markupsafe import Markup

from domain.silence import (
    LeaderToLift,
    LiftLapsed,
    LiftOver,
    MourningTooLong,
    NobodyToLift,
    NotSilentNow,
    SameSilence,
    SecondToLift,
    SilenceGone,
    SilenceReason,
)
from texts.explaining import explain
from texts.words import Words


@explain.register
def _same(_: SameSilence, w: Words) -> Markup:
    return w("This is announced already.")


@explain.register
def _long(_: MourningTooLong, w: Words) -> Markup:
    return w("By hand a mourning lasts one to three days. A longer one belongs into the plan.")


@explain.register
def _reason(error: SilenceReason, w: Words) -> Markup:
    if not error.length:
        return w("Please write the reason in a few words.")
    return w(
        "That is {n} characters, at most {limit} fit. Please write it shorter.",
        n=w.number(error.length),
        limit=w.number(error.limit),
    )


@explain.register
def _not_now(_: NotSilentNow, w: Words) -> Markup:
    return w("It does not hold there at this moment, so there is nothing to lift.")


@explain.register
def _gone(_: SilenceGone, w: Words) -> Markup:
    return w("This silence was changed or has ended meanwhile. Open the list again: /silence")


@explain.register
def _second(_: SecondToLift, w: Words) -> Markup:
    return w("Your yes is noted already. Nobody lifts a silence alone: now another person has to agree.")


@explain.register
def _leader(_: LeaderToLift, w: Words) -> Markup:
    return w("One of the two has to be a manager or an owner.")


@explain.register
def _nobody(error: NobodyToLift, w: Words) -> Markup:
    if error.leader:
        return w("It takes two people, one of them a manager or an owner, and there is none to ask. Appoint one.")
    return w("It takes two people, and nobody else may agree here. Appoint one more press secretary or manager.")


@explain.register
def _over(_: LiftOver, w: Words) -> Markup:
    return w("This was decided or taken back already.")


@explain.register
def _lapsed(_: LiftLapsed, w: Words) -> Markup:
    return w("The hour for the second yes is over: the silence stays. It can be asked again.")
