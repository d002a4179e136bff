"""Questions about an assignment: from the assignee to the press secretaries, and the answer back."""

from dataclasses import dataclass
from datetime import datetime

from domain import planning
from domain.errors import Conflict, Invalid
from domain.notices import Guarantee, Notice, Priority
from domain.people import Actor
from domain.plan import AlreadyAnswered, Question
from domain.ports import UnitOfWork
from domain.ports.plan import AssignmentView
from domain.ports.record import Expectation
from domain.rights import Action, ensure_may
from domain.usecases import staffing
from domain.usecases.assignments import instead, look
from domain.usecases.proof_offers import OFFER, QUESTION

LONGEST = 2000
"""Characters of a question and of an answer."""


@dataclass(eq=False)
class NoText(Invalid):
    """The message has no text."""


@dataclass(frozen=True)
class QuestionView:
    """A question with what it is about. `answered_by`: a name."""

    question: Question
    page_title: str
    at: datetime
    asked_by: str
    answered_by: str
    text: str | None
    """The publication's text."""


async def begin(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> AssignmentView:
    """[Question]: the person's next message is the question."""
    view = await look(uow, actor, assignment_id)
    await instead(uow, actor, view, now)
    await uow.expectations.set(actor.id, QUESTION, view.assignment.subject, now=now)
    return view


async def ask(uow: UnitOfWork, actor: Actor, assignment_id: int, text: str, *, now: datetime) -> int:
    """The question goes to the page's press secretaries. Returns how many were asked."""
    view = await look(uow, actor, assignment_id)
    said = text.strip()
    if not said:
        raise NoText
    asked = await uow.expectations.find(actor.id, now)
    link = _link_of(asked, view)
    if link and link != said:
        said = f"{said[: LONGEST - len(link) - 1]}\n{link}"
    number = await uow.plan.add_question(view.slot.id, actor.id, said[:LONGEST], now)
    await uow.expectations.clear(actor.id, QUESTION)
    if asked is not None and link and link != text.strip():  # it may still be said that the link is the proof
        subject, version = f"assignment:{asked.params['offered']}", int(asked.params["version"])
        await uow.expectations.set(actor.id, OFFER, subject, now=now, version=version, params={"url": link})
    await staffing.restore(uow, view.assignment, now)
    readers = [reader for reader in await staffing.press(uow, view.page.region) if reader.id != actor.id]
    await uow.outbox.add(
        *(
            Notice(
                kind="question.asked",
                subject=f"question:{number}",
                due_at=planning.outside_quiet(reader.person, now),
                dedup_key=f"question.asked:{number}:{reader.id}",
                person_id=reader.id,
                guarantee=Guarantee.A,
                priority=Priority.DECISION,
                params={"question": number},
            )
            for reader in readers
        )
    )
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="question.asked",
        object_=f"question:{number}",
        payload={"slot": view.slot.id},
    )
    return len(readers)


def _link_of(asked: Expectation | None, view: AssignmentView) -> str:
    """The link that came before the words of this question."""
    if asked is None or (asked.kind, asked.subject) != (QUESTION, view.assignment.subject):
        return ""
    return str(asked.params.get("url", ""))


async def ask_link(uow: UnitOfWork, actor: Actor, assignment_id: int, *, now: datetime) -> int:
    """[It is my question] below a link: it goes as it is. Returns how many were asked."""
    asked = await uow.expectations.find(actor.id, now)
    link = _link_of(asked, await look(uow, actor, assignment_id))
    if not link:
        raise Conflict
    return await ask(uow, actor, assignment_id, link, now=now)


async def see(uow: UnitOfWork, question_id: int) -> QuestionView:
    """For screens. Read-only."""
    question = await uow.plan.get_question(question_id)
    slot = await uow.plan.get_slot(question.slot_id)
    page = await uow.campaign.get_page(slot.page)
    ids = [question.asked_by, *([question.answered_by] if question.answered_by else [])]
    names = await uow.people.names(ids)
    text = None
    if slot.draft_id is not None and slot.draft_version is not None:
        text = (await uow.drafts.get_version(slot.draft_id, slot.draft_version)).text_for(page.platform)
    return QuestionView(
        question, page.title, slot.at, names.get(question.asked_by, ""), names.get(question.answered_by or 0, ""), text
    )


async def _open(uow: UnitOfWork, actor: Actor, question_id: int) -> QuestionView:
    view = await see(uow, question_id)
    page = await uow.campaign.get_page((await uow.plan.get_slot(view.question.slot_id)).page)
    ensure_may(actor, Action.QUESTION_ANSWER, page.region)
    if view.question.answered_at is not None:
        raise AlreadyAnswered(view.answered_by)
    return view


async def begin_answer(uow: UnitOfWork, actor: Actor, question_id: int, *, now: datetime) -> QuestionView:
    """[Answer]: the press secretary's next message is the answer."""
    view = await _open(uow, actor, question_id)
    await uow.expectations.set(actor.id, "question.answer", view.question.subject, now=now)
    return view


async def answer(uow: UnitOfWork, actor: Actor, question_id: int, text: str, *, now: datetime) -> QuestionView:
    """The first answer counts; it goes to the asker, the other press secretaries' copies say who answered."""
    view = await _open(uow, actor, question_id)
    if not text.strip():
        raise NoText
    if not await uow.plan.answer_question(question_id, actor.id, text.strip()[:LONGEST], now):
        raise AlreadyAnswered("")
    await uow.expectations.clear(actor.id, "question.answer")
    subject = view.question.subject
    await uow.outbox.cancel(subject, ["question.asked"])
    await uow.outbox.add(
        Notice(
            kind="question.answered",
            subject=subject,
            due_at=now,
            dedup_key=f"question.answered:{question_id}",
            person_id=view.question.asked_by,
            guarantee=Guarantee.A,
            priority=Priority.DECISION,
            params={"question": question_id},
        ),
        *[
            Notice(
                kind="question.redraw",
                subject=f"copy:{copy.id}",
                due_at=now,
                dedup_key=f"question.redraw:{copy.id}",
                person_id=copy.person_id,
                priority=Priority.DECISION,
                params={"question": question_id, "copy": copy.id},
            )
            for copy in await uow.cards.of_subject(subject, "question")
        ],
    )
    await uow.journal.add(at=now, actor=actor.number, action="question.answered", object_=subject)
    return await see(uow, question_id)
