"""/away: a deputy is asked instead, nothing is planned, and it ends by itself."""

from datetime import timedelta

from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import Headquarters, Phone
from tests.scenarios.test_drafts import data_of

DAY = "пт, 11 сентября"


async def handed_in(author: Phone, text: str = "Субботник в 12:00") -> None:
    await author.send(text)
    await author.press("VK Казань")
    await author.press("Отправить")


async def leaves(phone: Phone, deputy: str, start: str = "С этой минуты", day: str = DAY) -> None:
    await phone.send("/away")
    await phone.press(start)
    await phone.press(day)
    await phone.press(deputy)


async def test_while_she_is_away_her_deputy_is_asked_and_on_her_return_she_is_again(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    await handed_in(anna, "До отъезда")
    assert vera.messages == []
    await leaves(boris, "Вера")
    assert f"Вас нет по {DAY} включительно" in boris.screen
    assert "За вас решает Вера" in boris.screen
    assert f"Борис отсутствует: по {DAY} включительно" in vera.said
    assert "1 пост ждёт" in vera.said  # what waited already
    rung = len(boris.messages)
    await handed_in(anna, "После отъезда")
    assert "Решает: Вера" in anna.screen
    assert "2 поста ждут" in vera.said
    assert len(boris.messages) == rung
    await boris.send("/away")
    await boris.press("Я снова здесь")
    assert "С возвращением" in boris.said
    assert "Борис снова на месте" in vera.said
    assert "2 поста ждут" in boris.said
    await handed_in(anna, "Третий")
    assert "Решает: Борис" in anna.screen


async def test_it_ends_by_itself_with_a_welcome_in_the_morning(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    await leaves(boris, "Вера", start="С завтра")
    assert "Вас не будет: вт, 8 сентября" in boris.screen
    assert await hq.read(lambda uow: uow.away.absent(hq.now)) == {}
    await hq.advance(days=1)
    assert await hq.read(lambda uow: uow.away.absent(hq.now)) == {boris.id: vera.id}
    await hq.advance(days=3, hours=16, minutes=30)  # Saturday 00:30
    assert await hq.read(lambda uow: uow.away.open(hq.now - timedelta(days=30))) == []
    assert "С возвращением" not in boris.said
    await hq.advance(hours=8)
    assert "С возвращением! С сегодняшнего дня" in boris.screen
    assert "Борис снова на месте" in vera.said


async def test_only_who_may_decide_there_is_offered_and_a_forged_choice_is_refused(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    oleg = await hq.join("Олег", Role.PRESS_SECRETARY, "omsk")
    await hq.join("Аня", Role.COORDINATOR, "kazan")
    await hq.join("Мария", Role.MANAGER)
    await boris.send("/away")
    await boris.press("С этой минуты")
    await boris.press(DAY)
    assert boris.labels[:2] == ["Мария", "Никто отдельно"]
    parts = data_of(boris.messages[-1], "Мария").split(":")
    parts[4] = str(oleg.id)
    forged = ":".join(parts)
    await boris.act(lambda user: user.press_raw(boris.messages[-1], forged))
    assert "не сможет вас заменить" in boris.toasts[-1]
    assert await hq.read(lambda uow: uow.away.open(hq.now)) == []


async def test_nothing_is_planned_for_a_volunteer_who_is_away(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    gleb = await hq.join("Глеб", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await gleb.send("/away")
    await gleb.press("С этой минуты")
    await gleb.press(DAY)
    assert "Вас нет" in gleb.screen  # nobody is asked for a deputy
    for text in ("Первый", "Второй"):
        await handed_in(anna, text)
        await boris.press("Открыть очередь")
        await boris.press("Одобрить")
        await hq.advance(minutes=2)
    await hq.advance(hours=1)

    async def planned(uow: UnitOfWork) -> set[int]:
        found = set()
        for phone in (anna, gleb):
            if await uow.plan.views_of_person(phone.id, hq.now - timedelta(hours=4), hq.now + timedelta(days=3)):
                found.add(phone.id)
        return found

    assert await hq.read(planned) == {anna.id}


async def test_a_second_absence_and_a_day_that_has_passed_are_refused(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await boris.send("/away")
    await boris.press("С этой минуты")
    old = boris.messages[-1]
    await boris.press("пн, 7 сентября", old)
    stale = data_of(old, "Никто отдельно")
    await boris.press("Никто отдельно")
    await boris.act(lambda user: user.press_raw(old, stale))
    assert "уже отметили отсутствие" in boris.toasts[-1]
    await boris.press("Я снова здесь")
    await hq.advance(days=2)
    await boris.act(lambda user: user.press_raw(old, stale))
    assert "уже прошёл" in boris.toasts[-1]


async def test_leaving_twice_in_a_row_is_two_absences(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    for times in (1, 2):
        await leaves(boris, "Вера", start="С завтра")
        assert vera.said.count("Борис отсутствует") == times
        await boris.press("Я снова здесь")
    await leaves(boris, "Никто отдельно", day="пн, 7 сентября")
    await hq.advance(days=1, hours=1)
    assert boris.said.count("С возвращением! С сегодняшнего дня") == 1
    assert await hq.read(lambda uow: uow.away.open(hq.now)) == []


async def test_the_manager_sees_in_the_team_who_is_away(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER, language="en")
    await leaves(boris, "Мария")
    await maria.send("/team")
    await maria.press("People")
    assert "stands for those who are away" in maria.screen
    await maria.press("🏖 Борис")
    assert "Away up to and including Fri 11 Sep" in maria.screen


async def test_the_managers_evening_says_who_is_away(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    await handed_in(anna)
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await leaves(boris, "Мария")
    await hq.advance(hours=14)
    assert "вышло не всё" in maria.said
    assert f"Нет на месте: Борис (по {DAY})" in maria.find("вышло не всё").body


async def test_a_deputy_who_has_left_is_not_named_and_a_deputy_who_leaves_too_is_followed_by_the_next(
    hq: Headquarters,
) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY)
    maria = await hq.join("Мария", Role.OWNER)
    await leaves(boris, "Вера")
    await leaves(vera, "Мария", day="ср, 9 сентября")
    await handed_in(anna, "Пока нет обоих")
    assert "Решает: Мария" in anna.screen
    await boris.send("/away")
    assert "Вера сейчас не может решать за вас: спрашиваем других." in boris.screen
    await vera.press("Я снова здесь")
    await boris.send("/away")
    assert "За вас решает Вера" in boris.screen
    await hq.run(lambda uow: uow.people.remove_memberships(vera.id))
    await handed_in(anna, "Заместителя больше нет")
    assert "Решает: Мария" in anna.screen
    before = len(vera.messages)
    await boris.send("/away")
    assert "Вера сейчас не может решать за вас" in boris.screen
    await boris.press("Я снова здесь")
    assert len(vera.messages) == before, "who decides no more hears nothing about it"
    assert "2 поста ждут" in boris.said
    await maria.send("/queue")
    assert "Пока нет обоих" in maria.said
