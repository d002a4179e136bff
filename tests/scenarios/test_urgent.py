"""Urgent: an approved text goes at once to named people; the first yes has the page, a substitute follows each silence."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.errors import Forbidden
from domain.people import EVERYWHERE, Role
from domain.plan import AssignmentState, SlotState
from domain.planning import PlanRules
from domain.ports.plan import SlotView
from domain.recalls import RecallKind, RecallReason, RecallState
from domain.rollups import Measure
from domain.silence import Blackout
from domain.usecases import urgent
from playground import Message
from storage.tables import draft, journal, journal_payload, recall, rollup
from storage.uow import SqlUnitOfWork
from tests.drafting import approve
from tests.harness import START, Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of

TEXT = "Воду в Казани отключат в 15:00, набирайте заранее!"
LINK = "https://vk.com/kazan_hq?w=wall-123_77"


async def approved(hq: Headquarters, press: Phone, *pages: str, text: str = TEXT, settled: bool = True) -> int:
    """An approved text whose approval cannot be undone any more."""

    async def make(uow: SqlUnitOfWork) -> int:
        number = await approve(uow, press.id, press.id, text, *pages, now=hq.now)
        when = hq.now if settled else None
        await uow.session.execute(update(draft).where(draft.c.id == number).values(settled_at=when))
        return number

    return await hq.run(make)


async def mark(press: Phone, text: str = "Воду в Казани") -> None:
    await press.send("/urgent")
    await press.press(text)


async def send(press: Phone) -> None:
    await press.press("Что произойдёт")
    await press.press("Да, отправить сейчас")


def asked(phone: Phone, page: str = "") -> Message:
    """The question about this page."""
    found = [m for m in phone.messages if "сможете опубликовать" in m.body and page in m.body]
    assert found, phone.said
    return found[-1]


async def slots(hq: Headquarters, page: str = "vk-kazan") -> list[SlotView]:
    return await hq.read(lambda uow: uow.plan.slots_of_day((hq.now + timedelta(hours=3)).date(), [page]))


async def urgent_slot(hq: Headquarters, page: str = "vk-kazan") -> SlotView:
    return next(view for view in await slots(hq, page) if view.slot.urgent_id is not None)


# -- the way of a text --------------------------------------------------------------------------------------------------


async def test_an_urgent_text_is_taken_by_the_first_who_says_yes_and_posted_with_proof(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    assert "☑ VK Казань: " in vera.screen
    await vera.press("Что произойдёт")
    assert "Спрошу 2 человек, на ответ 10 мин" in vera.screen
    await vera.press("Да, отправить сейчас")
    assert "взяли 0 из 1, опубликовано 0" in vera.screen
    assert "спросили до 08:10: Борис и Анна" in vera.screen, "Anna had a post in the plan already"
    assert "сможете опубликовать прямо сейчас?" in boris.screen
    await anna.press("Беру", asked(anna))
    assert "Это уже публикует" not in anna.screen
    assert f"{TEXT}\n\nШтаб кандидата" in [message.body for message in anna.messages], "the copy-ready text"
    assert "уже публикует Анна" in boris.screen
    await hq.advance(seconds=5)
    assert "взяли 1 из 1, опубликовано 0" in vera.screen
    assert "👍 VK Казань: публикует Анна" in vera.screen
    await anna.press("Опубликовано")
    await anna.send(LINK)
    await hq.advance(seconds=5)
    assert "взяли 1 из 1, опубликовано 1" in vera.screen
    assert sum("⚡ Срочно: взяли" in message.body for message in vera.messages) == 1, "one card, edited in place"
    view = await urgent_slot(hq)
    assert (view.slot.state, view.assignee) == (SlotState.POSTED, "Анна")


async def test_the_text_leaves_its_place_in_the_plan_and_whoever_had_it_is_told(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    assert [view.slot.state for view in await slots(hq)] == [SlotState.FILLED, SlotState.EMPTY]
    await mark(vera)
    await vera.press("Что произойдёт")
    assert "По плану он вышел бы там позже (10:30): оттуда его уберу." in vera.screen
    await vera.press("Да, отправить сейчас")
    assert "Этот текст выходит срочно" in anna.said
    states = [(view.slot.urgent_id is not None, view.slot.state) for view in await slots(hq)]
    assert states == [(True, SlotState.FILLED), (False, SlotState.EMPTY), (False, SlotState.EMPTY)]
    assert await hq.read(_count, Measure.SLOTS) == 3
    assert await hq.read(_count, Measure.FILLED) == 1


async def _count(uow: SqlUnitOfWork, measure: Measure) -> int:
    """Of the first day on VK."""
    here = rollup.c.page == "vk-kazan", rollup.c.day == date(2026, 9, 7), rollup.c.measure == measure
    return int((await uow.session.execute(select(rollup.c.value).where(*here))).scalar_one())


async def test_a_silent_one_is_followed_by_a_substitute_and_then_the_press_secretary_is_told(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    people = [await hq.join(name, Role.VOLUNTEER, "kazan") for name in ("Анна", "Борис")]
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await vera.press("Кто: 2")
    await vera.press("☑ Борис")
    await vera.press("Назад")
    await send(vera)
    anna, boris = people
    assert "сможете опубликовать" in anna.said
    assert "сможете опубликовать" not in boris.said
    await hq.advance(minutes=10, seconds=5)
    assert "сможете опубликовать" in boris.said
    assert "спросили до 08:20: Борис; молчат: Анна" in vera.find("взяли").body
    await boris.press("Не сейчас", asked(boris))
    assert "спасибо, что ответили. От вас больше ничего не нужно" in boris.screen
    assert "спросить больше некого" in vera.screen
    await hq.advance(seconds=5)
    assert "никто не взял, молчат: Анна" in vera.find("взяли 0 из 1").body
    await anna.press("Беру", asked(anna))
    assert (await urgent_slot(hq)).assignee == "Анна", "a late yes still helps"


async def test_two_people_say_yes_at_once_and_exactly_one_has_it(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    card = asked(boris)
    yes = data_of(card, "Беру")
    anna.user.press("Беру", message=asked(anna))
    await boris.act(lambda user: user.press_raw(card, yes))
    view = await urgent_slot(hq)
    held = await hq.read(lambda uow: uow.plan.assignments_of(view.slot.id))
    assert [one.state for one in held].count(AssignmentState.ASSIGNED) == 1
    winner = next(one.person_id for one in held if one.state is AssignmentState.ASSIGNED)
    name, loser = ("Анна", boris) if winner == anna.id else ("Борис", anna)
    assert f"Это уже публикует {name}. Спасибо!" in loser.toasts
    assert "сможете опубликовать" not in loser.find(f"уже публикует {name}").body


async def test_one_person_takes_two_pages_of_one_text(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan", "ok-kazan")
    await mark(vera)
    await send(vera)
    await anna.press("Беру", asked(anna, "VK Казань"))
    await anna.press("Беру", asked(anna, "ОК Казань"))
    await hq.advance(seconds=5)
    assert "взяли 2 из 2" in vera.screen


async def test_stop_asking_gives_the_text_back_to_the_plan_and_leaves_who_said_yes_alone(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan", "ok-kazan")
    await mark(vera)
    await send(vera)
    await anna.press("Беру", asked(anna, "VK Казань"))
    await hq.advance(seconds=5)
    await vera.press("Больше не спрашивать")
    assert "Больше никого не спрашиваю." in vera.screen
    assert "взяли 1 из 2" in vera.screen
    assert "больше не нужно" in anna.find("⚡ ОК Казань").body
    assert (await urgent_slot(hq)).slot.state is SlotState.FILLED
    planned = [view.slot.state for view in await slots(hq, "ok-kazan")]
    assert planned == [SlotState.FILLED, SlotState.EMPTY], "planned again in the ordinary way"


async def test_who_said_yes_and_posts_nothing_is_followed_by_an_ordinary_substitute(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    await hq.advance(minutes=9)
    await anna.press("Беру", asked(anna))
    await hq.advance(minutes=19)
    assert "Сможете выручить?" not in boris.said
    await hq.advance(minutes=2)
    await boris.press("Возьмусь", boris.find("Сможете выручить?"))
    await hq.advance(seconds=5)
    assert "публикует Борис" in vera.find("взяли 1 из 1").body


async def test_a_colleague_finds_what_is_on_its_way_and_may_stop_it(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    gleb = await hq.join("Глеб", Role.PRESS_SECRETARY, "kazan", language="en")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    await gleb.send("/urgent")
    assert "accepted 0 of 1, posted 0" in gleb.screen
    await gleb.press("Воду")
    assert "asked Анна, until 08:10" in gleb.screen
    await gleb.press("Stop asking")
    assert "Nobody more is asked." in gleb.screen
    await hq.advance(seconds=5)
    assert "Больше никого не спрашиваю." in vera.screen
    assert "больше не нужно" in anna.find("⚡").body
    await hq.advance(minutes=15)
    assert "спросить больше некого" not in vera.said


async def test_the_approved_card_leads_there_once_its_approval_is_settled(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await vera.press("Открыть очередь")
    await vera.press("✓ Одобрить")
    assert not any("Срочно" in label for label in vera.labels), "it can still be undone"
    await hq.advance(minutes=2)
    await vera.press("⚡ Срочно")
    assert "☑ VK Казань: Анна" in vera.screen
    await vera.press("Не отправлять")
    assert "Не отправлено" in vera.screen


async def test_a_recalled_text_is_not_urgent(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    number = await approved(hq, vera, "vk-kazan", "ok-kazan")
    await mark(vera)
    await send(vera)
    await hq.run(_recall, number, vera.id)
    await anna.press("Беру", asked(anna, "VK Казань"))
    assert anna.toasts[-1] == "Больше не нужно, спасибо!"
    assert not any("Штаб" in message.body for message in anna.messages[-2:])


async def _recall(uow: SqlUnitOfWork, draft_id: int, by: int) -> None:
    """Declared a moment ago; what follows from it has not happened yet."""
    values: dict[str, object] = {"draft_id": draft_id, "by_id": by, "at": START, "declared_at": START}
    values |= {"kind": RecallKind.REMOVE, "state": RecallState.OPEN, "reason": next(iter(RecallReason))}
    await uow.session.execute(insert(recall).values(values))


async def test_an_old_button_changes_nothing_and_shows_how_things_stand(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan", "ok-kazan")
    await mark(vera)
    panel = vera.messages[-1]
    old = data_of(panel, "☑ ОК Казань")
    await vera.press("☑ ОК Казань", panel)
    assert "☐ ОК Казань" in panel.body
    await vera.act(lambda user: user.press_raw(panel, old))
    assert vera.toasts[-1] == "С тех пор всё изменилось. Вот как сейчас."
    assert "☐ ОК Казань" in panel.body


# -- rules --------------------------------------------------------------------------------------------------------------


async def test_in_a_silence_nothing_urgent_goes_out_and_the_end_is_named(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await vera.press("Что произойдёт")
    await silence(hq, time(7), time(12))
    await vera.press("Да, отправить сейчас")
    assert vera.toasts[-1] == "Тишина до 12:00. Срочное в это время не выходит ни по какой причине."
    await vera.send("/urgent")
    await vera.press("Воду в Казани")
    assert "🔇 VK Казань: тишина до 12:00" in vera.screen
    assert "сможете" not in anna.said


async def silence(hq: Headquarters, starts: time, ends: time) -> None:
    """Today in Kazan, on its clock."""
    today = date(2026, 9, 7)
    one = Blackout("kazan", datetime.combine(today, starts), datetime.combine(today, ends), "выборы")
    await hq.run(lambda uow: uow.campaign.save_blackouts([one]))


async def test_a_silence_that_begins_meanwhile_refuses_the_yes_and_ends_the_asking(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    await hq.advance(minutes=2)
    await silence(hq, time(8, 1), time(12))
    await anna.press("Беру", asked(anna))
    assert "тишин" in anna.toasts[-1].lower()
    await hq.advance(minutes=9)
    assert "началась тишина" in vera.screen
    assert "срочно не вышло" in vera.find("взяли 0 из 1").body


async def test_an_approval_that_can_still_be_undone_is_not_urgent_yet(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan", settled=False)
    await mark(vera)
    assert vera.toasts[-1] == "Срочным его можно сделать с 08:01: до этого одобрение ещё можно отменить."


async def test_exceeding_a_gap_takes_a_reason_that_is_journalled(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan", text="Утренний пост")
    await approved(hq, vera, "vk-kazan")
    await hq.move_to(datetime(2026, 9, 7, 7, 0, tzinfo=UTC))  # 10:00; the morning's post is planned for 10:30
    await mark(vera)
    await vera.press("Что произойдёт")
    assert "До соседнего поста всего 30 мин, а договорились о 120 мин." in vera.screen
    assert "Да, отправить сейчас" not in vera.labels
    await vera.press("указать причину")
    await vera.press("Своими словами")
    await vera.send("Авария на насосной станции")
    assert "Причина для журнала: Авария на насосной станции" in vera.screen
    await vera.press("Превысить норму и отправить")
    assert "взяли 0 из 1" in vera.screen
    kept = await hq.read(_payload, "urgent.started")
    assert kept["note"] == "Авария на насосной станции"
    assert kept["exceeded"] == [{"page": "vk-kazan", "rule": "gap", "have": 30, "agreed": 120}]


async def _payload(uow: SqlUnitOfWork, action: str) -> dict[str, object]:
    statement = select(journal_payload.c.payload).join(journal, journal.c.seq == journal_payload.c.seq)
    return dict((await uow.session.execute(statement.where(journal.c.action == action))).scalar_one())


async def test_who_sleeps_is_asked_only_after_a_warning_and_then_with_a_sound(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, EVERYWHERE)
    vlad = await hq.join("Влад", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.update(vlad.id, zone="America/New_York"))
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await vera.press("☐ VK Казань")
    await vera.press("Кто: 0")
    await vera.press("☐ 🌙 Влад")
    assert "тихие часы, там сейчас 01:00" in vera.screen
    await vera.press("Да, разбудить")
    await vera.press("Назад")
    assert "☑ VK Казань: Влад 🌙" in vera.screen
    await send(vera)
    message = asked(vlad)
    assert not message.silent


async def test_a_volunteer_cannot_mark_anything_urgent_and_has_no_such_command(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await anna.send("/urgent")
    assert "Какой одобренный текст" not in anna.said
    await anna.send("/help")
    assert "/urgent" not in anna.screen
    with pytest.raises(Forbidden):
        await hq.run(_mark_as, anna.id)


async def _mark_as(uow: SqlUnitOfWork, person_id: int) -> None:
    actor = await uow.people.find_actor_by_person(person_id)
    assert actor is not None
    rules = PlanRules(timedelta(), timedelta(), timedelta(), timedelta(), 3)
    await urgent.mark(uow, actor, 1, 1, now=START, plan=rules, minutes=10)


async def test_a_stop_takes_the_question_back_and_it_comes_again_when_it_goes_on(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    olga = await hq.join("Ольга", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    assert TEXT in asked(anna).body
    await olga.send("/stop")
    await olga.press("⛔ Казань")
    await olga.press("Траур")
    assert "VK Казань: стоп. Пожалуйста, ничего там не публикуйте" in anna.screen
    assert "сможете опубликовать" not in anna.said
    assert "✓ Беру" not in anna.labels
    await olga.press("Продолжить")
    await vera.send("/stop")
    await vera.press("Продолжить")
    await anna.press("Беру", asked(anna))
    await hq.advance(seconds=5)
    assert "👍 VK Казань: публикует Анна" in vera.said


async def test_nobody_takes_a_text_on_that_has_expired_while_they_were_asked(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    number = await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)

    async def over(uow: SqlUnitOfWork) -> None:
        await uow.session.execute(update(draft).where(draft.c.id == number).values(expires_at=hq.now))

    await hq.run(over)
    await anna.press("Беру", asked(anna))
    assert (await urgent_slot(hq)).assignee is None
    assert anna.toasts[-1] == "Больше не нужно, спасибо!"


async def test_a_text_whose_time_is_over_is_not_offered(hq: Headquarters) -> None:
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    number = await approved(hq, vera, "vk-kazan")
    await approved(hq, vera, "vk-kazan", text="Этот ещё годится")

    async def soon(uow: SqlUnitOfWork) -> None:
        await uow.session.execute(
            update(draft).where(draft.c.id == number).values(expires_at=hq.now + timedelta(hours=1))
        )

    await hq.run(soon)
    await vera.send("/urgent")
    assert "Воду в Казани" in vera.screen
    await hq.advance(hours=1)
    await vera.send("/urgent")
    assert "Воду в Казани" not in vera.screen
    assert "Этот ещё годится" in vera.screen
