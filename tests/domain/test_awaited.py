"""Which text answers a question for a line or a reason, and which is a post sent meanwhile."""

import pytest

from domain.awaited import could_be_line, could_be_reason


@pytest.mark.parametrize(
    "text",
    [
        "открыть группу в Арске до 15.10 @Аня",
        "Открыть группу в Арске. До 15.10. @Аня",
        "собрать 12 тыс. Подписей к пятнице",
        "встретиться на ул. Мира, г. Казань, до 10.09",
        "Open the Arsk group by Friday",
    ],
)
def test_a_line_with_abbreviations_and_dates_is_one_line(text: str) -> None:
    assert could_be_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня прошёл субботник: пришли 40 человек. Спасибо всем, кто был с нами!",
        "Открыли площадку\nПриходите",
        "Открыли площадку #казань",
        "Открыли площадку, подробнее https://vk.com/wall-1_2",
        "Площадка " * 30,
    ],
)
def test_sentences_paragraphs_tags_links_and_length_are_a_posts(text: str) -> None:
    assert not could_be_line(text)


def test_a_reason_may_have_sentences_but_no_tags_and_paragraphs() -> None:
    assert could_be_reason("Зал занят. Перенесли на неделю, ждём ключи.")
    assert not could_be_reason("Открыли площадку! #казань")
    assert not could_be_reason("Сегодня субботник.\n\nПриходите все!")
    assert not could_be_reason("Площадка " * 40)
