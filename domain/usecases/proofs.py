"""Proof of a publication, by links or by a screenshot, and taking a mistaken one back."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from domain import links, planning
from domain.links import PostLink
from domain.notices import Notice, Priority
from domain.page_links import page_links, page_url
from domain.pages import Page
from domain.people import Actor, Person
from domain.plan import (
    Assignment,
    AssignmentClosed,
    AssignmentState,
    Proof,
    Slot,
    SlotState,
    TooLateToUndo,
    WrongPage,
)
from domain.planning import PlanRules
from domain.platforms import Platform
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.published import USUAL, ProofRules
from domain.recalls import TextRecalled
from domain.rollups import Measure
from domain.spot_checks import ProofEnd, share_of
from domain.usecases import best_posts, card_copies, days, figures_posts, staffing
from domain.usecases.assignments import ensure_version, instead, look, my_open, shown

LOOK_AT = time(18)
"""When press secretaries hear, on their own clock, that proofs wait for a look."""
DEADLINE = "proof.deadline"
"""Kind of the due task that ends the time of an assignment that was given back."""
TEXT = "proof.text"
"""Expectation: what stands on the page, pasted."""
AGAIN = "proof.again"
"""Expectation: what stands on the page now, after a difference; any message that is quite another is not for us."""
PICTURE = "proof.picture"
"""Expectation: a screenshot instead of a link."""
ANSWER = "proved"
"""Purpose of the message that answers a proof."""
_HOMES = {
    Platform.VK: "https://vk.com/",
    Platform.OK: "https://ok.ru/",
    Platform.X: "https://x.com/",
    Platform.TELEGRAM: "https://t.me/",
}


def answer_subject(assignment_id: int) -> str:
    """Its own, not the card's: what is drawn on the card does not concern it."""
    return f"{ANSWER}:{assignment_id}"


# -- asking -------------------------------------------------------------------------------------------------------------------


async def ask_link(uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime) -> AssignmentView:
    """[Posted]: the person's next message is the link."""
    return await _ask(uow, actor, assignment_id, version, "proof.link", now)


async def ask_picture(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime
) -> AssignmentView:
    """[No link]: a story, a private group, a network that hides it: the next picture shows the post."""
    return await _ask(uow, actor, assignment_id, version, PICTURE, now)


async def _ask(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, kind: str, now: datetime
) -> AssignmentView:
    view = await my_open(uow, actor, assignment_id, version)
    await instead(uow, actor, view, now)
    await uow.expectations.set(actor.id, kind, view.assignment.subject, now=now, version=version)
    return view


# -- whose page -----------------------------------------------------------------------------------------------------------------


def ensure_of_page(post: PostLink, page: Page) -> None:
    """Raise `WrongPage` unless the link is (or may be: some links do not tell) of this page."""
    if belongs(post, page) is False:
        raise WrongPage(post.normal, page.title)


def belongs(post: PostLink, page: Page) -> bool | None:
    """None: the link does not tell, or the plan gives no address to compare with."""
    if post.platform is not page.platform:
        return False
    known = list(page_links(page))
    if not known:
        return None
    keys = frozenset().union(*(address.keys for address in known))
    return links.belongs(post, known[0], keys)


def home_of(page: Page) -> str:
    """An address that can be opened: the page's own, else its network's."""
    return page_url(page) or _HOMES[page.platform]


# -- proving --------------------------------------------------------------------------------------------------------------------


async def prove(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    text: str,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
) -> AssignmentView:
    """The link of the publication: closes the assignment and everything that still reminds of it."""
    view = await my_open(uow, actor, assignment_id, None)
    post = links.recognise(text)
    ensure_of_page(post, view.page)
    proven = await close(uow, actor, view, proof_of(view, post, now), now, rules, texts)
    await ask_text(uow, proven, texts, now)
    return proven


async def prove_by_picture(
    uow: UnitOfWork,
    actor: Actor,
    assignment_id: int,
    sha256: str,
    *,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules = USUAL,
) -> AssignmentView:
    """A screenshot where there is no link; a press secretary always has a look at it. The same one proves one post only."""
    view = await my_open(uow, actor, assignment_id, None)
    shown = Proof(view.slot.id, assignment_id, actor.id, home_of(view.page), f"picture:{sha256}", now, sha256)
    proven = await close(uow, actor, view, shown, now, rules, texts)
    await ask_text(uow, proven, texts, now)
    return proven


def proof_of(view: AssignmentView, post: PostLink, now: datetime) -> Proof:
    return Proof(view.slot.id, view.assignment.id, view.assignment.person_id, post.normal, post.identity, now)


async def ask_text(uow: UnitOfWork, view: AssignmentView, texts: ProofRules, now: datetime) -> None:
    """Where the page's lane wants it, the person's next message is what stands on the page."""
    if view.text and texts.asks(view.page.lane):
        assignment = view.assignment
        await uow.expectations.set(
            assignment.person_id, TEXT, assignment.subject, now=now, version=assignment.version, hours=2
        )


async def close(
    uow: UnitOfWork,
    actor: Actor,
    view: AssignmentView,
    proof: Proof,
    now: datetime,
    rules: PlanRules,
    texts: ProofRules,
) -> AssignmentView:
    """Proven now: nothing is asked or reminded of any more."""
    proven = await restore(uow, view, proof, now, rules)
    await nudge(uow, proven, texts, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.posted",
        object_=proven.assignment.subject,
        version=proven.assignment.version,
        payload={"slot": view.slot.id, "link": proof.url} | ({"picture": proof.media} if proof.media else {}),
    )
    return proven


async def nudge(uow: UnitOfWork, view: AssignmentView, texts: ProofRules, now: datetime) -> None:
    """A proof that wants a look: its press secretaries hear once in the evening how many there are."""
    if not view.proof_media and share_of(view.slot.id) >= texts.percent:
        return
    await uow.outbox.add(
        *(
            Notice(
                kind="checks.waiting",
                subject=f"checks:{reader.id}",
                due_at=at,
                dedup_key=f"checks.waiting:{reader.id}:{reader.person.local(at):%Y-%m-%d}",
                person_id=reader.id,
                priority=Priority.DIGEST,
                params={"percent": texts.percent, "days": texts.days},
            )
            for reader in await staffing.press(uow, view.page.region)
            for at in [_evening(reader.person, now)]
        )
    )


def _evening(person: Person, now: datetime) -> datetime:
    """The next six o'clock in the evening on their clock."""
    local = person.local(now)
    at = datetime.combine(local.date(), LOOK_AT, local.tzinfo)
    if at <= local:
        at = datetime.combine(local.date() + timedelta(days=1), LOOK_AT, local.tzinfo)
    return planning.outside_quiet(person, at.astimezone(UTC))


async def restore(
    uow: UnitOfWork, view: AssignmentView, proof: Proof, now: datetime, rules: PlanRules
) -> AssignmentView:
    """A proof stands from its own moment on, be it an earlier one; it comes first: `LinkUsed` leaves nothing half done."""
    slot, page = view.slot, view.page
    await uow.plan.add_proof(proof)
    posted = await uow.plan.save_slot(replace(slot, state=SlotState.POSTED, posted_at=proof.at))
    assignment, _ = await staffing.end(uow, view.assignment, AssignmentState.POSTED, now)
    await staffing.end_offers(uow, slot, now)
    await uow.tasks.cancel(slot.subject, ["ladder", DEADLINE])
    await ask_figures(uow, posted, now)
    await uow.rollups.add(page.code, page.region, slot.day, {kept(posted, rules): 1})
    await staffing.redraw_press(uow, posted, now)
    await days.redraw_list(uow, view.person, assignment, now)
    return replace(view, assignment=assignment, slot=posted, proof_url=proof.url, proof_media=proof.media)


async def ask_figures(uow: UnitOfWork, posted: Slot, now: datetime) -> None:
    """From its proof on it is asked how the post did."""
    await figures_posts.expect_figures(uow, posted.id, posted.posted_at or now)


def kept(posted: Slot, rules: PlanRules) -> Measure:
    """Whether a posted slot counts as on time; early is fine."""
    late = posted.posted_at is not None and posted.posted_at > posted.at + rules.on_time
    return Measure.LATE if late else Measure.ON_TIME


# -- taking back ------------------------------------------------------------------------------------------------------------------


async def undo(
    uow: UnitOfWork, actor: Actor, assignment_id: int, version: int, *, now: datetime, rules: PlanRules
) -> AssignmentView:
    """A mistaken [Posted] is taken back, until the page's day is over: the proof goes, the reminders come back."""
    view = await look(uow, actor, assignment_id)
    if view.assignment.state is not AssignmentState.POSTED:
        raise AssignmentClosed(view.assignment.state)
    ensure_version(view.assignment, version)
    if view.page.local_day(now) > view.slot.day:
        raise TooLateToUndo
    again = await reopen(uow, view, ProofEnd.UNDONE, now, rules)
    await staffing.start_ladder(uow, again.slot, now, rules)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="assignment.undone",
        object_=again.assignment.subject,
        version=again.assignment.version,
    )
    return await shown(uow, again, now)


async def reopen(
    uow: UnitOfWork, view: AssignmentView, why: ProofEnd, now: datetime, rules: PlanRules
) -> AssignmentView:
    """A posted slot is somebody's to post again: the proof is kept as a past one, the counts are corrected."""
    slot, page = view.slot, view.page
    if await uow.recalls.is_declared(slot.draft_id or 0):
        raise TextRecalled
    await uow.proofs.end(slot.id, why, now)
    counts = {kept(slot, rules): -1}
    if slot.excuse is not None:
        counts[Measure.EXCUSED] = -1
    await uow.rollups.add(page.code, page.region, slot.day, counts)
    opened = await uow.plan.save_slot(replace(slot, state=SlotState.FILLED, posted_at=None, excuse=None))
    assignment = await uow.plan.save_assignment(replace(view.assignment, state=AssignmentState.ASSIGNED))
    await uow.tasks.cancel(slot.subject, ["figures.post"])
    await best_posts.touch(uow, page.code, now)
    await _forget_text(uow, assignment.person_id, assignment.subject, now)
    await staffing.redraw(uow, assignment, now)
    await redraw_answer(uow, assignment, now)
    await days.redraw_list(uow, view.person, assignment, now)
    await staffing.redraw_press(uow, opened, now)
    return replace(view, assignment=assignment, slot=opened, proof_url=None, proof_media="")


async def redraw_answer(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """The answer to the proof, which stands below the card, shows how the assignment stands."""
    mark, params = f"{assignment.version}:{now.isoformat()}", {"assignment": assignment.id}
    await card_copies.redraw(uow, answer_subject(assignment.id), "proof.redraw", mark, now, params, purpose=ANSWER)


async def _forget_text(uow: UnitOfWork, person_id: int, subject: str, now: datetime) -> None:
    await uow.outbox.cancel(subject, ["published.differs"])
    asked = await uow.expectations.find(person_id, now)
    if asked is not None and asked.subject == subject and asked.kind in {TEXT, AGAIN}:
        await uow.expectations.clear(person_id, asked.kind)
