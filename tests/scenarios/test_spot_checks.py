"""Press secretaries look at proofs; what is not right goes back kindly, and somebody else decides a dispute."""

from datetime import UTC, datetime

from domain.people import Role
from domain.plan import AssignmentState, SlotState
from domain.silence import Blackout
from domain.spot_checks import CheckState
from playground.model import Message
from tests.drafting import approve
from tests.harness import Headquarters
from tests.scenarios.test_assignments import LINK, MORNING, TEXT
from tests.scenarios.test_drafts import png
from tests.scenarios.test_proof_in_depth import by_picture, given, measures, slots


async def test_what_is_not_right_goes_back_kindly_and_counts_anew(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    await by_picture(anna, png())
    assert await measures(hq) == {"slots": 2, "filled": 1, "on_time": 1}
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Нет подписи")
    assert "есть ещё три часа" in vera.screen
    assert await measures(hq) == {"slots": 2, "filled": 1}
    assert "Посмотрите, пожалуйста, ещё раз" in anna.screen
    assert "не хватает подписи" in anna.screen
    assert "до 13:30" in anna.screen
    await hq.advance(minutes=20)
    await anna.press("Исправлено ✓")
    await anna.send(LINK)
    assert await measures(hq) == {"slots": 2, "filled": 1, "on_time": 1}
    number = (await slots(hq))[0].id
    assert (await hq.read(lambda uow: uow.proofs.last_past(number))).media, "the earlier proof is kept"
    await vera.send("/checks")
    assert "поправили после проверки" in vera.screen, "what was posted anew is looked at again"
    assert "не хватает подписи" in vera.screen


async def test_in_the_evening_it_is_said_once_how_many_wait(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", "ok-kazan", now=hq.now)
    for color in ("red", "green"):
        await by_picture(anna, png(color))
    await hq.move_to(datetime(2026, 9, 7, 14, 59, tzinfo=UTC))
    assert "короткой проверки" not in vera.said
    await hq.move_to(datetime(2026, 9, 7, 15, 1, tzinfo=UTC))
    assert sum("2 вышедших поста ждут" in message.body for message in vera.messages) == 1
    await vera.press("Посмотреть", vera.find("ждут короткой"))
    assert "Есть снимок экрана" in vera.screen


async def test_own_words_reach_the_person_and_bad_ones_are_asked_again(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Своими словами")
    await vera.send("а" * 400)
    assert "Скажите короче" in vera.screen
    await vera.send("В субботу открываем двор.\n\nПриходите всей семьёй! #казань")
    assert "Черновик" in vera.screen, "a post sent meanwhile is no reason"
    assert "открываем двор" not in anna.said
    await vera.send("Фото <не то>")
    assert "Фото <не то>" in anna.screen


async def test_a_second_person_decides_a_dispute_and_the_post_counts_as_before(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Вышло на другой странице")
    await hq.advance(hours=2)
    await anna.press("Там всё верно")
    assert "Посмотрит кто-то другой" in anna.screen
    assert "с этим постом всё верно?" in olga.screen
    await vera.send("/checks")
    assert "С 1 вашей проверкой не согласны: решает кто-то другой" in vera.screen
    assert not any("⚖" in label for label in vera.labels)
    await olga.send("/checks")
    assert "1 спорный пост ждёт вашего решения" in olga.screen
    await olga.press("⚖ VK Казань")
    await olga.press("Показать снимок экрана")
    assert olga.messages[-1].photo
    assert "всё верно?" not in vera.said
    await olga.press("Всё верно")
    assert "с вашим постом всё в порядке" in anna.said
    assert await given(hq) == [AssignmentState.POSTED]
    assert (await slots(hq))[0].posted_at == MORNING
    assert await measures(hq) == {"slots": 2, "filled": 1, "on_time": 1}


async def test_while_a_dispute_waits_and_when_it_ends_every_message_says_how_the_post_stands(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.PRESS_SECRETARY, "kazan")
    ivan = await hq.join("Иван", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    card = anna.find("Скопируйте текст")
    await by_picture(anna, png())
    thanks = anna.messages[-1]
    assert "Снять отметку" in labels(thanks)
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Текст другой")
    assert "вернули вам" in thanks.body
    assert labels(thanks) == ["Показать текст"]
    await hq.advance(minutes=20)
    await anna.press("Там всё верно")
    for message in (card, thanks):
        assert "Решит кто-то другой" in message.body
        assert "Скопируйте текст" not in message.body
    asked = ivan.find("с этим постом всё верно?")
    await olga.press("Всё верно")
    assert labels(asked) == []
    assert "Решение принято (Ольга)" in asked.body
    assert "спасибо" in card.body
    assert "Снять отметку" in labels(thanks)


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


async def test_a_dispute_that_is_not_upheld_gives_fresh_time_and_then_is_missed(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 18, 0, tzinfo=UTC))
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Текст другой")
    await anna.press("Там всё верно")
    await olga.press("Надо поправить")
    assert "Второй человек тоже посмотрел" in anna.screen
    await hq.move_to(datetime(2026, 9, 7, 21, 10, tzinfo=UTC))
    assert (await slots(hq))[0].state is SlotState.MISSED, "the fresh time ended with the day"
    assert (await measures(hq))["missed"] == 1


async def test_fresh_time_reaches_beyond_midnight(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 18, 30, tzinfo=UTC))  # 21:30
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Ссылка не открывается")
    await hq.move_to(datetime(2026, 9, 7, 21, 10, tzinfo=UTC))
    assert (await slots(hq))[0].state is SlotState.FILLED
    await anna.press("Исправлено ✓")
    await anna.send(LINK)
    await hq.move_to(datetime(2026, 9, 8, 6, 0, tzinfo=UTC))
    assert await measures(hq) == {"slots": 2, "filled": 1, "late": 1, "empty": 1}


async def test_fresh_time_that_falls_into_a_silence_begins_anew_after_it(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 7, 35, tzinfo=UTC))  # 10:35
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Нет подписи")
    assert "Время есть до 13:35" in anna.screen
    silence = Blackout("kazan", datetime(2026, 9, 7, 11), datetime(2026, 9, 7, 18), "Траур")  # noqa: DTZ001 - wall clock
    await hq.app.db.run(lambda uow: uow.campaign.save_blackouts([silence]))
    await hq.move_to(datetime(2026, 9, 7, 14, 59, tzinfo=UTC))
    assert "Опаздываем" not in vera.said, "nobody could have put it right"
    await hq.move_to(datetime(2026, 9, 7, 15, 0, tzinfo=UTC))
    assert "Время есть до 21:00" in anna.screen
    await anna.press("Исправлено ✓")
    await anna.send(LINK)
    assert (await slots(hq))[0].state is SlotState.POSTED


async def test_a_dispute_that_nobody_decides_ends_in_favour_of_the_person(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    await by_picture(anna, png())
    await vera.send("/checks")
    await vera.press("Что-то не так")
    await vera.press("Текст другой")
    await anna.press("Там всё верно")
    await hq.advance(hours=47)
    assert (await slots(hq))[0].state is SlotState.FILLED
    await hq.advance(hours=2)
    assert (await slots(hq))[0].state is SlotState.POSTED
    check = await hq.read(lambda uow: uow.proofs.get_check(1))
    assert check.state is CheckState.RIGHT


async def test_checks_disputes_and_removed_posts_in_english(hq: Headquarters) -> None:
    vera = await hq.join("Vera", Role.PRESS_SECRETARY, "kazan", language="en")
    olga = await hq.join("Olga", Role.MANAGER, language="en")
    anna = await hq.join("Anna", Role.VOLUNTEER, "kazan", language="en")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(MORNING)
    await anna.press("Posted")
    await anna.press("There is no link")
    await anna.send_photo(png())
    assert "Shown by a screenshot." in anna.screen
    await vera.send("/checks")
    assert "There is a screenshot to look at." in vera.screen
    await vera.press("Not right")
    await vera.press("It is on another page")
    assert "The post seems to be on another page." in anna.screen
    await anna.press("It is right as it is")
    assert "Please decide: is this post right?" in olga.screen
    await olga.press("It is right")
    assert "your post is right" in anna.screen
    await anna.press("It was removed")
    await anna.press("Yes, it is gone")
    assert "The network took a post down" in vera.screen
    await vera.press("Leave it")
    assert "left as it is" in vera.screen


async def test_nobody_checks_their_own_post_and_the_second_tap_learns_it_is_done(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await by_picture(anna, png())
    await vera.send("/checks")
    await olga.send("/checks")
    await vera.press("Всё верно")
    await olga.press("Всё верно")
    assert "успел раньше" in olga.toasts[-1]
    await anna.send("/checks")
    assert "Всё ли совпадает" not in anna.said
