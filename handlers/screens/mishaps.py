"""The network took a post down, or has blocked an account: what everybody concerned sees."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from domain.platforms import Platform
from domain.ports.plan import AssignmentView
from domain.usecases.accounts import BlockFacts
from handlers.screens.assignment_parts import AssignmentButton, ProofButton, line, page_line
from handlers.screens.base import Row, Screen, button, link, paragraphs
from handlers.screens.nav import Go
from texts.names import platform_name
from texts.words import Words, Zone


def _day(w: Words) -> Row:
    return (button(w.plain("My day"), Go(to="today")),)


# -- a post is gone -------------------------------------------------------------------------------------------------------------


def sure_gone(view: AssignmentView, w: Words, now: datetime, value: str = "") -> Screen:
    """[It was removed] was tapped."""
    text = w(
        "Has the network taken your post down? It stays counted as posted, and the press secretary decides whether it "
        "goes out again."
    )
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, it is gone"), ProofButton(verb="took", id=number, version=version, value=value))
    no = button(w.plain("‹ Back"), ProofButton(verb="fine", id=number, version=version, value=value))
    return Screen(paragraphs(line(view, w, now), text), ((yes,), (no,)))


def gone(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[Yes, it is gone]."""
    text = w("Thank you for telling us. It counts as posted; the press secretary knows and decides what comes next.")
    return Screen(paragraphs(text, line(view, w, now)), (_day(w),))


def removed(view: AssignmentView, w: Words, zone: Zone, now: datetime) -> Screen:
    """To the press secretaries."""
    at = view.slot.posted_at or now
    text = w("⚠ <b>The network took a post down</b>")
    who = w("{name} posted it {time}.", name=view.person.name, time=w.moment(at, zone, now))
    hint = w("It stays counted as posted. Shall the same text go out there again?")
    number, version = view.assignment.id, view.slot.version
    rows: list[Row] = [(link(w.plain("Open the link"), view.proof_url),)] if view.proof_url else []
    again = button(w.plain("Post again"), ProofButton(verb="again", id=number, version=version))
    leave = button(w.plain("Leave it"), ProofButton(verb="leave", id=number, version=version))
    return Screen(paragraphs(text, page_line(view.page, w), who, hint), (*rows, (again, leave)))


def answered(view: AssignmentView, again: AssignmentView | None, w: Words, zone: Zone, now: datetime) -> Screen:
    """What was decided about it."""
    if again is None:
        return Screen(paragraphs(page_line(view.page, w), w("The post that the network removed is left as it is.")))
    at = w.moment(again.assignment.at, zone, now)
    text = w("The removed post goes out again {time}, by {name}.", time=at, name=again.person.name)
    return Screen(paragraphs(page_line(view.page, w), text))


# -- an account is blocked ------------------------------------------------------------------------------------------------------


def _network(platform: Platform, w: Words) -> str:
    return platform_name(platform, w)


def sure_blocked(view: AssignmentView, w: Words, now: datetime) -> Screen:
    """[My account is blocked] was tapped."""
    text = w(
        "Has <b>{network}</b> blocked your account? Then others are asked there, nothing counts as missed, and I ask "
        "you nothing on {network} until you say that it works again.",
        network=_network(view.page.platform, w),
    )
    number, version = view.assignment.id, view.assignment.version
    yes = button(w.plain("Yes, it is blocked"), ProofButton(verb="block", id=number, version=version))
    no = button(w.plain("‹ Back"), AssignmentButton(verb="back", id=number, version=version))
    return Screen(paragraphs(line(view, w, now), text), ((yes,), (no,)))


def blocked(found: BlockFacts, w: Words) -> Screen:
    """[Yes, it is blocked], and later on [Not yet]."""
    text = w(
        "I am sorry. The press secretary knows, others are asked on {network}. Nothing counts as missed.",
        network=_network(found.block.platform, w),
    )
    care = w(
        "Please never send your password or a code to anybody, not to us either: headquarters never asks for them. "
        "Restore the account only through the network's own pages."
    )
    return Screen(paragraphs(text, care), ((_works(found, w),), _day(w)))


def _works(found: BlockFacts, w: Words) -> InlineKeyboardButton:
    return button(w.plain("My account works again"), ProofButton(verb="works", id=found.block.id))


def ask_again(found: BlockFacts, w: Words) -> Screen:
    """After some days: how does it stand?"""
    text = w("Does your account on <b>{network}</b> work again?", network=_network(found.block.platform, w))
    still = button(w.plain("Not yet"), ProofButton(verb="still", id=found.block.id))
    return Screen(text, ((_works(found, w),), (still,)))


def works(found: BlockFacts, w: Words) -> Screen:
    """[My account works again]."""
    text = w("Good news! You are asked on {network} again as before.", network=_network(found.block.platform, w))
    return Screen(text, (_day(w),))


def told(found: BlockFacts, w: Words) -> Screen:
    """To press secretaries and coordinators."""
    head = w(
        "⚠ <b>{name}: the account on {network} is blocked</b>",
        name=found.name,
        network=_network(found.block.platform, w),
    )
    passed = (
        w.n("{n} post goes to somebody else.", "{n} posts go to somebody else.", found.passed) if found.passed else None
    )
    excused = (
        w.n(
            "{n} slot is excused: nobody else can post there.",
            "{n} slots are excused: nobody else can post there.",
            found.excused,
        )
        if found.excused
        else None
    )
    hint = w("It counts as nobody's fault. {name} says when it works again.", name=found.name)
    return Screen(paragraphs(head, page_line(found.page, w), passed, excused, hint))


def told_works(found: BlockFacts, w: Words) -> Screen:
    """The same people, when it is over."""
    network = _network(found.block.platform, w)
    return Screen(w("✓ {name}: the account on {network} works again.", name=found.name, network=network))
