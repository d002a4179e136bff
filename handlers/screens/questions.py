"""Questions about assignments and their answers."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.usecases.questions import QuestionView
from handlers.screens.base import Screen, button, lines, paragraphs
from handlers.screens.nav import cancel
from texts.words import Words, Zone

_EXCERPT = 300


class QuestionButton(CallbackData, prefix="q"):
    """`verb`: answer."""

    verb: str
    id: int


def _italic(text: str) -> Markup:
    return Markup("<i>{}</i>").format(_cut(text, 1500))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def asked(view: QuestionView, w: Words, zone: Zone, now: datetime) -> Screen:
    """For press secretaries: the question with what it is about; after an answer who gave it."""
    q = view.question
    head = w("<b>{name}</b> asks about {page}, {when}:", name=view.asked_by, page=view.page_title,
             when=w.moment(view.at, zone, now))  # fmt: skip
    about = Markup("<blockquote expandable>{}</blockquote>").format(_cut(view.text, _EXCERPT)) if view.text else None
    text = paragraphs(lines(head, _italic(q.text)), about)
    if q.answered_at is not None:
        done = lines(w("✓ Answered by {name}:", name=view.answered_by), _italic(q.answer))
        return Screen(paragraphs(text, done))
    return Screen(text, ((button(w.plain("Answer"), QuestionButton(verb="answer", id=q.id)),),))


def write_answer(view: QuestionView, w: Words) -> Screen:
    """The answer is awaited."""
    text = lines(w("Write the answer for {name}:", name=view.asked_by), _italic(view.question.text))
    return Screen(text, (cancel(w),))


def sent(count: int, w: Words) -> Screen:
    """The question is on its way."""
    if not count:
        return Screen(w("There is nobody who could answer yet. Ask your coordinator."))
    return Screen(w("Your question is with the press secretary. The answer will come here."))


def only_text(w: Words) -> Screen:
    """Something else came; the text is still awaited."""
    return Screen(w("I can pass on words only here. Please write it as text, I am waiting."), (cancel(w),))


def answer_sent(view: QuestionView, w: Words) -> Screen:
    return Screen(w("The answer is on its way to {name}.", name=view.asked_by))


def answered(view: QuestionView, w: Words, zone: Zone, now: datetime) -> Screen:
    """For the one who asked."""
    q = view.question
    head = w("Answer about {page}, {when}:", page=view.page_title, when=w.moment(view.at, zone, now))
    return Screen(
        paragraphs(
            lines(w("You asked: {text}", text=_italic(q.text)), head),
            lines(Markup("<b>{}</b>").format(_cut(q.answer, 2000)), f"— {view.answered_by}"),
        )
    )
