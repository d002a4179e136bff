"""A new account, roles, a second yes, reports for somebody, notes, groups: what is decided about people."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import erasing
from domain.people import EVERYWHERE, PersonStatus, Role
from domain.plan import SlotState
from domain.ports import UnitOfWork
from domain.privacy import NOBODY
from domain.usecases import invites
from playground import Message, User
from storage.tables import account_move, journal, journal_payload, person_note, proof, telegram_account
from tests.drafting import approve
from tests.harness import Headquarters, Phone, headquarters
from tests.scenarios.test_assignments import LINK, slot_states, text_for
from tests.scenarios.test_drafts import data_of


@pytest.fixture
async def careful(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Headquarters]:
    """A headquarters where two people decide about those who lead."""
    people = {"two_for": ("suspend_leader", "appoint_manager", "erase")}
    async with headquarters(sqlite_url, tmp_path, people=people) as running:
        yield running
        assert running.troubles() == []


async def _rows(uow: UnitOfWork, statement: Any) -> list[Any]:
    return list((await uow.session.execute(statement)).all())  # type: ignore[attr-defined]  # the test's own look


def _now(phone: Phone, message_id: int) -> Message:
    """The message as it looks by now."""
    return next(message for message in phone.messages if message.message_id == message_id)


async def card_of(reader: Phone, name: str) -> None:
    await reader.send("/team")
    await reader.press("Найти по имени")
    await reader.send(name)
    await reader.press(name)


# -- a new account ----------------------------------------------------------------------------------------------------------


async def link_for(irina: Phone, name: str) -> str:
    """The code behind the link that a coordinator makes."""
    await card_of(irina, name)
    await irina.press("Новый аккаунт")
    await irina.press("Сделать ссылку")
    return irina.screen.partition("start=")[2].split()[0]


async def test_a_new_phone_needs_a_link_and_a_second_person_and_the_old_account_loses_everything(
    hq: Headquarters,
) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("Мой черновик")
    code = await link_for(irina, "Анна")
    new = hq.stranger("Анна новая")
    await new.start(code)
    assert "Это новый аккаунт: Анна?" in new.screen
    await new.press("Да, это я")
    await anna.send("/start")
    assert "волонтёр: Казань" in anna.screen, "nothing has changed before the second yes"
    assert not any("Да, это он" in label for label in irina.labels)
    ask = petr.find("переходит на другой аккаунт: Анна новая")
    yes = data_of(ask, "Да, это он")
    await irina.act(lambda user: user.press_raw(irina.messages[-1], yes))
    assert "Подтвердить должен другой" in irina.toasts[-1]
    await petr.press("Да, это он", ask)
    assert "с нового аккаунта" in petr.screen
    assert "с другого аккаунта" in anna.said
    await anna.send("/drafts")
    assert "с другого аккаунта" in anna.screen
    await new.send("/drafts")
    assert any("Мой черновик" in label for label in new.labels), "history stays with the person"
    kept = await hq.read(_rows, select(account_move.c.telegram_id, account_move.c.name, account_move.c.state))
    assert [tuple(row) for row in kept] == [(None, "", "done")]
    accounts = await hq.read(_rows, select(telegram_account.c.active).where(telegram_account.c.person_id == anna.id))
    assert sorted(row.active for row in accounts) == [False, True]
    noted = await hq.read(
        _rows,
        select(journal_payload.c.payload)
        .join(journal, journal.c.seq == journal_payload.c.seq)
        .where(journal.c.action == "account.moved"),
    )
    assert (noted[0].payload["by"], noted[0].payload["confirmed"]) == (irina.id, petr.id)


async def test_a_link_for_a_new_account_works_once_for_two_hours_and_not_for_somebody_who_is_here(
    hq: Headquarters,
) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await hq.join("Пётр", Role.COORDINATOR, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    oleg = await hq.join("Олег", Role.VOLUNTEER, "kazan")
    code = await link_for(irina, "Анна")
    await oleg.start(code)
    assert "уже чей-то" in oleg.screen
    newer = await link_for(irina, "Анна")
    stranger = hq.stranger("Кто-то")
    await stranger.start(code)
    assert "больше не действует" in stranger.screen, "the newer link replaces it"
    await hq.advance(hours=2)
    await stranger.start(newer)
    assert "больше не действует" in stranger.screen


async def test_a_refused_new_account_is_forgotten(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    code = await link_for(irina, "Анна")
    new = hq.stranger("Самозванец")
    await new.start(code)
    await new.press("Да, это я")
    await maria.press("Нет", maria.find("Самозванец"))
    assert "Новый аккаунт не подтверждён" in irina.said
    assert "отказ (Мария)" in irina.said
    assert "Переход на этот аккаунт не подтвердили" in new.screen
    await new.send("/start")
    assert "волонтёр" not in new.screen
    await anna.send("/start")
    assert "волонтёр: Казань" in anna.screen
    kept = await hq.read(_rows, select(account_move.c.telegram_id, account_move.c.name))
    assert [tuple(row) for row in kept] == [(None, "")]


async def test_who_was_not_confirmed_within_a_day_is_not_told_to_wait(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await hq.join("Пётр", Role.COORDINATOR, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    new = hq.stranger("Анна новая")
    await new.start(await link_for(irina, "Анна"))
    await new.press("Да, это я")
    await new.send("Ну как?")
    assert "Ваша просьба в штабе" in new.screen
    await hq.advance(hours=25)
    await new.send("Ну как?")
    assert "Ваша просьба в штабе" not in new.screen
    await new.send("/privacy")
    assert "назван новым аккаунтом сотрудника" in new.screen, "what is still kept is still said"


async def test_the_old_account_hears_of_a_move_when_it_begins_and_can_stop_it(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    code = await link_for(irina, "Анна")
    told = anna.find("Для вас сделана ссылка на переход в другой аккаунт")
    assert "Кто сделал: Ирина" in told.body
    thief = hq.stranger("Самозванец")
    await thief.start(code)
    await thief.press("Да, это я")
    ask = petr.find("переходит на другой аккаунт")
    stop, yes = data_of(told, "Это не я"), data_of(ask, "Да, это он")
    await petr.act(lambda user: user.press_raw(petr.messages[-1], stop))
    assert "нет прав" in petr.toasts[-1]
    await anna.press("Это не я", told)
    assert "✓ Остановлено" in anna.screen
    assert "Со старого аккаунта ответили «Это не я»" in thief.screen
    shown = petr.find("остановлен со старого аккаунта")
    assert shown.message_id == ask.message_id, "the card he was asked on"
    assert "Самозванец" not in petr.said
    for reader in (irina, petr):
        assert "Со старого аккаунта ответили «Это не я»: Анна" in reader.said
    await petr.act(lambda user: user.press_raw(shown, yes))
    assert "с нового аккаунта" not in petr.screen
    await thief.send("/start")
    assert "волонтёр" not in thief.screen
    kept = await hq.read(_rows, select(account_move.c.telegram_id, account_move.c.name))
    assert [tuple(row) for row in kept] == [(None, "")]
    await anna.act(lambda user: user.press_raw(told, stop))
    assert "✓ Остановлено" not in anna.toasts[-1]


async def test_who_was_asked_sees_on_their_card_what_a_colleague_decided_and_when_nobody_did(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    first, second, third = hq.stranger("Первый"), hq.stranger("Второй"), hq.stranger("Третий")
    await first.start(await link_for(irina, "Анна"))
    await first.press("Да, это я")
    card = petr.find("другой аккаунт: Первый")
    await second.start(await link_for(irina, "Анна"))
    assert "сделали новую ссылку" in first.screen
    assert "сделана новая ссылка" in _now(petr, card.message_id).body
    assert not _now(petr, card.message_id).buttons
    await second.press("Да, это я")
    card = petr.find("другой аккаунт: Второй")
    await hq.advance(hours=25)
    assert "за сутки его никто не подтвердил" in _now(petr, card.message_id).body
    await third.start(await link_for(irina, "Анна"))
    await third.press("Да, это я")
    card = petr.find("другой аккаунт: Третий")
    hers = maria.find("другой аккаунт: Третий")
    await maria.press("Да, это он", hers)
    assert "подтверждено (Мария)" in _now(petr, card.message_id).body
    assert "Третий" not in petr.said
    assert "подтверждено" not in maria.screen, "she knows who it was"
    await hq.advance(hours=25)
    assert "за сутки" not in _now(maria, hers.message_id).body


async def test_whoever_is_erased_meanwhile_is_named_on_no_card_about_their_new_account(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    new = hq.stranger("Анна новая")
    await new.start(await link_for(irina, "Анна"))
    await new.press("Да, это я")
    card = petr.find("другой аккаунт: Анна новая")
    await erasing.erase(hq.app.settings, anna.id, hq.now)
    await hq.settle()
    assert "Данные этого человека стёрты" in _now(petr, card.message_id).body
    await hq.advance(hours=25)
    assert "Анна новая" not in petr.said


async def test_a_stolen_phone_stops_nothing_once_its_access_is_closed(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await card_of(irina, "Анна")
    await irina.press("Закрыть доступ")
    await irina.press("Закрыть доступ")
    code = await link_for(irina, "Анна")
    assert "Для вас сделана ссылка" not in anna.said
    forged = "te:mvself:1:0:0:::"
    await anna.act(lambda user: user.press_raw(anna.messages[-1], forged))
    new = hq.stranger("Анна новая")
    await new.start(code)
    await new.press("Да, это я")
    await petr.press("Да, это он")
    assert "с нового аккаунта" in petr.screen


async def test_without_a_second_person_no_account_is_moved(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await card_of(irina, "Анна")
    await irina.press("Новый аккаунт")
    await irina.press("Сделать ссылку")
    assert "Нужно второе подтверждение" in irina.toasts[-1]


# -- roles ------------------------------------------------------------------------------------------------------------------


async def test_a_new_role_is_told_to_the_person_and_to_those_who_answer_for_them(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    olga = await hq.join("Ольга", Role.OWNER)
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await card_of(maria, "Анна")
    await maria.press("Роли")
    assert not any("владелец" in label for label in maria.labels), "nobody gives more than they have"
    await maria.press("+ пресс-секретарь")
    await maria.press("Казань")
    assert "✓ Роль дана" in maria.screen
    assert "У вас новая роль: пресс-секретарь, Казань. Её вам доверили: Мария" in anna.said
    assert "Анна — теперь пресс-секретарь, Казань" not in maria.said, "she did it herself"
    await card_of(maria, "Анна")
    await maria.press("Роли")
    await maria.press("+ руководитель")
    await maria.press("вся кампания")
    assert "Анна — теперь руководитель" in olga.said
    await maria.press("✕ пресс-секретарь")
    assert "Снять роль «пресс-секретарь» (Казань)? У кого: Анна." in maria.screen
    assert "Других ролей у человека нет" not in maria.screen
    await maria.press("Оставить")
    assert "✕ пресс-секретарь · Казань" in maria.labels, "nothing has happened yet"
    await maria.press("✕ пресс-секретарь")
    await maria.press("Снять")
    assert "Роль «пресс-секретарь» (Казань) у вас больше не действует" in anna.said
    assert "Анна: роль «пресс-секретарь» (Казань) снята. Решение: Мария" in irina.said
    assert "(Казань) снята" not in maria.said, "she did it herself"
    await anna.send("/start")
    assert "пресс-секретарь" not in anna.screen


async def test_a_leaders_role_is_taken_in_the_sight_of_the_others_and_the_question_can_be_late(
    hq: Headquarters,
) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    petr = await hq.join("Пётр", Role.MANAGER)
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await card_of(olga, "Мария")
    await olga.press("Роли")
    await olga.press("✕ руководитель")
    assert "Других ролей у человека нет" in olga.screen
    question = olga.messages[-1]
    await olga.press("Снять")
    for reader in (petr, irina):
        assert "Мария: роль «руководитель» (Казань) снята. Решение: Ольга" in reader.said
    await maria.send("/team")
    assert "нет роли" in maria.screen
    again = f"te:drop:{maria.id}:0:0::manager:kazan"
    await olga.act(lambda user: user.press_raw(question, again))
    assert "Снять роль" not in olga.screen


async def test_with_the_last_role_posts_go_to_others_and_nothing_waits_for_them(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    pavel = await hq.join("Павел", Role.PRESS_SECRETARY, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(approve, anna.id, pavel.id, "Открыли парк у реки", "vk-kazan", now=hq.now)
    await hq.advance(minutes=5)
    card = anna.find("Опубликовано ✓")
    data = next(b.data or "" for row in card.buttons for b in row if "Опубликовано" in b.label)
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await card_of(irina, "Анна")
    await irina.press("Роли")
    await irina.press("✕ волонтёр")
    await irina.press("Снять")
    assert "Роль снята" in irina.screen
    assert "1 пост вернулся в план" in irina.screen
    assert "Сможете подменить коллегу?" in boris.said
    before = len(anna.messages)
    await anna.act(lambda user: user.press_raw(card, data))
    await hq.advance(hours=3)
    assert len(anna.messages) <= before, "no reminder with its text comes to somebody without a role"


async def test_a_coordinator_gives_no_role_above_a_volunteers_and_none_elsewhere(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await card_of(irina, "Анна")
    await irina.press("Роли")
    assert [label for label in irina.labels if label.startswith("+")] == ["+ волонтёр"]
    for role, area in (("manager", "*"), ("volunteer", "*"), ("owner", "*")):
        forged = f"te:grant:{anna.id}:0:0::{role}:{area}"
        await irina.act(partial(User.press_raw, message=irina.messages[-1], data=forged))
        assert "нет прав" in irina.toasts[-1], role
    own = f"te:grant:{irina.id}:0:0::volunteer:*"
    await irina.act(lambda user: user.press_raw(irina.messages[-1], own))
    assert "Это делается для других" in irina.toasts[-1]


# -- a second yes -----------------------------------------------------------------------------------------------------------


async def test_closing_a_leaders_access_waits_for_a_second_person(careful: Headquarters) -> None:
    hq = careful
    olga = await hq.join("Ольга", Role.OWNER)
    pavel = await hq.join("Павел", Role.OWNER)
    petr = await hq.join("Пётр", Role.MANAGER)
    maria = await hq.join("Мария", Role.MANAGER)
    await card_of(olga, "Мария")
    await olga.press("Закрыть доступ")
    await olga.press("Закрыть доступ")
    assert "решают двое" in olga.screen
    assert (await hq.read(lambda uow: uow.people.get(maria.id))).status is PersonStatus.ACTIVE
    card = pavel.find("Ольга предлагает закрыть доступ: Мария")
    assert "предлагает закрыть" not in maria.said
    await pavel.press("Да, сделать", card)
    assert "✓ Сделано. Второе «да»: Павел" in pavel.screen
    assert (await hq.read(lambda uow: uow.people.get(maria.id))).status is PersonStatus.SUSPENDED
    assert "Второе «да»: Павел" in olga.said
    assert "Второе «да»: Павел" in petr.find("предлагает закрыть доступ").body, "his card shows it too"
    await maria.send("/team")
    assert "Ваш доступ сейчас закрыт" in maria.screen


async def test_a_manager_is_appointed_by_two_and_a_no_changes_nothing(careful: Headquarters) -> None:
    hq = careful
    olga = await hq.join("Ольга", Role.OWNER)
    pavel = await hq.join("Павел", Role.OWNER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    for answer in ("Нет", "Да, сделать"):
        await card_of(olga, "Анна")
        await olga.press("Роли")
        await olga.press("+ руководитель")
        await olga.press("Казань")
        assert "Эту роль дают двое" in olga.screen
        await pavel.press(answer)
        actor = await hq.read(lambda uow: uow.people.find_actor_by_person(anna.id))
        assert actor.holds(frozenset({Role.MANAGER})) is (answer != "Нет")


async def test_a_managers_invite_gives_nothing_before_the_second_yes(careful: Headquarters) -> None:
    hq = careful
    olga = await hq.join("Ольга", Role.OWNER)
    pavel = await hq.join("Павел", Role.OWNER)
    code = await hq.run(invites.create, olga.actor, Role.MANAGER, EVERYWHERE, now=hq.now, hours=72)
    new = hq.stranger("Новый")
    await new.start(code)
    await new.press("Даю согласие")
    await new.send("/team")
    assert "нет роли" in new.screen
    await pavel.press("Да, сделать", pavel.find("предлагает дать роль"))
    await new.send("/team")
    assert "Команда: 3 человека" in new.screen


async def test_a_proposal_lapses_after_a_day_and_needs_somebody_who_could_agree(careful: Headquarters) -> None:
    hq = careful
    olga = await hq.join("Ольга", Role.OWNER)
    maria = await hq.join("Мария", Role.MANAGER)
    await card_of(olga, "Мария")
    await olga.press("Закрыть доступ")
    await olga.press("Закрыть доступ")
    assert "согласиться больше некому" in olga.toasts[-1]
    pavel = await hq.join("Павел", Role.OWNER)
    await olga.press("Закрыть доступ")
    await hq.advance(hours=24)
    await pavel.press("Да, сделать")
    assert "сутки на решение прошли" in pavel.toasts[-1]
    assert (await hq.read(lambda uow: uow.people.get(maria.id))).status is PersonStatus.ACTIVE


async def test_the_operators_erasure_waits_for_somebody_who_leads(careful: Headquarters) -> None:
    hq = careful
    anna = await hq.join("Анна Соколова", Role.VOLUNTEER, "kazan")
    await hq.join("Ирина", Role.COORDINATOR, "kazan")
    with pytest.raises(erasing.CannotErase, match="second yes"):
        await erasing.erase(hq.app.settings, anna.id, hq.now)
    olga = await hq.join("Ольга", Role.OWNER)
    maria = await hq.join("Мария", Role.MANAGER)
    for _ in range(2):  # asking again asks nobody twice
        assert await erasing.erase(hq.app.settings, anna.id, hq.now) is erasing.Outcome.ASKED
        await hq.settle()
    assert sum("собирается стереть данные: Анна" in message.body for message in olga.messages) == 1
    await maria.press("Нет")
    assert "Ничего не изменилось" in olga.find("собирается стереть").body
    assert await erasing.erase(hq.app.settings, anna.id, hq.now) is erasing.Outcome.ASKED
    await hq.settle()
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == "Анна Соколова"
    card = olga.messages[-1]
    await olga.press("Да, сделать", card)
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == NOBODY
    assert "✓ Сделано. Второе «да»: Ольга" in olga.screen
    assert "Анна" not in maria.messages[-1].body
    await anna.send("/privacy")
    assert "О вас ничего не хранится" in anna.screen


async def test_who_erases_themselves_first_leaves_no_name_on_the_cards_about_it(careful: Headquarters) -> None:
    hq = careful
    anna = await hq.join("Анна Соколова", Role.VOLUNTEER, "kazan")
    olga = await hq.join("Ольга", Role.OWNER)
    assert await erasing.erase(hq.app.settings, anna.id, hq.now) is erasing.Outcome.ASKED
    await hq.settle()
    card = olga.find("собирается стереть")
    yes = data_of(card, "Да, сделать")
    await anna.send("/privacy")
    await anna.press("Стереть меня")
    await anna.press("Да, стереть навсегда")
    assert card.body == "Данные этого человека уже стёрты: решать больше нечего."
    await olga.act(lambda user: user.press_raw(card, yes))
    assert "уже решено" in olga.toasts[-1]
    assert "Анна" not in olga.said


async def test_who_has_left_is_erased_by_two_as_well_and_themselves_alone(careful: Headquarters) -> None:
    hq = careful
    olga = await hq.join("Ольга", Role.OWNER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/leave")
    await anna.press("Да, ухожу")
    assert await erasing.erase(hq.app.settings, anna.id, hq.now) is erasing.Outcome.ASKED
    await hq.settle()
    await olga.press("Да, сделать", olga.find("собирается стереть данные: Анна"))
    assert (await hq.read(lambda uow: uow.people.get(anna.id))).name == NOBODY
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await boris.send("/privacy")
    await boris.press("Стереть меня")
    await boris.press("Да, стереть навсегда")
    assert (await hq.read(lambda uow: uow.people.get(boris.id))).name == NOBODY


# -- for somebody -----------------------------------------------------------------------------------------------------------


async def test_a_coordinator_reports_for_somebody_and_the_record_says_so(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    await card_of(irina, "Анна")
    await irina.press("Отчитаться за него")
    await irina.press("🔗 VK Казань")
    await irina.send("https://vk.com/wall-999_5")
    assert "другую страницу" in irina.screen
    await irina.send(LINK)
    assert "✓ Отчёт за человека принят: Анна, VK Казань. Данные внесены: Ирина" in irina.screen
    assert (await slot_states(hq))[0] is SlotState.POSTED
    assert "Ирина — отчёт за вас: VK Казань" in anna.said
    assert "Данные внесены: Ирина. За кого: Анна" in anna.find("✓ Опубликовано").body, "the card says so too"
    given = await hq.read(_rows, select(proof.c.person_id, proof.c.given_by))
    assert [tuple(row) for row in given] == [(anna.id, irina.id)]
    noted = await hq.read(
        _rows,
        select(journal.c.actor, journal_payload.c.payload)
        .join(journal_payload, journal.c.seq == journal_payload.c.seq)
        .where(journal.c.action == "proof.for_other"),
    )
    assert irina.actor is not None
    assert anna.actor is not None
    assert noted[0].actor == irina.actor.number
    assert noted[0].payload == {"by": irina.actor.number, "for": anna.actor.number}


async def test_a_figure_typed_for_the_keeper_stands_in_the_journal_with_both_numbers(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("vk-kazan", anna.id))
    await card_of(irina, "Анна")
    await irina.press("Отчитаться за него")
    await irina.press("📊 VK Казань")
    await irina.send("12 500")
    figures = await hq.read(lambda uow: uow.figures.newest(["vk-kazan"]))
    assert figures["vk-kazan"][1] == 12_500
    noted = await hq.read(
        _rows,
        select(journal_payload.c.payload)
        .join(journal, journal.c.seq == journal_payload.c.seq)
        .where(journal.c.action == "figures_report"),
    )
    assert irina.actor is not None
    assert anna.actor is not None
    assert [(row.payload["by"], row.payload["for"]) for row in noted] == [(irina.actor.number, anna.actor.number)]


async def test_nobody_reports_for_people_of_another_region(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "omsk")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await text_for(hq, "vk-kazan")
    found = await hq.read(lambda uow: uow.plan.views_of_person(anna.id, hq.now, hq.now + timedelta(days=1)))
    await irina.send("/team")
    forged = f"te:proof:{found[0].assignment.id}:0:{found[0].assignment.version}:::"
    await irina.act(lambda user: user.press_raw(irina.messages[-1], forged))
    assert "нет прав" in irina.toasts[-1]
    await irina.act(lambda user: user.press_raw(irina.messages[-1], f"te:for:{anna.id}:0:0:::"))
    assert "больше нет" in irina.toasts[-1]
    assert "Анна" not in irina.said, "not even a name is told"


# -- notes and lists --------------------------------------------------------------------------------------------------------


async def test_a_note_is_its_authors_alone_keeps_no_phone_and_can_be_removed(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    petr = await hq.join("Пётр", Role.COORDINATOR, "kazan")
    await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await card_of(irina, "Анна")
    await irina.press("Моя заметка")
    await irina.send("звонить 8 900 123-45-67")
    assert "Номер телефона здесь не хранится" in irina.screen
    await irina.send("после 18:00, через маму")
    assert "Ваша заметка (видите только вы): после 18:00, через маму" in irina.screen
    await card_of(petr, "Анна")
    assert "через маму" not in petr.screen
    await irina.press("Моя заметка")
    await irina.send("-")
    assert "через маму" not in irina.screen
    assert await hq.read(_rows, select(person_note)) == []


async def test_people_are_found_by_name_in_pages_and_only_in_the_own_region(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    for number in range(10):
        await hq.join(f"Анна {number:02}", Role.VOLUNTEER, "kazan")
    await hq.join("Анна Омская", Role.VOLUNTEER, "omsk")
    await irina.send("/team")
    await irina.press("Найти по имени")
    await irina.send("анн")
    assert "Найдено 10 человек" in irina.screen
    await irina.press("›")
    assert [label for label in irina.labels if label.startswith("Анна")] == [
        "Анна 08 · волонтёр, Казань",
        "Анна 09 · волонтёр, Казань",
    ]
    await irina.press("Анна 09")
    await irina.press("‹ Назад")
    assert "Найдено 10 человек" in irina.screen


async def test_two_people_with_one_name_are_told_apart_before_anything_is_decided(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    first, second = [await hq.join("Анна", Role.VOLUNTEER, "kazan") for _ in range(2)]
    await irina.send("/suspend Анна")
    assert f"№{first.id} Анна · волонтёр, Казань" in irina.labels
    assert f"№{second.id} Анна · волонтёр, Казань" in irina.labels


async def test_groups_stand_on_the_first_screen_with_their_numbers(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await anna.send("/start")
    await anna.act(lambda user: user.block())
    await boris.send("/away")
    await boris.press("С этой минуты")
    await boris.press("пт, 11 сентября")
    await boris.press("Никто отдельно") if any("Никто" in label for label in boris.labels) else None
    await irina.send("/team")
    messages = len(irina.messages)
    await irina.press("⚠ Нет связи: 1")
    assert "позвоните по телефону" in irina.screen
    assert irina.labels[0].startswith("⚠ Анна")
    await irina.press("🏖 В отъезде: 1")
    assert irina.labels[0].startswith("🏖 Борис")
    await irina.press("Борис")
    assert "до" in irina.screen
    assert len(irina.messages) == messages, "one screen, edited in place"
