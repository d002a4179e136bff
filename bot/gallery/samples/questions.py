"""Questions about a post, and their answers."""

from collections.abc import Iterator
from dataclasses import replace

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import view
from bot.gallery.samples.data import HTML_NAME, HTML_TITLE, NOW, SHORT, ZONE, minutes, text_of
from domain.plan import Question
from domain.usecases.questions import QuestionView
from handlers.screens import assignments, questions
from texts.words import Words

chapter = Chapter("Questions about a post")

_ASKED = Question(9, 5, 1, "А можно без хэштегов?", minutes(-15), None, "", None)
ASKED = QuestionView(_ASKED, "Наша Казань", minutes(45), "Анна Соколова", "", SHORT)
ANSWERED = replace(
    ASKED,
    question=replace(_ASKED, answered_by=2, answer="Да, хэштеги здесь не обязательны.", answered_at=minutes(-2)),
    answered_by="Вера Лебедева",
)
HARD = replace(ASKED, question=replace(_ASKED, text=text_of(3000)), asked_by=HTML_NAME, page_title=HTML_TITLE,
               text=text_of(9000))  # fmt: skip


@chapter.shows(assignments.ask_question)
def ask(w: Words) -> Iterator[Take]:
    yield "[Question] was tapped", assignments.ask_question(view(), w, NOW)


@chapter.shows(questions.sent, questions.only_text)
def sent(w: Words) -> Iterator[Take]:
    yield "Sent to two", questions.sent(2, w)
    yield "Nobody to answer", questions.sent(0, w)
    yield "A sticker instead of words", questions.only_text(w)


@chapter.shows(questions.asked)
def asked(w: Words) -> Iterator[Take]:
    yield "To the press secretaries", questions.asked(ASKED, w, ZONE, NOW)
    yield "3,000 characters about 9,000", questions.asked(HARD, w, ZONE, NOW)
    yield "Somebody has answered", questions.asked(ANSWERED, w, ZONE, NOW)


@chapter.shows(questions.write_answer, questions.answer_sent)
def write_answer(w: Words) -> Iterator[Take]:
    yield "[Answer] was tapped", questions.write_answer(ASKED, w)
    yield "The answer is out", questions.answer_sent(ANSWERED, w)


@chapter.shows(questions.answered)
def answered(w: Words) -> Iterator[Take]:
    yield "To the one who asked", questions.answered(ANSWERED, w, ZONE, NOW)
    long = replace(HARD, question=replace(ANSWERED.question, text=text_of(3000), answer=text_of(3000)),
                   answered_by=HTML_NAME)  # fmt: skip
    yield "3,000 characters each", questions.answered(long, w, ZONE, NOW)
