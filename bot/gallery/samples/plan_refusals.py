"""Refusals about the plan: slots, posting by hand, proofs, reminders, hours."""

from bot.gallery.samples.data import LONG_NAME, LONG_TITLE, NOW, TODAY, ZONE, minutes
from domain.availability import BadAmount, DayPassed, DayTooFar, NoWeekday
from domain.day_plan import (
    BadClock,
    BadReason,
    ChangeStands,
    Doubt,
    Doubtful,
    MomentGone,
    MomentTaken,
    NotCarried,
    NoTextThere,
    NothingToSwap,
    PageStopped,
    SilentMoment,
    SlotChanged,
    SlotSettled,
    Unfit,
    UrgentPlace,
)
from domain.day_plan_people import CannotTake, MayNotPost, Why
from domain.errors import DomainError
from domain.feeds import FeedChanged
from domain.handout import UnderEmbargo
from domain.ladder import LONGEST, SHORTEST, BadTime, LadderChanged, LongText
from domain.mishaps import MishapSettled, TooLateToSay
from domain.open_slots import SlotTaken
from domain.plan import (
    AssignmentClosed,
    AssignmentState,
    DoubleBooked,
    LinkCounted,
    LinkUsed,
    NothingOpenThere,
    SlotState,
    TooLateToUndo,
    WrongPage,
)
from domain.published import NothingToCompare
from domain.reminders import RemindersChanged, TooLateToSnooze
from domain.spot_checks import BadNote, CheckDecided, OwnProof
from domain.swaps import NotForThem, SwapClosed, SwapState, TooLateToSwap
from domain.typed_hours import BadDays, BadHours

PLAN_ERRORS: tuple[DomainError, ...] = (
    *(AssignmentClosed(state) for state in AssignmentState),
    LinkUsed("https://vk.com/wall-1_1001"),
    LinkCounted("https://vk.com/wall-1_1001"),
    NothingOpenThere("https://vk.com/wall-1_1001"),
    NothingToCompare(),
    CheckDecided(),
    OwnProof(),
    BadNote(),
    BadNote(400),
    TooLateToSay(),
    MishapSettled(),
    WrongPage("https://vk.com/wall-1_1001", LONG_TITLE),
    DoubleBooked(),
    UnderEmbargo(minutes(90), ZONE, NOW),
    SlotTaken(),
    *(SwapClosed(state) for state in SwapState),
    TooLateToSwap(),
    NotForThem(LONG_NAME),
    TooLateToUndo(),
    SlotChanged("Вера Лебедева"),
    SlotChanged(""),
    *(SlotSettled(state) for state in (SlotState.POSTED, SlotState.MISSED, SlotState.CANCELLED)),
    UrgentPlace(),
    *(MomentTaken(minutes(60), ZONE, skipped) for skipped in (True, False)),
    MomentGone(),
    BadClock(),
    *(Doubtful(minutes(60), (doubt,), ZONE) for doubt in Doubt),
    SilentMoment(),
    PageStopped(LONG_TITLE),
    *(CannotTake(LONG_NAME, why) for why in Why),
    MayNotPost(LONG_NAME, LONG_TITLE),
    *(NotCarried(LONG_TITLE, why) for why in Unfit),
    NoTextThere(LONG_TITLE),
    NothingToSwap(),
    BadReason(0, 200),
    *(ChangeStands(late=late) for late in (True, False)),
    BadTime(SHORTEST, LONGEST),
    LongText(231, 200),
    LadderChanged(),
    RemindersChanged(),
    TooLateToSnooze(minutes(20), ZONE, NOW),
    TooLateToSnooze(None, ZONE, NOW),
    BadHours(),
    BadDays(),
    NoWeekday(),
    BadAmount(10),
    DayPassed(TODAY),
    DayTooFar(60),
    FeedChanged(),
)
