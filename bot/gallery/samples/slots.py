"""The plan before those who answer for it: gaps, late posts, the evening."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, HTML_TITLE, LONG_TITLE, NOW, SHORT, TODAY, ZONE, minutes, text_of
from domain.plan import DeclineReason, EmptyReason, Slot, SlotState
from domain.platforms import Platform
from domain.ports.plan import Declined, SlotView
from domain.usecases.rounds import DayTroubles
from handlers.screens import slots
from texts.words import Words

chapter = Chapter("The plan in trouble")


def slot(
    state: SlotState = SlotState.FILLED,
    at: int = -75,
    *,
    why: EmptyReason | None = None,
    who: str | None = "Анна Соколова",
    page: str = "Наша Казань",
) -> SlotView:
    posted = minutes(-5) if state is SlotState.POSTED else None
    return SlotView(
        Slot(5, "vk-kazan", TODAY, minutes(at), state, why, 12, 1, posted, 1),
        page, Platform.VK, "kazan", ZONE, 7, 1, None if state is SlotState.EMPTY else who,
    )  # fmt: skip


NO_TEXT = slot(SlotState.EMPTY, 24 * 60, why=EmptyReason.NO_TEXT)
NO_PERSON = slot(SlotState.EMPTY, 24 * 60 + 90, why=EmptyReason.NO_PERSON, page=LONG_TITLE)
DECLINES = [Declined("Борис Ежов", reason, "") for reason in DeclineReason]
NOTE = Declined(HTML_NAME, DeclineReason.OTHER, "Я в поезде до вечера, связи почти нет & телефон <садится>.")


@chapter.shows(slots.empty_slots)
def empty_slots(w: Words) -> Iterator[Take]:
    tomorrow = TODAY + timedelta(days=1)
    yield "One gap", slots.empty_slots(tomorrow, [NO_TEXT], w, ZONE)
    yield "No text, no person", slots.empty_slots(tomorrow, [NO_TEXT, NO_PERSON], w, ZONE)
    yield "60 gaps", slots.empty_slots(tomorrow, [NO_TEXT, NO_PERSON] * 30, w, ZONE)


@chapter.shows(slots.late)
def late(w: Words) -> Iterator[Take]:
    yield "75 minutes late", slots.late(slot(), w, ZONE, NOW)
    yield "With somebody who said yes", slots.late(replace(slot(), accepted_at=minutes(-300)), w, ZONE, NOW)
    yield "Nobody has it", slots.late(slot(who=None), w, ZONE, NOW)
    yield "Everybody declined", slots.late(slot(who=None, page=LONG_TITLE), w, ZONE, NOW, [*DECLINES, NOTE])


@chapter.shows(slots.late_together)
def late_together(w: Words) -> Iterator[Take]:
    two = [slot(), slot(who=None, page=HTML_TITLE)]
    yield "Two within minutes", slots.late_together(two, w, ZONE, NOW)
    others = [slot(state) for state in (SlotState.POSTED, SlotState.MISSED, SlotState.EMPTY, SlotState.CANCELLED)]
    yield "One is missing still", slots.late_together([slot(page=LONG_TITLE), *others], w, ZONE, NOW)
    yield "Nothing is late any more", slots.late_together(others[:1] * 2, w, ZONE, NOW)
    yield "Thirty", slots.late_together([slot(page=LONG_TITLE)] * 30, w, ZONE, NOW)


@chapter.shows(slots.nobody)
def nobody(w: Words) -> Iterator[Take]:
    yield "It is still with somebody", slots.nobody(slot(), w, ZONE, NOW)
    yield "Nobody at all", slots.nobody(slot(who=None, page=HTML_TITLE), w, ZONE, NOW, [DECLINES[0], NOTE])


@chapter.shows(slots.ended)
def ended(w: Words) -> Iterator[Take]:
    for state in (SlotState.POSTED, SlotState.MISSED, SlotState.FILLED):
        yield f"The message about it when {state.value}", slots.ended(slot(state), w, ZONE, NOW)
    yield "Empty again", slots.ended(slot(SlotState.EMPTY), w, ZONE, NOW)
    yield "Cancelled", slots.ended(slot(SlotState.CANCELLED), w, ZONE, NOW)


@chapter.shows(slots.given_up)
def given_up(w: Words) -> Iterator[Take]:
    yield "Missed twice", slots.given_up(slot(SlotState.MISSED), SHORT, w)
    yield "9,000 characters", slots.given_up(slot(SlotState.MISSED, page=HTML_TITLE), text_of(9000), w)


@chapter.shows(slots.evening)
def evening(w: Words) -> Iterator[Take]:
    one = DayTroubles((), (slot(SlotState.MISSED),), (), ())
    yield "One missed", slots.evening(TODAY, one, w, ZONE)
    missed = tuple(replace(slot(SlotState.MISSED), page_title=title) for title in (LONG_TITLE, HTML_TITLE))
    bad = DayTroubles(missed * 10, missed * 10, (slot(),) * 20, (NO_TEXT,) * 20)
    yield "A bad day", slots.evening(TODAY, bad, w, ZONE)
