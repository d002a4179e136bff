"""What is an answer between people and no post."""

import pytest

from domain.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize(
    "said", ["Готово", "готово!", "Сделала ✅", "ВСЁ ГОТОВО", "Опубликовал", "done 👍", "It's done."]
)
def test_done(said: str) -> None:
    assert small_talk(said) is SmallTalk.DONE


@pytest.mark.parametrize(
    "said",
    ["ок", "Ok 👌", "+", "👍", "🙏🏻", "...", "Спасибо большое!", "Понял,", "Да", "Thanks ❤️", "Thank you", "Привет)"],
)
def test_other(said: str) -> None:
    assert small_talk(said) is SmallTalk.OTHER


@pytest.mark.parametrize(
    "said",
    [
        "Спасибо всем, кто пришёл",
        "Готово: двор на Лесной убран",
        "12",
        "Да здравствует субботник",
        "Ура!",
        "Пост 1",
        "vk",
        "да 5",
    ],
)
def test_whatever_could_be_wanted_is_no_small_talk(said: str) -> None:
    assert small_talk(said) is None
