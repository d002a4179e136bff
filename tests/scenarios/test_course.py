"""The short course: read, tried, left out, taken up again; it counts nowhere."""

from sqlalchemy import func, select

from domain.people import Role
from domain.usecases import invites
from storage import tables
from tests.harness import Headquarters, Phone
from tests.rows import rows_of


async def newcomer(hq: Headquarters, name: str = "Борис") -> Phone:
    """Somebody who has just come in."""
    phone = hq.stranger(name)
    await phone.start(await hq.run(invites.create, None, Role.VOLUNTEER, "kazan", now=hq.now, hours=72))
    await phone.press("Даю согласие")
    await phone.press("Русский")
    await phone.press("верно")
    return phone


async def test_a_newcomer_reads_three_cards_does_the_practice_post_and_it_counts_nowhere(hq: Headquarters) -> None:
    counted = ("slot", "assignment", "proof", "figure", "rollup", "draft", "published_text")
    counts = select(*(select(func.count()).select_from(getattr(tables, name)).scalar_subquery() for name in counted))
    irina = await hq.join("Ирина", Role.COORDINATOR, "kazan")
    before = await hq.read(rows_of(counts))
    boris = await newcomer(hq)
    for title in ("Как проходит день", "Ссылки и цифры"):
        assert title in boris.screen
        await boris.press("Дальше")
    assert "Чего мы не делаем никогда" in boris.screen
    await boris.press("Попробовать")
    assert "он нигде не считается" in boris.screen
    await boris.send("готово")
    assert "Это пока не ссылка" in boris.screen
    await boris.send("https://vk.com/wall-1_1")
    assert "Принято" in boris.screen
    assert await hq.read(rows_of(counts)) == before
    await irina.send("/invite")
    await irina.press("Короткий курс")
    assert "✅ прошли: 1" in irina.screen
    assert "✅ Борис, Казань" in irina.screen


async def test_the_course_is_left_out_and_comes_back_by_help(hq: Headquarters) -> None:
    boris = await newcomer(hq)
    await boris.press("Дальше")
    await boris.press("Пропустить курс")
    assert "Курс ждёт вас в /help" in boris.screen
    await boris.send("/help")
    await boris.press("Короткий курс")
    assert "Карточка 2 из 3" in boris.screen, "where they were"


async def test_whoever_left_the_practice_post_writes_drafts_as_ever(hq: Headquarters) -> None:
    boris = await newcomer(hq)
    for label in ("Дальше", "Дальше", "Попробовать", "Пропустить курс"):
        await boris.press(label)
    await boris.send("Сегодня открыли парк https://example.org/park")
    assert "Принято" not in boris.screen
    actor = await hq.read(lambda uow: uow.people.find_actor(boris.user.user_id))
    assert actor is not None
    assert len(await hq.read(lambda uow: uow.drafts.of_author(actor.id))) == 1


async def test_an_old_card_of_the_course_works_after_it_was_finished(hq: Headquarters) -> None:
    boris = await newcomer(hq)
    first = boris.messages[-1]
    for label in ("Дальше", "Дальше", "Попробовать"):
        await boris.press(label)
    await boris.send("vk.com/wall-1_1")
    await boris.act(lambda user: user.press_raw(first, "co:card:1"))
    assert "Карточка 1 из 3" in first.body
    learners = await hq.read(lambda uow: uow.training.learners(None))
    assert [one.state for one in learners] == ["finished"]
