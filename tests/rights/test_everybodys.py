"""What everybody, or nobody in particular, may: found by the trial of all rights, and held here."""

from domain.people import PersonStatus, Role
from domain.ports import UnitOfWork
from handlers.screens.privacy import MeButton
from handlers.screens.team_lists import CrewButton
from tests.harness import Headquarters, Phone
from tests.scenarios.test_status import figures_of_a_week


async def becomes(hq: Headquarters, phone: Phone, role: Role | None) -> None:
    """From now on they hold this role in Kazan and nothing else."""

    async def change(uow: UnitOfWork) -> None:
        await uow.people.remove_memberships(phone.id)
        if role is not None:
            await uow.people.add_membership(phone.id, role, "kazan", None, hq.now)

    await hq.run(change)


async def test_nobody_is_told_how_to_move_an_account_that_is_not_theirs_to_move(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    move = CrewButton(verb="move", id=boris.id).pack()
    for phone in (anna, irina):
        await phone.send("/today")
        await phone.act(lambda user: user.press_raw(user.chat.messages[-1], move))
    assert "Новый телефон" not in anna.screen
    assert anna.toasts[-1]
    assert "Новый телефон" in irina.screen


async def test_whoever_may_set_no_targets_any_more_is_told_so_when_they_answer(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await maria.send("/targets")
    await maria.press("Поставить цель")
    await maria.press("Казань")
    await maria.press("VK Казань")
    await becomes(hq, maria, Role.VOLUNTEER)
    await maria.send("12,5 тыс к 30.09")
    assert "сломалось" not in maria.screen
    assert [t for t in await hq.read(lambda uow: uow.campaign.targets()) if t.by_hand] == []


async def test_whoever_is_suspended_right_after_a_picture_hears_that_and_nothing_else(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    await hq.run(figures_of_a_week)
    await maria.send("/status")
    card = maria.messages[-1]
    await maria.press("График", card)

    async def suspend(uow: UnitOfWork) -> None:
        await uow.people.update(maria.id, status=PersonStatus.SUSPENDED)

    await hq.run(suspend)
    await maria.press("График", card)
    assert "доступ сейчас закрыт" in maria.toasts[-1]


async def test_somebody_without_a_role_still_puts_right_what_is_wrong_about_them(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await anna.send("/privacy")
    await becomes(hq, anna, None)
    await anna.act(lambda user: user.press_raw(user.chat.messages[-1], MeButton(verb="name").pack()))
    await anna.send("Анна Петрова")

    async def name(uow: UnitOfWork) -> str:
        return (await uow.people.get(anna.id)).name

    assert await hq.read(name) == "Анна Петрова"
