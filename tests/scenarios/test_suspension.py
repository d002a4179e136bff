"""Closing somebody's access: at once, with everything; a successor; opening it again; leaving."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.broadcasts import BroadcastState
from domain.notices import Notice
from domain.people import Person, PersonStatus, Role
from domain.plan import AssignmentState
from domain.ports import UnitOfWork
from storage.tables import card_copy, draft, journal, journal_payload, outbox
from tests.harness import Headquarters, Phone
from tests.scenarios.test_assignments import assignments_on, posted, text_for
from tests.scenarios.test_commitments import promises
from tests.scenarios.test_drafts import data_of
from tests.scenarios.test_urgent import approved, asked, mark, send


async def close_access(leader: Phone, name: str, successor: str = "Никто: вернуть в план") -> None:
    await leader.send(f"/suspend {name}")
    await leader.press(name)
    await leader.press("Закрыть доступ")
    await leader.press(successor)


async def status_of(hq: Headquarters, phone: Phone) -> PersonStatus:
    person: Person = await hq.read(lambda uow: uow.people.get(phone.id))
    return person.status


async def test_whoever_is_suspended_gets_one_sentence_for_everything_old_buttons_too(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Субботник в парке")
    old = anna.messages[-1]
    submit = data_of(old, "VK Казань")
    await close_access(irina, "Анна")
    assert "Доступ закрыт: Анна" in irina.screen
    assert "Ваш доступ сейчас закрыт" in anna.screen
    for act in ("/start", "/help", "/today", "Новый текст", "/cancel", "/leave", "/privacy"):
        await anna.send(act)
        assert "поговорите, пожалуйста, с коллегой: Ирина" in anna.screen, act
    await anna.start("somebodys-invite")
    assert "Ваш доступ сейчас закрыт" in anna.screen
    await anna.act(lambda user: user.press_raw(old, submit))
    assert "Ваш доступ сейчас закрыт" in anna.toasts[-1]
    drafts = await hq.read(_rows, select(draft.c.id))
    assert len(drafts) == 1, "nothing new was kept"


async def _rows(uow: UnitOfWork, statement: Any) -> list[Any]:
    return list((await uow.session.execute(statement)).all())  # type: ignore[attr-defined]  # the test's own look


async def test_a_message_on_its_way_to_somebody_suspended_is_dropped_and_their_cards_disappear(
    hq: Headquarters,
) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    assert "VK Казань" in anna.said, "her card has come"
    await close_access(irina, "Анна")
    assert all("VK Казань" not in message.body for message in anna.messages), "the card is gone from her chat"
    assert await hq.read(_rows, select(card_copy.c.id).where(card_copy.c.person_id == anna.id)) == []
    before = len(anna.messages)
    await hq.advance(hours=30)
    assert len(anna.messages) == before
    late = await hq.read(
        _rows,
        select(outbox.c.kind).where(outbox.c.person_id == anna.id, outbox.c.sent_at > hq.now - timedelta(hours=29)),
    )
    assert late == []


async def test_drafts_pages_and_posts_move_to_the_successor_in_one_go(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("Мой черновик о субботнике")
    await hq.run(lambda uow: uow.campaign.set_keeper("ok-kazan", anna.id))
    await close_access(irina, "Анна", "Борис")
    assert "Дела принимает Борис:" in irina.screen
    assert "• 1 черновик" in irina.screen
    assert "• страницы: ОК Казань" in irina.screen
    assert "• 1 пост" in irina.screen
    assert "Вы принимаете дела: Анна" in boris.said
    assert "Завтра встреча во дворе" in boris.said, "the text to post has come to him"
    held = {one.person_id: one.state for one in await assignments_on(hq)}
    assert held == {anna.id: AssignmentState.REPLACED, boris.id: AssignmentState.ASSIGNED}
    assert (await hq.read(lambda uow: uow.campaign.get_page("ok-kazan"))).keeper_id == boris.id
    await boris.send("/drafts")
    assert any("Мой черновик" in label for label in boris.labels)
    told = maria.find("Доступ закрыт: Анна")
    assert "Дела принимает Борис:" in told.body, "the managers hear of it, and who has taken over"
    await posted(boris)
    assert "спасибо" in boris.said


async def test_who_took_over_is_named_to_those_alone_who_may_see_them(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    maria = await hq.join("Мария", Role.MANAGER)
    kazan = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    omsk = await hq.join("Олег", Role.COORDINATOR, "omsk")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.people.add_membership(anna.id, Role.VOLUNTEER, "omsk", None, hq.now))
    await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("Мой черновик о субботнике")
    await close_access(olga, "Анна", "Борис")
    for reader in (maria, kazan):
        assert "Дела принимает Борис:" in reader.said
    assert "Дела принимает коллега:" in omsk.said
    assert "Борис" not in omsk.said


async def test_without_a_successor_posts_go_back_to_the_plan_and_pages_are_named(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("ok-kazan", anna.id))
    await close_access(irina, "Анна")
    assert "1 пост вернулся в план" in irina.screen
    assert "Остались без ответственного: ОК Казань" in irina.screen
    assert (await hq.read(lambda uow: uow.campaign.get_page("ok-kazan"))).keeper_id is None
    held = {one.person_id: one.state for one in await assignments_on(hq)}
    assert held == {anna.id: AssignmentState.DECLINED, boris.id: AssignmentState.OFFERED}, "somebody else is asked"


async def test_access_is_opened_again_with_every_role(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await irina.send("/suspend Анна")
    await irina.press("Анна")
    await irina.press("Закрыть доступ")
    await irina.press("Закрыть доступ")
    await irina.send("/team")
    await irina.press("Закрыты: 1")
    await irina.press("⛔ Анна")
    assert "Доступ закрыт" in irina.screen
    assert "Решение: Ирина" in irina.screen
    await irina.press("Снова открыть доступ")
    assert "✓ Доступ снова открыт: Анна" in irina.screen
    assert "Ваш доступ снова открыт" in anna.screen
    await anna.send("/start")
    assert "волонтёр: Казань" in anna.screen
    actions = await hq.read(
        _rows, select(journal.c.action).where(journal.c.object == f"person:{anna.id}").order_by(journal.c.seq)
    )
    assert [row[0] for row in actions][-2:] == ["person.suspended", "person.lifted"]


async def test_nobody_suspends_above_their_rank_outside_their_region_or_themselves(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Олег", Role.VOLUNTEER, "omsk")
    await irina.send("/suspend Олег")
    assert "никого нет" in irina.screen
    await irina.send("/suspend Вера")
    await irina.press("Вера")
    assert not any("Закрыть доступ" in label for label in irina.labels)
    forged = f"te:shutok:{press.id}:0:0:::"
    await irina.act(lambda user: user.press_raw(irina.messages[-1], forged))
    assert "роль выше вашей" in irina.toasts[-1]
    assert await status_of(hq, press) is PersonStatus.ACTIVE
    await press.act(lambda user: user.send("/suspend"))
    assert "нет прав" in press.screen


async def test_the_last_owner_stays(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    await olga.send("/leave")
    assert "Без владельца нельзя" in olga.screen
    forged = "te:leaveok:0:0:0:::"
    await olga.send("/start")
    await olga.act(lambda user: user.press_raw(olga.messages[-1], forged))
    assert "Без владельца нельзя" in olga.toasts[-1]
    second = await hq.join("Павел", Role.OWNER)
    await close_access(olga, "Павел", "Закрыть доступ")
    assert await status_of(hq, second) is PersonStatus.SUSPENDED
    await olga.send("/leave")
    assert "Без владельца нельзя" in olga.screen, "an owner without access does not count"


async def test_whoever_leaves_names_a_successor_and_becomes_a_stranger(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("/leave")
    assert "Постов впереди: 1" in anna.screen
    await anna.press("Борис")
    assert "Вы ушли из кампании. Спасибо" in anna.screen
    assert "Вы принимаете дела: Анна" in boris.said
    assert "Анна больше не в кампании" in irina.said
    await anna.send("/today")
    assert "Ваш доступ сейчас закрыт" not in anna.screen, "whoever left is a stranger, not shut out"
    assert await status_of(hq, anna) is PersonStatus.LEFT
    await irina.send("/suspend Анна")
    assert "никого нет" in irina.screen


async def test_leaving_needs_a_second_tap_and_can_be_thought_over(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/leave")
    assert "Открытых дел, которые надо передать, нет" in anna.screen
    await anna.press("Остаюсь")
    assert await status_of(hq, anna) is PersonStatus.ACTIVE
    await anna.send("/leave")
    await anna.press("Да, ухожу")
    assert await status_of(hq, anna) is PersonStatus.LEFT


async def test_a_waiting_text_is_not_given_to_somebody_who_could_decide_on_it(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("Субботник в 12:00")
    await vera.press("VK Казань")
    await vera.press("Отправить")
    await close_access(maria, "Вера", "Борис")
    assert "1 черновик остаётся как есть" in maria.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).author_id == vera.id


async def test_what_was_moved_stands_in_the_journal_with_who_decided(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Мой черновик")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await close_access(irina, "Анна", "Борис")
    found = await hq.read(
        _rows,
        select(journal.c.actor, journal_payload.c.payload)
        .join(journal_payload, journal_payload.c.seq == journal.c.seq)
        .where(journal.c.action == "person.suspended"),
    )
    ((actor, payload),) = found
    assert irina.actor is not None
    assert actor == irina.actor.number
    assert (payload["successor"], payload["drafts"]) == (boris.id, [1])


async def test_in_a_group_somebody_suspended_is_not_answered_before_everybody(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await close_access(maria, "Анна", "Закрыть доступ")
    group = hq.telegram.world.add_group(-1001, "Штаб", members=[anna.user, maria.user])
    await anna.act(lambda user: user.send("/today", chat=group))
    assert [message.body for message in group.messages if message.from_bot and not message.service] == []


async def test_a_message_to_the_team_stops_with_the_access_of_whoever_sends_it(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")

    async def sending(uow: UnitOfWork) -> int:
        new = {"text": "Переведите деньги", "entities": [], "media": (), "album": ""}
        made = await uow.broadcasts.add(author_id=maria.id, now=hq.now, **new)  # type: ignore[arg-type]  # as written above
        started = await uow.broadcasts.save(replace(made, state=BroadcastState.SENDING, started_at=hq.now))
        later = hq.now + timedelta(minutes=5)
        key = f"broadcast:{made.id}:{anna.id}"
        await uow.outbox.add(Notice("broadcast", started.subject, later, key, person_id=anna.id))
        return made.id

    number = await hq.run(sending)
    await close_access(olga, "Мария", "Закрыть доступ")
    await hq.advance(minutes=10)
    assert "Переведите" not in anna.said
    stopped = await hq.read(lambda uow: uow.broadcasts.get(number))
    assert stopped.state is BroadcastState.STOPPED


# -- promises and urgent texts --------------------------------------------------------------------------------------------


async def test_a_promise_is_asked_of_the_successor_and_the_answer_comes_to_whoever_leads(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    await promises(irina, "открыть группу в Арске до 08.09")
    await irina.press("Сохранить")
    await close_access(maria, "Ирина", "Пётр")
    assert "• 1 обещание, нужно согласие" in maria.screen
    asked = petr.find("открыть группу в Арске")
    assert "Это обещание досталось вам вместе с делами (Ирина)" in asked.body
    assert "просит вас" not in petr.said, "nobody named him for it"
    assert "• 1 обещание, нужно согласие" in petr.said
    await petr.press("Обещаю")
    assert "Пётр: «Обещаю»" in maria.said
    seen = len(irina.messages)
    await hq.advance(days=1, hours=1)
    assert "Напоминаю" in petr.said, "the reminders are his now"
    assert len(irina.messages) == seen


async def test_a_promise_that_nobody_takes_over_is_named_to_those_who_lead(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    petr = await hq.join("Пётр", Role.MANAGER)
    anna = await hq.join("Анна", Role.COORDINATOR, "kazan")
    await promises(anna, "открыть группу в Арске до 08.09")
    await anna.press("Сохранить")
    await anna.send("/leave")
    assert "Обещаний: 1." in anna.screen
    await anna.press("Никто: вернуть в план")
    told = maria.find("Анна больше не в кампании")
    assert "⚠ 1 обещание осталось открытым, выполнять его некому." in told.body
    await maria.press("Обещания", told)
    await maria.press("Все открытые")
    await maria.press("открыть группу")
    assert "Анна" in maria.screen
    await maria.press("Снять")
    await maria.send("делать некому")
    await hq.advance(days=2, hours=1)
    assert "Возможно, нужна помощь" not in petr.said


async def test_an_urgent_text_keeps_somebody_who_watches_over_it_and_others_are_asked_at_once(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    gleb = await hq.join("Глеб", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await mark(vera)
    await vera.press("Кто: 2")
    await vera.press("☑ Борис")
    await vera.press("Назад")
    await send(vera)
    question = asked(anna)
    await close_access(olga, "Анна", "Закрыть доступ")
    assert "сможете опубликовать" in boris.said, "nobody waits for her answer"
    await close_access(olga, "Вера", "Глеб")
    assert "• 1 срочный текст в работе" in olga.screen
    assert "взяли 0 из 1" in gleb.said, "the live card is his"
    await boris.press("Не сейчас", asked(boris))
    assert "спросить больше некого" in gleb.said
    await anna.act(lambda user: user.press_raw(question, data_of(question, "Беру")))
    assert "Ваш доступ сейчас закрыт" in anna.toasts[-1]


async def test_without_a_successor_an_urgent_text_goes_to_somebody_else_who_decides(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await approved(hq, vera, "vk-kazan")
    await mark(vera)
    await send(vera)
    await close_access(olga, "Вера")
    assert "1 срочный текст ещё в работе: за ним теперь следит другой коллега." in olga.said
    assert "взяли 0 из 1" in olga.said
