"""A volunteer's day at its edges: nothing to copy in a silence, links sent twice, posts given back, days that end elsewhere."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from domain.people import Role
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from domain.silence import Blackout
from domain.usecases import settings
from storage.tables import draft
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import LINK, MORNING, TEXT, posted, states, tap_posted, text_for
from tests.scenarios.test_drafts import png
from tests.scenarios.test_proof_in_depth import OK_LINK, ON_PAGE, by_picture
from tests.scenarios.test_silences import mourns

NOON = datetime(2026, 9, 7, 9, 30, tzinfo=UTC)
"""12:30 in Kazan."""


async def silence_at_noon(hq: Headquarters) -> None:
    starts, ends = datetime.fromisoformat("2026-09-07T12:00"), datetime.fromisoformat("2026-09-07T14:00")
    noon = Blackout("kazan", starts, ends, "день тишины")
    await hq.run(lambda uow: uow.campaign.save_blackouts([noon]))


def to_copy(anna: Phone) -> list[str]:
    """What copy buttons would put into the clipboard."""
    return [button.copy_text for message in anna.messages for button in message.all_buttons() if button.copy_text]


# -- nothing to copy ------------------------------------------------------------------------------------------------------------


async def test_a_proof_taken_back_in_a_silence_brings_no_text_to_copy(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await silence_at_noon(hq)
    await hq.move_to(MORNING)
    await posted(anna)
    assert to_copy(anna) == []
    await hq.move_to(NOON)
    await anna.press("Снять отметку")
    assert "ничего не публикуем" in anna.said
    assert to_copy(anna) == []
    await anna.press("Вопрос")
    await anna.press("Назад")
    assert to_copy(anna) == []
    await hq.move_to(NOON + timedelta(hours=2))
    await anna.send("/today")
    await anna.press("10:30")
    assert to_copy(anna) != []


async def test_what_was_published_is_compared_in_a_silence_without_the_approved_words(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await silence_at_noon(hq)
    await hq.move_to(MORNING)
    await posted(anna)
    await hq.move_to(NOON)
    await anna.press("Сверить текст")
    await anna.send(TEXT.replace("Завтра", "Сегодня"))
    assert "Некоторые слова отличаются" in anna.screen
    assert "приходите" not in anna.screen


async def test_a_made_up_link_shows_nothing_of_a_text_under_embargo(hq: Headquarters) -> None:
    await hq.move_to(datetime(2026, 9, 7, 18, 30, tzinfo=UTC))
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    public = datetime(2026, 9, 8, 7, 20, tzinfo=UTC)

    async def embargo(uow: UnitOfWork) -> None:
        await uow.session.execute(update(draft).values(not_before=public))  # type: ignore[attr-defined]  # past the desk

    await hq.run(embargo)
    await hq.move_to(datetime(2026, 9, 8, 6, 0, tzinfo=UTC))
    await anna.send(LINK)
    await anna.press("Yes, posted")
    await anna.press("Check the text")
    await anna.send("Something")
    await anna.press("Yes, it is on the page")
    assert "Some words differ" in anna.screen
    assert "встреча" not in anna.said


async def test_what_went_out_just_before_a_mourning_can_still_be_proven(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boss = await hq.join("Глеб", Role.MANAGER)
    await text_for(hq, "vk-kazan")
    await hq.move_to(MORNING - timedelta(minutes=5))
    await mourns(boss)
    await boss.press("Объявить")
    assert "задание отменено" in anna.screen
    await anna.press("Уже опубликовано")
    await anna.send(LINK)
    assert "✓ Опубликовано" in anna.screen
    assert await hq.read(lambda uow: uow.proofs.proven_by("vk:-123_77")) == anna.id


# -- sent twice -----------------------------------------------------------------------------------------------------------------


async def test_a_link_sent_twice_is_counted_once_and_becomes_no_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan", "ok-kazan")
    await tap_posted(anna)
    await anna.send(f"{LINK}\n{OK_LINK}")
    assert "Приняты 2 ссылки" in anna.screen
    await anna.send(LINK)
    assert "она засчитана" in anna.screen
    await anna.send(f"{LINK}\n{OK_LINK}")
    assert "Черновик" not in anna.said
    assert anna.screen.count("она засчитана") == 2


async def test_a_text_put_right_is_compared_again_without_a_tap_and_a_new_one_is_a_draft(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await posted(anna)
    await anna.press("Сверить текст")
    await anna.send(TEXT)
    assert "Не хватает подписи" in anna.screen
    await anna.send("Сегодня открыли новую школу на улице Ленина, смотрите фотографии")
    assert "Черновик" in anna.screen
    await anna.send(ON_PAGE)
    assert "Слово в слово" in anna.screen


async def late_with_a_colleague(hq: Headquarters) -> tuple[Phone, Phone]:
    """Whoever is late, and the colleague who is asked to step in."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    late, other = (anna, boris) if anna.messages else (boris, anna)
    await hq.move_to(MORNING + timedelta(minutes=21))
    return late, other


async def test_a_link_on_its_way_while_a_colleague_steps_in_still_counts_and_nobody_posts_twice(
    hq: Headquarters,
) -> None:
    late, other = await late_with_a_colleague(hq)
    await tap_posted(late)
    await other.press("Возьмусь")
    assert "Вас подменили" in late.screen
    await late.send(LINK)
    assert "✓ Опубликовано 10:51" in late.screen
    assert "на странице уже вышел" in other.screen
    assert to_copy(other) == []
    assert sorted(await states(hq)) == [AssignmentState.CANCELLED, AssignmentState.POSTED]
    await hq.advance(hours=2)
    assert "Просрочено" not in late.said


async def test_whoever_was_replaced_after_posting_says_so_until_the_colleague_has_posted(hq: Headquarters) -> None:
    late, other = await late_with_a_colleague(hq)
    await other.press("Возьмусь")
    told = late.find("Вас подменили")
    await late.press("Уже опубликовано", told)
    await late.send("https://vk.com/wall-999_1")
    assert "другую страницу" in late.screen
    await posted(other)
    await late.press("Отмена")
    await late.act(lambda user: user.press_raw(told, "p:out:1:2:"))
    assert await states(hq) == [AssignmentState.REPLACED, AssignmentState.POSTED]


# -- given back -----------------------------------------------------------------------------------------------------------------


async def test_what_was_given_back_has_its_own_time_and_is_not_overdue(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await by_picture(anna, png())
    await hq.move_to(datetime(2026, 9, 7, 12, 0, tzinfo=UTC))
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Текст другой")
    await anna.send("/today")
    assert "✎ 10:30 VK Казань: поправить до 18:00" in anna.screen
    await anna.start()
    assert "Просрочено" not in anna.screen
    await anna.press("Там всё верно")
    await anna.send("/today")
    assert "смотрит кто-то другой" in anna.screen
    assert "Просрочено" not in anna.screen


# -- a day that ends elsewhere -----------------------------------------------------------------------------------------------------


async def test_a_post_stays_in_my_day_while_its_pages_day_goes_on(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await hq.run(settings.change_zone, anna.actor, "Asia/Vladivostok", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 14, 30, tzinfo=UTC))  # 17:30 in Kazan, half past midnight in Vladivostok
    await anna.send("/today")
    assert "Просрочено: вчера 17:30 VK Казань" in anna.screen
    await anna.send(LINK)
    await anna.press("Да, опубликовано")
    assert await states(hq) == [AssignmentState.POSTED]


async def test_whoever_opened_their_night_has_the_text_before_the_post_and_not_in_the_morning(hq: Headquarters) -> None:
    await hq.move_to(datetime(2026, 9, 7, 18, 30, tzinfo=UTC))
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.run(settings.change_zone, anna.actor, "America/New_York", now=hq.now)
    await anna.send("/hours")
    await anna.press("Тихие часы")
    await anna.press("Да, можно")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 8, 7, 30, tzinfo=UTC))  # 03:30 in New York
    assert TEXT in anna.said
    assert "Пора публиковать" in anna.screen
    await posted(anna)
    assert "✓ Опубликовано 03:30" in anna.screen
