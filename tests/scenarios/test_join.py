"""People come in: invites, consent, requests for access, and who cannot be reached."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain.people import EVERYWHERE, Role
from domain.ports import UnitOfWork
from domain.usecases import invites
from storage import tables
from tests.harness import Headquarters, Phone, headquarters


async def code_for(hq: Headquarters, role: Role = Role.VOLUNTEER, region: str = "kazan", hours: int = 72) -> str:
    """An invite from the command line."""
    return await hq.run(invites.create, None, role, region, now=hq.now, hours=hours)


async def joins(phone: Phone, code: str) -> None:
    """Open the link, agree, keep the language and the zone."""
    await phone.start(code)
    await phone.press("Даю согласие")
    await phone.press("Русский")
    await phone.press("верно")


async def rows(hq: Headquarters, name: str) -> int:
    async def count(uow: UnitOfWork) -> int:
        statement = select(func.count()).select_from(getattr(tables, name))
        return int((await uow.session.execute(statement)).scalar() or 0)  # type: ignore[attr-defined]

    return await hq.read(count)


async def test_a_volunteer_opens_an_invite_agrees_and_is_home(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    await boris.start(await code_for(hq))
    assert "волонтёр" in boris.screen
    assert "Казань" in boris.screen
    await boris.press("Даю согласие")
    assert "На каком языке" in boris.screen
    await boris.press("Русский")
    assert "Москва, UTC+3" in boris.screen
    assert "08:00" in boris.screen
    await boris.press("верно")
    assert "Борис" in boris.screen
    assert "волонтёр: Казань" in boris.screen
    actor = await hq.read(lambda uow: uow.people.find_actor(boris.user.user_id))
    assert actor is not None
    assert (actor.person.zone, actor.person.language) == ("Europe/Moscow", "ru")


async def test_before_consent_nothing_about_the_person_is_written(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    before = {
        name: await rows(hq, name) for name in ("person", "telegram_account", "access_request", "journal", "outbox")
    }
    code = await hq.app.db.run(invites.create, None, Role.VOLUNTEER, "kazan", now=hq.now, hours=1)
    await boris.start(code)
    await boris.send("привет, а что это?")
    await boris.press("Нет, спасибо", boris.find("Если вы согласитесь"))
    assert "ничего не сохранилось" in boris.screen or "ничего не сохранилось" in boris.said
    after = {name: await rows(hq, name) for name in before}
    before["journal"] += 1  # the invite itself
    assert after == before

    async def traces(uow: UnitOfWork) -> int:
        statement = select(func.count()).where(tables.inbox.c.lane == boris.user.user_id)
        bodies = select(func.count()).where(tables.inbox.c.body.is_not(None))
        session = uow.session  # type: ignore[attr-defined]
        return int((await session.execute(statement)).scalar()) + int((await session.execute(bodies)).scalar())

    assert await hq.read(traces) == 0


async def test_whoever_writes_instead_of_answering_is_pointed_to_the_question(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    await boris.start(await code_for(hq))
    for text in ("а что это?", "/help"):
        await boris.send(text)
        assert "ответьте на вопрос выше: согласны или нет" in boris.screen
        assert "Попросить доступ" in boris.labels
        assert "когда войдёте, пришлите ещё раз" in boris.screen
    await boris.press("Даю согласие")
    assert "На каком языке" in boris.said


async def test_two_people_open_one_invite_and_exactly_one_gets_in(hq: Headquarters) -> None:
    code = await code_for(hq)
    boris, vera = hq.stranger("Борис"), hq.stranger("Вера")
    for phone in (boris, vera):
        await phone.start(code)
    boris.user.press("Даю согласие")
    vera.user.press("Даю согласие")
    await hq.settle()
    assert await rows(hq, "person") == 1
    refused = [phone for phone in (boris, vera) if "уже воспользовались" in phone.screen]
    assert len(refused) == 1
    assert "Попросить доступ" in refused[0].labels


async def test_an_invite_that_expired_was_taken_back_or_never_was_gets_an_exact_answer(hq: Headquarters) -> None:
    late, gone = await code_for(hq, hours=1), await code_for(hq)
    olga = await hq.join("Ольга", Role.OWNER)
    invite = await hq.read(lambda uow: uow.people.find_invite(invites.digest(gone)))
    assert invite is not None
    actor = olga.actor
    assert actor is not None
    await hq.run(invites.revoke, actor, invite.id, now=hq.now)
    await hq.advance(hours=2)
    boris = hq.stranger("Борис")
    for code, words in ((late, "Срок этого приглашения истёк"), (gone, "отозвали"), ("nonsense", "не подходит")):
        await boris.start(code)
        assert words in boris.screen


async def test_a_double_tap_on_agree_is_harmless(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    await boris.start(await code_for(hq))
    consent = boris.messages[-1]
    boris.user.press("Даю согласие", message=consent)
    boris.user.press("Даю согласие", message=consent)
    await hq.settle()
    assert await rows(hq, "person") == 1
    assert "Вы уже здесь" in boris.said


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Штаб t.me/zarabotok", "есть ссылка"),
        ("Поддержка", "можно принять за должность"),
        ("Мapия Kим", "носит коллега"),
        ("\u3164", "нет имени"),
    ],
)
async def test_a_name_that_misleads_is_not_taken_from_telegram_and_nothing_else_is_lost(
    hq: Headquarters, name: str, why: str
) -> None:
    await hq.join("Мария Ким", Role.MANAGER)
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    boris = hq.stranger(name)
    await boris.start(await code_for(hq))
    await boris.press("Даю согласие")
    asked = boris.find("Как вас зовут?")
    assert why in asked.body
    await boris.press("Русский", boris.find("На каком языке"))
    await boris.press("верно", boris.find("Москва, UTC+3"))
    actor = await hq.read(lambda uow: uow.people.find_actor(boris.user.user_id))
    assert actor is not None
    assert actor.person.name == f"№ {actor.id}"
    assert [(one.role, one.region) for one in actor.memberships] == [(Role.VOLUNTEER, "kazan")]
    await boris.press("Написать имя", asked)
    await boris.send("Мария Ким")
    assert "так уже зовут коллегу" in boris.screen
    await boris.send("Борис Волков")
    assert "Теперь коллеги видят вас как Борис Волков" in boris.screen
    await hq.advance(minutes=1)
    assert "Борис Волков" in irina.said


async def test_the_name_can_be_said_at_once_and_an_own_one_stays_when_somebody_comes_back(hq: Headquarters) -> None:
    boris = hq.stranger("Админ")
    await boris.start(await code_for(hq))
    await boris.press("Даю согласие")
    await boris.send("Борис Волков")
    assert "Теперь коллеги видят вас как Борис Волков" in boris.screen
    await boris.send("/leave")
    await boris.press("Да, ухожу")
    await boris.start(await code_for(hq))
    await boris.press("Даю согласие")
    actor = await hq.read(lambda uow: uow.people.find_actor(boris.user.user_id))
    assert actor is not None
    assert actor.person.name == "Борис Волков"
    assert "Как вас зовут?" not in boris.screen


async def test_a_member_takes_one_more_role_with_one_tap(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.start(await code_for(hq, Role.PRESS_SECRETARY, "omsk"))
    assert "ещё одну роль" in anna.screen
    await anna.press("Беру")
    assert "пресс-секретарь: Омск" in anna.screen
    assert "волонтёр: Казань" in anna.screen


async def test_an_owner_named_in_the_configuration_gives_consent_too(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path, staff={"owners": (777,)}) as hq:
        olga = hq.stranger("Ольга", language="en", telegram_id=777)
        await olga.start()
        assert "owner" in olga.screen
        assert await rows(hq, "person") == 0
        await olga.press("I agree")
        await olga.press("English")
        await olga.press("right")
        assert "owner: the whole campaign" in olga.screen
        assert hq.troubles() == []


async def test_a_coordinator_makes_an_invite_in_chat_and_takes_it_back(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    await irina.send("/invite")
    assert [label for label in irina.labels if "Волонтёр" in label or "Руководитель" in label] == ["Волонтёр"]
    await irina.press("Волонтёр")
    assert "Казань" in irina.labels
    assert "Омск" not in irina.labels
    await irina.press("Казань")
    found = re.search(r"\?start=([\w-]+)", irina.screen)
    assert found
    stored = await hq.read(lambda uow: uow.people.open_invites(hq.now))
    assert [(i.role, i.region, i.max_uses) for i in stored] == [(Role.VOLUNTEER, "kazan", 1)]
    await irina.press("Отозвать")
    assert "отозвано" in irina.screen
    boris = hq.stranger("Борис")
    await boris.start(found[1])
    assert "отозвали" in boris.screen


async def test_a_manager_invites_a_press_secretary_for_the_whole_campaign(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    await maria.send("/invite")
    assert "Владелец" not in maria.labels
    await maria.press("Пресс-секретарь")
    await maria.press("Вся кампания")
    found = re.search(r"\?start=([\w-]+)", maria.screen)
    assert found
    pavel = hq.stranger("Павел")
    await joins(pavel, found[1])
    assert "пресс-секретарь: вся кампания" in pavel.screen
    assert "Павел — теперь пресс-секретарь" in maria.said, "whoever invited hears who came in"
    await maria.press("Приглашения")
    assert "Открытых приглашений нет" in maria.said


async def test_an_invite_dies_with_the_rights_of_whoever_made_it(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    assert maria.actor is not None
    code = await hq.run(invites.create, maria.actor, Role.MANAGER, EVERYWHERE, now=hq.now, hours=72)
    await hq.run(lambda uow: uow.people.remove_memberships(maria.id))
    boris = hq.stranger("Борис")
    await boris.start(code)
    assert "отозвали" in boris.screen


async def test_a_volunteer_cannot_invite(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/invite")
    assert "нет прав" in anna.screen


async def asks_for_access(phone: Phone, region: str = "Казань") -> None:
    await phone.start()
    await phone.press("Попросить доступ")
    assert "30 дней" in phone.screen
    await phone.press(region)
    await phone.press("Отправить запрос")


async def test_a_stranger_asks_for_access_and_is_let_in(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    ivan = await hq.join("Иван", Role.COORDINATOR, "kazan")
    oleg = await hq.join("Олег", Role.COORDINATOR, "omsk")
    boris = hq.stranger("Борис <b>Б</b>")
    await asks_for_access(boris)
    assert "Запрос ушёл" in boris.screen
    assert "Борис <b>Б</b>" in irina.screen
    assert oleg.messages == []
    await irina.press("Впустить")
    assert "Доступ открыт (Ирина)" in irina.screen
    assert "Доступ открыт (Ирина)" in ivan.screen
    assert ivan.labels == []
    assert "Вам открыли доступ" in boris.screen
    assert await rows(hq, "person") == 3, "consent comes first"
    await boris.press("Дальше")
    await boris.press("Даю согласие")
    assert await rows(hq, "person") == 4

    async def params(uow: UnitOfWork) -> list[object]:
        statement = select(tables.outbox.c.params).where(tables.outbox.c.kind == "access.decided")
        return list((await uow.session.execute(statement)).scalars())  # type: ignore[attr-defined]

    assert await hq.read(params) == [{}], "the code is gone once it was sent"


async def test_two_coordinators_decide_on_a_request_and_the_first_wins(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    ivan = await hq.join("Иван", Role.COORDINATOR, "kazan")
    boris = hq.stranger("Борис")
    await asks_for_access(boris)
    irina.user.press("Отказать")
    ivan.user.press("Впустить")
    await hq.settle()
    endings = {irina.screen.splitlines()[-1], ivan.screen.splitlines()[-1]}
    assert len(endings) == 1, "both cards say the same"
    assert len([toast for phone in (irina, ivan) for toast in phone.toasts if "уже принято" in toast]) == 1


async def test_without_a_coordinator_the_managers_are_asked_then_the_owners(hq: Headquarters) -> None:
    olga = await hq.join("Ольга", Role.OWNER)
    await asks_for_access(hq.stranger("Борис"))
    assert "Просят доступ" in olga.screen
    maria = await hq.join("Мария", Role.MANAGER)
    await asks_for_access(hq.stranger("Вера"), "Омск")
    assert "Вера" in maria.screen
    assert "Вера" not in olga.said


@pytest.mark.slow  # takes seconds
async def test_a_second_request_is_answered_kindly_and_the_first_is_forgotten_after_30_days(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    boris = hq.stranger("Борис")
    await asks_for_access(boris)
    await boris.send("ну что там?")
    assert "Ваша просьба в штабе: ответ придёт сюда" in boris.screen
    await boris.act(lambda user: user.press_raw(boris.messages[-1], "ac:send:0:omsk:0"))
    assert any("уже у координаторов" in toast for toast in boris.toasts)
    assert await rows(hq, "access_request") == 1
    await hq.advance(days=30, minutes=1)
    assert await rows(hq, "access_request") == 0
    await irina.press("Впустить", irina.find("Просят доступ"))
    assert any("больше нет" in toast for toast in irina.toasts)


async def test_somebody_who_blocks_the_bot_is_reported_and_reported_back(hq: Headquarters) -> None:
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/start")
    await anna.act(lambda user: user.block())
    assert "больше не доходят" in irina.screen
    await irina.press("Показать человека")
    assert "Сообщения не доходят" in irina.screen
    await anna.act(lambda user: user.unblock())
    assert "снова доходят" in irina.screen


async def test_the_time_zone_can_be_changed_right_after_consent(hq: Headquarters) -> None:
    boris = hq.stranger("Борис")
    await boris.start(await code_for(hq))
    await boris.press("Даю согласие")
    await boris.press("Русский")
    await boris.press("другой")
    await boris.press("Омск")
    assert "Омск, UTC+6" in boris.screen
    await boris.press("верно")
    actor = await hq.read(lambda uow: uow.people.find_actor(boris.user.user_id))
    assert actor is not None
    assert actor.person.zone == "Asia/Omsk"
    assert actor.person.local(hq.now) - timedelta(0) == hq.now
