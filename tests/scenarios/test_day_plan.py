"""A day looked at and changed by hand: the board, moving, swapping, giving, skipping, undoing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.usecases import plan_rules
from domain.day_plan import NotCarried, Unfit
from domain.errors import Forbidden
from domain.people import Role
from domain.plan import Excuse, Slot, SlotState
from domain.ports import UnitOfWork
from domain.ports.plan import SlotView
from domain.silence import Blackout
from domain.usecases import day_plan_moves, day_plan_texts
from storage.tables import rollup
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import Headquarters, Phone
from texts.words import words_for

TEXT = "Завтра встреча во дворе, приходите!"
MONDAY = date(2026, 9, 7)


async def press_secretary(hq: Headquarters, name: str = "Вера") -> Phone:
    return await hq.join(name, Role.PRESS_SECRETARY, "kazan")


async def slots(hq: Headquarters, page: str = "vk-kazan", days: int = 0) -> list[SlotView]:
    day = (hq.now + timedelta(hours=3)).date() + timedelta(days=days)
    found: list[SlotView] = await hq.read(lambda uow: uow.plan.slots_of_day(day, [page]))
    return found


def clocks(views: list[SlotView]) -> list[str]:
    """Of the page's slots, in Kazan."""
    return [f"{view.slot.at + timedelta(hours=3):%H:%M}" for view in views]


async def open_first(phone: Phone, what: str = "10:30") -> None:
    """The slot on the board whose line says `what`."""
    await phone.send("/plan")
    number = next(line.split(".")[0] for line in phone.screen.splitlines() if ". " in line and what in line)
    await phone.press(f"{number} · ")


async def all_slots(hq: Headquarters) -> list[Slot]:
    """Of the group on VK today, cancelled ones too."""
    found: list[Slot] = await hq.read(lambda uow: uow.plan.slots_of_pages(["vk-kazan"], [MONDAY]))
    return found


async def counts(hq: Headquarters) -> dict[str, int]:
    """The day's roll-ups of the group on VK."""

    async def ask(uow: SqlUnitOfWork) -> dict[str, int]:
        rows = await uow.session.execute(select(rollup).where(rollup.c.page == "vk-kazan", rollup.c.day == MONDAY))
        return {row.measure: row.value for row in rows if row.value}

    return await hq.read(ask)


async def ready(uow: UnitOfWork, author: int, text: str, page: str, *, now: datetime) -> None:
    """An approved text of which the planner has not been told yet."""
    draft = await approve(uow, author, author, text, page, now=now)
    await uow.tasks.cancel(f"draft:{draft}", ["plan.fill"])


async def excused(hq: Headquarters) -> int:
    return (await counts(hq)).get("excused", 0)


async def test_a_press_secretary_sees_the_day_and_moves_a_post_in_three_taps(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    assert "10:30" in anna.screen
    await vera.send("/plan")
    assert "Казань · пн, 7 сентября" in vera.screen
    assert "● 10:30 VK Казань · Анна" in vera.screen
    assert TEXT in vera.screen
    await vera.press("1 · 10:30")
    assert "У кого: Анна" in vera.screen
    await vera.press("Перенести")
    await vera.press("11:00")
    assert "✓ Перенесли" in vera.screen
    assert "11:00, пн, 7 сентября" in vera.screen
    assert clocks(await slots(hq)) == ["11:00", "19:30"]
    assert "Перенос: 10:30 → 11:00" in anna.said
    assert "11:00" in anna.find("VK Казань · ВКонтакте").body, "the card says the new time"
    await hq.move_to(datetime(2026, 9, 7, 7, 35, tzinfo=UTC))
    assert "Через" in anna.screen, "the reminder goes by the new time"


# -- moving -----------------------------------------------------------------------------------------------------------


async def test_a_typed_time_against_the_norm_takes_a_reason_and_nonsense_is_refused(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Перенести")
    assert "пришлите другое время" in vera.screen
    await vera.send("после обеда")
    assert "например 18:40" in vera.screen
    await vera.send("19:30")
    assert "уже есть пост" in vera.screen
    await vera.send("7:00")
    assert "прошло" in vera.screen
    await vera.send("в 18.40")
    assert "слишком близко" in vera.screen.lower()
    assert clocks(await slots(hq)) == ["10:30", "19:30"], "nothing has moved"
    await vera.press("Другое время")
    await vera.send("13:15")
    assert "вне часов" in vera.screen
    await vera.press("Привязано к событию")
    assert "✓ Перенесли" in vera.screen
    assert "Привязано к событию" in vera.screen
    assert clocks(await slots(hq)) == ["13:15", "19:30"]
    assert "10:30 → 13:15" in anna.said


async def test_a_reason_in_own_words_is_kept_with_the_change(hq: Headquarters) -> None:
    vera, _ = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Перенести")
    await vera.send("14:00")
    await vera.press("Своими словами")
    await vera.send("Открытие <парка> в 14")
    assert "Открытие <парка> в 14" in vera.screen
    assert clocks(await slots(hq)) == ["14:00", "19:30"]


async def test_a_post_never_goes_into_a_silence_or_onto_a_stopped_page(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    quiet = Blackout("kazan", datetime(2026, 9, 7, 11), datetime(2026, 9, 7, 18), "День тишины")  # noqa: DTZ001 - wall clock
    await hq.app.db.run(lambda uow: uow.campaign.save_blackouts([quiet]))
    await open_first(vera)
    await vera.press("Перенести")
    assert "11:00" not in vera.labels
    await vera.send("11:30")
    assert "тишина" in vera.screen
    await vera.send("14:00")
    assert "тишина" in vera.screen, "no reason helps"
    await hq.app.db.run(lambda uow: uow.campaign.save_blackouts([]))
    await vera.send("/stop")
    await vera.press("Одну страницу")
    await vera.press("VK Казань")
    await vera.press("Ошибка в тексте")
    await open_first(vera)
    await vera.press("Перенести")
    assert "остановлена" in vera.toasts[-1]
    assert clocks(await slots(hq)) == ["10:30", "19:30"]
    assert "Перенос" not in anna.said


async def test_a_post_is_not_moved_into_the_quiet_hours_of_whoever_has_it(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.people.update(anna.id, quiet_from=time(11), quiet_to=time(12)))
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Перенести")
    await vera.press("11:30")
    assert "тихие часы: Анна" in vera.toasts[-1]
    assert clocks(await slots(hq)) == ["10:30", "19:30"]


async def test_what_nobody_has_heard_of_is_moved_quietly_and_the_morning_says_the_new_time(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.move_to(datetime(2026, 9, 7, 20, 30, tzinfo=UTC))  # 23:30 in Kazan
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    before = len(anna.messages)
    await vera.send("/plan")
    await vera.press("08.09 ›")
    await vera.press("1 · 10:30")
    await vera.press("Перенести")
    await vera.press("11:00")
    assert len(anna.messages) == before
    await hq.move_to(datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    morning = "\n".join(message.body for message in anna.messages[before:])
    assert "11:00" in morning
    assert "10:30" not in morning


async def test_whoever_has_quiet_hours_hears_of_a_change_after_them(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.people.update(anna.id, quiet_from=time(14), quiet_to=time(16)))
    await hq.move_to(datetime(2026, 9, 7, 8, 0, tzinfo=UTC))
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 11, 30, tzinfo=UTC))  # 14:30 in Kazan
    before = len(anna.messages)
    await open_first(vera, "19:30")
    await vera.press("Перенести")
    await vera.press("20:00")
    assert len(anna.messages) == before
    await hq.move_to(datetime(2026, 9, 7, 13, 0, tzinfo=UTC))
    assert "19:30 → 20:00" in anna.said


# -- people -----------------------------------------------------------------------------------------------------------


async def test_a_post_is_given_to_whoever_is_free_and_the_others_stand_there_with_why_not(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    boris, clara = await hq.join("Борис", Role.VOLUNTEER, "kazan"), await hq.join("Клара", Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.availability.add_day_off(clara.id, datetime(2026, 9, 7, tzinfo=UTC).date()))
    await open_first(vera)
    await vera.press("Поручить")
    assert [label for label in vera.labels if "Борис" in label or "Клара" in label] == [
        "Борис (0, 0)",
        "– Клара · выходной",
    ]
    await vera.press("Клара")
    assert "выходной: Клара" in vera.toasts[-1]
    await vera.press("Борис")
    assert "✓ Поручено" in vera.screen
    assert "У кого: Борис" in vera.screen
    assert "передали коллеге" in anna.said
    assert TEXT in boris.messages[0].body
    first = (await slots(hq))[0]
    assert (first.assignee, first.slot.state) == ("Борис", SlotState.FILLED)
    await hq.move_to(datetime(2026, 9, 7, 7, 31, tzinfo=UTC))
    assert "Пора публиковать" in boris.screen
    assert "Пора" not in anna.said


async def test_in_their_quiet_hours_nobody_is_given_anything_without_their_own_yes(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.people.update(boris.id, quiet_from=time(10), quiet_to=time(11)))
    await open_first(vera)
    await vera.press("Поручить")
    await vera.press("Борис · тихие часы")
    assert "только если он согласится" in vera.screen
    await vera.press("Спросить: Борис")
    assert "Спросили, ждём ответа: Борис" in vera.screen
    assert "У кого: Анна" in vera.screen, "until there is a yes"
    assert "только если вы согласны" in boris.screen
    await boris.press("Возьмусь")
    assert (await slots(hq))[0].assignee == "Борис"
    assert "задание взял кто-то из коллег" in anna.said


async def test_a_late_post_is_given_to_somebody_else_who_proves_it(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 7, 45, tzinfo=UTC))
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await open_first(vera)
    assert "Анна, опоздание 15 мин" in vera.screen
    await vera.press("Поручить")
    await vera.press("Борис")
    assert "передали коллеге" in anna.said
    await boris.press("Опубликовано")
    await boris.send("https://vk.com/kazan_hq?w=wall-123_77")
    assert (await slots(hq))[0].slot.state is SlotState.POSTED
    await open_first(vera)
    assert "Опубликовано 10:45, Борис" in vera.screen
    assert {button.label for button in vera.messages[-1].all_buttons()} == {"‹ День"}, (
        "nothing is left to change or undo"
    )


async def test_two_people_swap_their_posts_and_undo_gives_them_back(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, "Текст для ВК", "vk-kazan", now=hq.now)
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, "Текст для ОК", "ok-kazan", now=hq.now)
    assert [v.assignee for v in (*await slots(hq), *await slots(hq, "ok-kazan"))] == ["Анна", None, "Борис", None]
    await open_first(vera, "VK Казань")
    await vera.press("Поменять")
    await vera.press("Людей")
    await vera.press("ОК Казань")
    assert "✓ Люди поменялись" in vera.screen
    assert [v.assignee for v in (*await slots(hq), *await slots(hq, "ok-kazan"))] == ["Борис", None, "Анна", None]
    assert "Текст для ОК" in anna.said
    assert "обменяли на другой" in anna.said
    assert "Текст для ВК" in boris.said
    await hq.advance(minutes=4)
    await vera.press("Отменить изменение")
    assert "✓ Отменено" in vera.screen
    assert [v.assignee for v in (*await slots(hq), *await slots(hq, "ok-kazan"))] == ["Анна", None, "Борис", None]
    assert "Текст для ВК" in anna.said
    assert "план вернули, как было" in anna.said


# -- texts ------------------------------------------------------------------------------------------------------------


async def test_another_text_is_chosen_and_whoever_has_the_post_gets_it_in_place_of_the_first(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.move_to(datetime(2026, 9, 7, 8, 0, tzinfo=UTC))  # only the evening's slot is left
    for text in ("Первый текст", "Второй текст"):
        await hq.run(approve, vera.id, vera.id, text, "vk-kazan", now=hq.now)
    await hq.move_to(datetime(2026, 9, 7, 15, 50, tzinfo=UTC))
    assert "Первый текст" in anna.said
    await open_first(vera, "19:30")
    await vera.press("Текст")
    assert "1. Второй текст · завтра 10:30" in vera.screen, "what stands on a later day can be had too"
    await vera.press("1")
    assert "✓ Тексты поменялись" in vera.screen
    assert "теперь другой текст" in anna.said
    assert "Второй текст" in anna.said
    assert "Первый текст" not in anna.said, "the old one is gone"


async def test_of_many_texts_every_one_can_be_reached(hq: Headquarters) -> None:
    vera = await press_secretary(hq)
    for n in range(1, 12):
        await hq.run(approve, vera.id, vera.id, f"Текст номер {n}", "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Текст")
    assert "8. Текст номер 8" in vera.screen
    await vera.press("›")
    assert "11. Текст номер 11" in vera.screen
    await vera.press("11")
    assert "✓ Текст выбран" in vera.screen
    assert "Текст номер 11" in vera.screen


async def test_texts_change_places_only_where_both_pages_may_carry_them(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for name in ("Борис", "Клара"):
        await hq.join(name, Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    own = await hq.run(approve, anna.id, vera.id, "Моё личное", "my-anna", now=hq.now)
    both = await hq.run(approve, vera.id, vera.id, "Для обеих", "vk-kazan", "ok-kazan", now=hq.now)
    only = await hq.run(approve, vera.id, vera.id, "Для ВК", "vk-kazan", now=hq.now)
    await open_first(vera, "VK Казань")
    await vera.press("Поменять")
    await vera.press("Тексты")
    assert not any("Страница Анны" in label for label in vera.labels)
    assert vera.actor is not None
    mine, theirs = (await slots(hq))[0].slot, (await slots(hq, "my-anna"))[0].slot
    with pytest.raises(NotCarried) as refused:  # own words stay on the own page, whatever is pressed (H6)
        await hq.app.db.run(
            day_plan_texts.swap_texts,
            vera.actor,
            (mine.id, mine.version),
            (theirs.id, theirs.version),
            now=hq.now,
            rules=plan_rules(hq.app.settings),
        )
    assert refused.value.why is Unfit.PAGE
    await vera.press("19:30 VK Казань")
    assert "✓ Тексты поменялись" in vera.screen
    assert [v.slot.draft_id for v in await slots(hq)] == [only, both]
    assert (await slots(hq, "my-anna"))[0].slot.draft_id == own
    assert "теперь другой текст" in anna.said


async def test_the_planner_does_not_put_back_what_a_hand_took_off(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    first = await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Текст")
    await vera.press("Убрать текст")
    await vera.press("Поручить")
    await vera.press("Анна")
    assert "нет одобренного текста" in vera.toasts[-1], "nor with its person"
    second = await hq.run(approve, vera.id, vera.id, "Свежий", "vk-kazan", now=hq.now)
    assert [view.slot.draft_id for view in await slots(hq)] == [second, None]
    await hq.move_to(datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    drafts = {view.slot.draft_id for view in (*await slots(hq), *await slots(hq, days=1))}
    assert first not in drafts
    await open_first(vera)
    await vera.press("Текст")
    await vera.press("1")
    assert TEXT in anna.said
    assert first in {view.slot.draft_id for view in await slots(hq)}, "by hand it can be chosen"


async def test_a_text_is_taken_off_and_its_person_hears_of_it(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Текст")
    await vera.press("Убрать текст")
    assert "Пусто: нет одобренного текста" in vera.screen
    assert "Текст этого поста убрали" in anna.said
    await vera.press("Отменить изменение")
    assert "У кого: Анна" in vera.screen
    assert TEXT in anna.said


# -- taking out, bringing back, one more ------------------------------------------------------------------------------


async def test_a_post_taken_out_with_a_reason_counts_apart_and_stays_out(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Снять с плана")
    await vera.press("Есть новости важнее")
    assert "✓ Пост снят с плана" in vera.screen
    assert "Есть новости важнее" in vera.screen
    assert "сняли с плана" in anna.said
    (one,) = (slot for slot in await all_slots(hq) if slot.state is SlotState.CANCELLED)
    assert one.excuse is Excuse.SKIPPED
    assert await excused(hq) == 1
    await hq.move_to(datetime(2026, 9, 7, 7, 31, tzinfo=UTC))
    assert "Пора" not in anna.said
    await hq.run(approve, vera.id, vera.id, "Ещё один", "vk-kazan", now=hq.now)  # the planner goes over the day again
    assert clocks(await slots(hq)) == ["19:30"], "nothing comes in its place"
    await vera.send("/plan")
    assert "⏭ 10:30 VK Казань" in vera.screen


async def test_a_post_taken_out_for_own_words_comes_back_and_is_filled_by_the_planner(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Снять с плана")
    await vera.press("Своими словами")
    await vera.send("Ждём решения суда")
    assert "Ждём решения суда" in vera.screen
    await hq.advance(minutes=6)
    await vera.press("Вернуть в план")
    assert "✓ Вернули в план" in vera.screen
    assert await excused(hq) == 0
    await hq.run(approve, vera.id, vera.id, "Ещё один", "vk-kazan", now=hq.now)
    assert [v.assignee for v in await slots(hq)] == ["Анна", "Анна"]
    assert "Ещё один" in anna.said or TEXT in anna.said


async def test_one_more_post_is_added_beyond_the_norm_and_given_by_its_text(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await vera.send("/plan")
    await vera.press("Место")
    await vera.press("VK Казань")
    assert "Когда дополнительный пост?" in vera.screen
    await vera.send("15:30")
    assert "вне часов" in vera.screen
    await vera.press("Привязано к событию")
    assert "✓ Добавили" in vera.screen
    assert "сверх нормы" in vera.screen
    await hq.run(approve, vera.id, vera.id, "Утренний", "vk-kazan", now=hq.now)
    assert clocks(await slots(hq)) == ["10:30", "15:30", "19:30"], "the norm's two are there all the same"
    await hq.run(approve, vera.id, vera.id, "Запасной", "vk-kazan", now=hq.now)
    assert anna.actor is not None
    states = [view.slot.state for view in await slots(hq)]
    assert states.count(SlotState.FILLED) == 2


async def test_an_empty_post_gets_a_chosen_text_and_the_person_whose_turn_it_is(hq: Headquarters) -> None:
    vera = await press_secretary(hq)
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)  # nobody is there to post it
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await open_first(vera)
    assert "Пусто: некому публиковать" in vera.screen
    await vera.press("Текст")
    await vera.press("1")
    assert "У кого: Анна" in vera.screen
    assert TEXT in anna.said


# -- undo -------------------------------------------------------------------------------------------------------------


async def test_undo_restores_exactly_what_was_for_five_minutes(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    before = [replace(slot, version=0) for slot in await all_slots(hq)]
    counted = await counts(hq)
    await open_first(vera)
    await vera.press("Снять с плана")
    await vera.press("Нет хорошего текста")
    await hq.advance(minutes=4, seconds=59)
    await vera.press("Отменить изменение")
    assert "✓ Отменено: всё как было" in vera.screen
    assert [replace(slot, version=0) for slot in await all_slots(hq)] == before
    assert await counts(hq) == counted
    assert "Скопируйте текст выше" in anna.screen, "the card is back"
    await vera.press("Перенести")
    await vera.press("11:00")
    undo = vera.messages[-1]
    await hq.advance(minutes=5)
    await vera.press("Отменить изменение", undo)
    assert "Пять минут прошли" in vera.toasts[-1]
    assert clocks(await slots(hq)) == ["11:00", "19:30"]


async def test_what_somebody_has_acted_on_since_cannot_be_undone(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await open_first(vera)
    await vera.press("Перенести")
    await vera.press("11:00")
    card = anna.find("Скопируйте текст выше")
    await anna.press("Не получится", card)
    await anna.press("Нет времени")
    await vera.press("Отменить изменение")
    assert "уже нельзя" in vera.toasts[-1]


async def test_of_two_who_change_the_same_post_one_wins_and_the_other_learns_who(hq: Headquarters) -> None:
    vera, ivan = await press_secretary(hq), await press_secretary(hq, "Иван")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    for phone in (vera, ivan):
        await open_first(phone)
        await phone.press("Перенести")
    tap = next(str(one.data) for row in vera.messages[-1].buttons for one in row if one.label == "11:00")
    await vera.press("11:00")
    await vera.act(lambda user: user.press_raw(vera.messages[-1], tap))
    assert vera.toasts[-1].startswith("Это место уже изменилось"), "a double tap: not by her own name"
    await ivan.press("11:30")
    assert "только что изменили: Вера" in ivan.toasts[-1]
    assert clocks(await slots(hq)) == ["11:00", "19:30"]


# -- a dry run --------------------------------------------------------------------------------------------------------


async def test_a_dry_run_shows_what_the_planner_would_do_tomorrow_and_changes_nothing(hq: Headquarters) -> None:
    vera, _ = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await hq.app.db.run(ready, vera.id, "Про завтра", "ok-kazan", now=hq.now)
    await vera.send("/plan")
    await vera.press("08.09 ›")
    before = await hq.read(lambda uow: uow.day_plan.rows("kazan", MONDAY + timedelta(days=1)))
    await vera.press("Проба плана")
    assert "Проба плана: Казань, вт, 8 сентября" in vera.screen
    assert "＋ 10:30 ОК Казань → Анна\nПро завтра" in vera.screen
    assert "○ 10:30 VK Казань: нет одобренного текста" in vera.screen
    assert await hq.read(lambda uow: uow.day_plan.rows("kazan", MONDAY + timedelta(days=1))) == before
    await vera.press("‹ День")
    assert "Казань · вт, 8 сентября" in vera.screen


# -- who may, and where -----------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_manager_chooses_a_region_once_turns_days_and_sees_empty_places_only(hq: Headquarters) -> None:
    olga, vera = await hq.join("Ольга", Role.MANAGER), await press_secretary(hq)
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await olga.send("/plan")
    await olga.press("Другой регион")
    await olga.press("Казань")
    assert "Казань · пн, 7 сентября" in olga.screen
    await olga.press("Только пустые")
    assert "Анна" not in olga.screen
    assert "○ 19:30" in olga.screen
    await olga.press("Показать всё")
    await olga.press("08.09 ›")
    assert "вт, 8 сентября" in olga.screen
    await olga.press("09.09 ›")
    assert "Ещё не разложено" in olga.screen
    await olga.press("Другой регион")
    await olga.press("Омск")
    assert "Омск · ср, 9 сентября" in olga.screen, "the day stays"
    await olga.press("Другой регион")
    await olga.press("Казань")
    await olga.press("09.09 ▾")
    await olga.press("вс, 6 сентября")
    assert "ничего нет" in olga.screen
    await olga.send("/plan")
    assert "Казань" in olga.screen, "remembered"
    await hq.move_to(datetime(2026, 11, 5, 9, 0, tzinfo=UTC))
    await olga.send("/plan")
    assert "Казань · чт, 5 ноября\n\nНа этот день в плане ничего нет." in olga.screen, "the campaign is over"
    await olga.send("/pages")
    assert "✓ Сейчас помощь не нужна ни одной странице" in olga.screen
    assert "🟥" in olga.screen, "nobody says that every norm was kept"


async def test_volunteers_own_pages_have_a_list_of_their_own(hq: Headquarters) -> None:
    vera, anna = await press_secretary(hq), await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.app.db.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await hq.run(approve, anna.id, vera.id, "Моё личное", "my-anna", now=hq.now)
    await vera.send("/plan")
    assert "Страница Анны" not in vera.screen
    await vera.press("Личные: 2")
    assert "Казань, личные страницы" in vera.screen
    assert "● 10:30 Страница Анны · Анна" in vera.screen
    await vera.press("1 · 10:30")
    await vera.press("Поручить")
    assert "Больше никто на этой странице не публикует" in vera.screen


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_whole_walk_over_the_day_in_both_languages(hq: Headquarters, language: str) -> None:
    w = words_for(language)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan", language=language)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan", language=language)
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan", language=language)
    await hq.run(approve, vera.id, vera.id, "Другой текст", "ok-kazan", now=hq.now)
    await open_first(vera, "VK Казань")
    for taps, said in (
        (("Move", "11:00"), "✓ Moved. Whoever knew of it hears the new time."),
        (("Undo the change",), "✓ Undone: everything is as it was."),
        (("Swap", "The people", "ОК Казань"), "✓ The two have swapped."),
        (("Undo the change",), "✓ Undone: everything is as it was."),
        (("Text", "Take the text off"), "✓ The text is off. The planner may put another one here, never this one."),
        (("Undo the change",), "✓ Undone: everything is as it was."),
        (("Take it out", "Nobody can post it"), "✓ Taken out. It counts apart, not as missed."),
        (("Bring it back",), "✓ Back in the plan: now it needs a text and a person."),
        (("Give to…", "Анна"), "✓ Given."),
    ):
        for tap in taps:
            await vera.press(w.plain(tap))  # texts: dynamic
        assert w.plain(said) in vera.screen, said  # texts: dynamic
    assert "10:30 → 11:00" in anna.said
    assert w.plain("This post is out of the plan: please do not publish it.") in anna.said
    assert w.plain("This post is no longer yours: the plan is again as it was before.") in boris.said
    assert [view.assignee for view in await slots(hq)] == ["Анна", None]
    await vera.press(w.plain("‹ The day"))
    await vera.press(w.plain("Dry run"))
    assert w.plain("What the planner would do now. Nothing has been changed.") in vera.screen


async def test_a_coordinator_looks_and_changes_nothing_and_a_volunteer_sees_no_plan(hq: Headquarters) -> None:
    vera, kira = await press_secretary(hq), await hq.join("Кира", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, vera.id, vera.id, TEXT, "vk-kazan", now=hq.now)
    await kira.send("/plan")
    await kira.press("1 · 10:30")
    assert "У кого: Анна" in kira.screen
    assert not {"Перенести", "Поручить…", "Снять с плана"} & set(kira.labels)
    slot = (await slots(hq))[0].slot
    assert kira.actor is not None
    with pytest.raises(Forbidden):
        await hq.app.db.run(
            day_plan_moves.skip,
            kira.actor,
            slot.id,
            slot.version,
            "news",
            now=hq.now,
            rules=plan_rules(hq.app.settings),
        )
    await anna.send("/plan")
    assert "Казань · пн" not in anna.said
    await anna.send("/help")
    assert "/plan" not in anna.screen


async def test_in_english_by_the_pages_own_clock(hq: Headquarters) -> None:
    press = await hq.join("Vera", Role.PRESS_SECRETARY, "omsk", language="en")
    vera = await hq.join("Vlad", Role.MANAGER, language="en")
    anna = await hq.join("Anna", Role.VOLUNTEER, "omsk", language="en")
    await hq.run(approve, press.id, press.id, "Meet us in the yard", "vk-omsk", now=hq.now)
    await vera.send("/plan")
    await vera.press("Another region")
    await vera.press("Омск")
    assert "Times of the page: Omsk, UTC+6" in vera.screen
    await vera.press("1 · ")
    assert "by your clock" in vera.screen
    await vera.press("Move")
    await vera.send("lunch")
    assert "like 18:40" in vera.screen
    await vera.send("20:30")
    assert "✓ Moved" in vera.screen
    assert "Moved:" in anna.said
