"""Colleagues: open posts, asking somebody by name, exchanging; campaign tags on an approver's card."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import TOMORROW, view
from bot.gallery.samples.data import HTML_NAME, LONG, LONG_NAME, LONG_TITLE, NOW, OK, ZONE, minutes, person
from bot.gallery.samples.slots import slot
from domain.plan import AssignmentState, EmptyReason, SlotState
from domain.ports.open_slots import OpenSlot
from domain.swaps import Swap, SwapState
from domain.usecases.swaps import Choice, SwapView, Terms
from handlers.screens import campaign_tags, open_slots, swaps
from handlers.screens.assignment_parts import line
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("Colleagues: open posts and swaps")

BORIS = person(2, "Борис Ежов")
FREE = OpenSlot(slot(SlotState.EMPTY, 90, why=EmptyReason.NO_PERSON), False)
ASKED = OpenSlot(slot(at=200, page=LONG_TITLE), True)


def swap(state: SwapState = SwapState.OPEN, *, exchange: bool = False, name: str = "Борис Ежов") -> SwapView:
    mine = view(at=300)
    other = view(at=TOMORROW, page=OK) if exchange else None
    return SwapView(
        Swap(
            3,
            7,
            1,
            2,
            8 if exchange else None,
            minutes(300),
            minutes(TOMORROW) if exchange else None,
            state,
            minutes(270),
            1,
        ),
        mine,
        None if other is None else replace(other, person=BORIS),
        person(),
        person(2, name),
    )


@chapter.shows(open_slots.listing)
def listing(w: Words) -> Iterator[Take]:
    yield "Two open posts", open_slots.listing([FREE, ASKED], 0, w, ZONE, NOW)
    yield "Sixty, the second page", open_slots.listing([FREE, ASKED] * 30, 1, w, ZONE, NOW)
    yield "Somebody was faster", open_slots.listing([ASKED], 0, w, ZONE, NOW, taken=True)
    yield "Nothing is open", open_slots.listing([], 0, w, ZONE, NOW)


@chapter.shows(open_slots.claimed)
def claimed(w: Words) -> Iterator[Take]:
    yield "The first tap", open_slots.claimed(line(view(at=90), w, NOW), w)


@chapter.shows(swaps.whom)
def whom(w: Words) -> Iterator[Take]:
    people = tuple(person(n, name) for n, name in ((2, "Борис Ежов"), (3, LONG_NAME), (4, HTML_NAME)))
    yield "Whom to ask", swaps.whom(Choice(view(at=300), people, None), 0, w, NOW)
    yield "Sixty colleagues", swaps.whom(Choice(view(at=300), people * 20, None), 3, w, NOW)
    yield "Found by name", swaps.whom(Choice(view(at=300), people[:1], None, "борис"), 0, w, NOW)
    yield "Nobody of that name", swaps.whom(Choice(view(at=300), (), None, "пётр"), 0, w, NOW)
    yield "Nobody can", swaps.whom(Choice(view(at=300), (), None), 0, w, NOW)
    yield "Somebody is asked already", swaps.whom(Choice(view(at=300), people, swap()), 0, w, NOW)


@chapter.shows(swaps.ask_name)
def ask_name(w: Words) -> Iterator[Take]:
    yield "[Find by name] was tapped", swaps.ask_name(view(at=300), w, NOW)


@chapter.shows(swaps.for_what)
def for_what(w: Words) -> Iterator[Take]:
    theirs = (view(at=600, page=OK), view(at=TOMORROW, page=LONG))
    yield "To take it, or to exchange it", swaps.for_what(Terms(view(at=300), BORIS, True, theirs), w, NOW)
    yield "Only an exchange", swaps.for_what(Terms(view(at=300), person(4, HTML_NAME), False, theirs), w, NOW)
    yield "No longer possible", swaps.for_what(Terms(view(at=300), BORIS, False, ()), w, NOW)


@chapter.shows(swaps.waiting)
def waiting(w: Words) -> Iterator[Take]:
    yield "A colleague is asked", swaps.waiting(swap(), w, NOW)
    yield "An exchange", swaps.waiting(swap(exchange=True, name=LONG_NAME), w, NOW)


@chapter.shows(swaps.offer, swaps.outcome)
def offer(w: Words) -> Iterator[Take]:
    yield "Asked by name", swaps.offer(swap(), w, NOW)
    yield "Asked for an exchange", swaps.offer(swap(exchange=True), w, NOW)
    for state in SwapState:
        if state is not SwapState.OPEN:
            yield f"The same message when {state.value}", swaps.outcome(swap(state), w, NOW)


@chapter.shows(swaps.answered)
def answered(w: Words) -> Iterator[Take]:
    yield "A yes", swaps.answered(swap(SwapState.AGREED), w, NOW)
    done = swap(SwapState.AGREED, exchange=True)
    yield "An exchange", swaps.answered(replace(done, mine=view(AssignmentState.REPLACED, at=300)), w, NOW)
    yield "A no", swaps.answered(swap(SwapState.REFUSED), w, NOW)
    yield "No answer in time", swaps.answered(swap(SwapState.LAPSED), w, minutes(270))


@chapter.shows(campaign_tags.on_card)
def tags(w: Words) -> Iterator[Take]:
    told = campaign_tags.on_card(("kandidat.example.org", "shtab.example.org"), w)
    if told is not None:
        yield "Links to own sites, for an approver", Screen(told)
