"""Every domain error reaches a person as words."""

from dataclasses import dataclass

from domain.errors import Conflict, Forbidden, Invalid
from domain.links import NotAPost
from domain.platforms import Platform
from domain.typed_figures import BadFigure
from texts.errors import explain
from texts.words import words_for


@dataclass(eq=False)
class TooLate(Conflict):
    """A feature's error that nobody explained yet."""


def test_an_unexplained_error_speaks_with_the_words_of_its_base() -> None:
    w = words_for("en")
    assert explain(TooLate(), w) == explain(Conflict(), w) != explain(Invalid(), w)


def test_errors_of_features_are_found_without_a_list() -> None:
    said = explain(NotAPost(Platform.VK, "vk.com/kazan"), words_for("ru"))
    assert "ВКонтакте" in said
    assert "<b>" in said


def test_what_a_person_typed_is_escaped() -> None:
    assert "&lt;b&gt;" in explain(BadFigure("<b>"), words_for("en"))


def test_both_languages_explain() -> None:
    assert explain(Forbidden("x"), words_for("ru")) != explain(Forbidden("x"), words_for("en"))
