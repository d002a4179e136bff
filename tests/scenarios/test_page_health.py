"""A played fortnight: every colour occurs for a known reason, and the strip in chat is true for each of its days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.norms import Norm
from domain.people import Role
from domain.plan import Excuse, Slot, SlotState
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.silence import Blackout
from domain.usecases import day_plan_moves, mishaps, staffing
from tests.drafting import approve
from tests.harness import WINDOWS, Headquarters, Phone
from tests.scenarios.test_assignments import posted
from tests.scenarios.test_halts import a_stop
from tests.scenarios.test_pages import forget_slots

PAGE = "vk-kazan"
OTHERS = ("ok-kazan", "tg-kazan", "vk-omsk", "my-anna", "x-main")
RULES = PlanRules(timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=20), timedelta(minutes=60), 3)
# Nothing on Saturdays, two posts on Sundays; the calendar takes Friday the 18th off.
NORM = Norm(PAGE, (1, 1, 1, 1, 1, 0, 2), WINDOWS, 120, 3, exceptions={date(2026, 9, 18): 0})


class Fortnight:
    """Vera approves, Anna posts; `go` says what a day is like."""

    def __init__(self, hq: Headquarters, anna: Phone, vera: Phone) -> None:
        self.hq, self.anna, self.vera = hq, anna, vera

    async def morning(self, day: int) -> None:
        """07:00 in Moscow of the September day: planned, nothing posted yet."""
        await self.hq.move_to(datetime(2026, 9, day, 4, tzinfo=UTC))

    async def text(self, words: str) -> None:
        await self.hq.run(approve, self.vera.id, self.vera.id, words, PAGE, now=self.hq.now)

    async def slots(self, day: int) -> list[Slot]:
        views = await self.hq.read(lambda uow: uow.plan.slots_of_day(date(2026, 9, day), [PAGE]))
        return [view.slot for view in views]

    async def post(self, slot: Slot, late: timedelta = timedelta(minutes=-5)) -> None:
        """Anna posts it so much after its moment, by her newest card."""
        await self.hq.move_to(slot.at + late)
        await posted(self.anna, f"https://vk.com/wall-123_{slot.id}")

    async def excuse(self, slot: Slot, why: Excuse) -> None:
        """As the features do it that take a slot out of the plan."""

        async def out(uow: UnitOfWork) -> None:
            page = await uow.campaign.get_page(PAGE)
            await staffing.withdraw(uow, await uow.plan.get_slot(slot.id), page, self.hq.now, "page", why)

        await self.hq.run(out)


async def played(hq: Headquarters) -> Fortnight:
    """The fourteen days from the 7th to the 20th, then the morning of the 21st."""
    await hq.run(lambda uow: uow.campaign.remove_norms(OTHERS))
    await hq.run(lambda uow: uow.campaign.save_norms([NORM]))
    await hq.run(forget_slots)  # those of the norms before
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    play = Fortnight(hq, anna, vera)

    await play.text("Понедельник: вовремя")
    await play.post((await play.slots(7))[0])

    await play.morning(8)
    await play.text("Вторник: с опозданием")
    await play.post((await play.slots(8))[0], late=timedelta(hours=2))

    await play.morning(9)  # Wednesday: no text
    await play.morning(10)
    await play.text("Четверг: никто не опубликовал")

    await play.morning(11)  # Friday: the text of Thursday is planned again, and it is somebody's day off
    await play.excuse((await play.slots(11))[0], Excuse.DAY_OFF)

    await play.morning(13)  # nothing is wanted on the Saturday before; of Sunday's two posts one comes
    first, second = await play.slots(13)
    assert (first.state, second.state) == (SlotState.FILLED, SlotState.EMPTY)
    await play.post(first)

    await play.morning(14)
    await play.text("Понедельник: сеть удалила")
    (gone,) = await play.slots(14)
    await play.post(gone)
    (proven,) = await hq.read(lambda uow: uow.plan.assignments_of(gone.id))
    await hq.run(mishaps.removed, anna.actor, proven.id, proven.version, now=hq.now)

    await play.morning(15)
    await play.text("Вторник, среда и четверг: не выйдет")
    await play.excuse((await play.slots(15))[0], Excuse.BLOCKED)

    await play.morning(16)
    (skipped,) = await play.slots(16)
    await hq.run(day_plan_moves.skip, vera.actor, skipped.id, skipped.version, "Ремонт группы", now=hq.now, rules=RULES)
    await hq.move_to(datetime(2026, 9, 16, 20, tzinfo=UTC))
    assert len(await play.slots(17)) == 1, "planned the evening before"
    whole = datetime.combine(date(2026, 9, 17), time()), datetime.combine(date(2026, 9, 18), time())
    await hq.run(lambda uow: uow.campaign.save_blackouts([Blackout("kazan", *whole, "день тишины")]))

    await play.morning(18)  # the calendar's day off; nothing on Saturday; then two posts, the second late
    await play.morning(20)
    await play.text("Воскресенье: второй")
    first, second = await play.slots(20)
    await play.post(first)
    await play.post(second, late=timedelta(hours=2))
    await play.morning(21)
    return play


LINES = {
    "ru": ("по норме 2, с опозданием 2, пропущено 3, не в счёт 5, без плана 2", "1 пост потом удалила сама сеть"),
    "en": ("2 kept, 2 late, 3 missed, 5 excused, 2 without a plan", "1 post was taken down by the network"),
}
REDS = {
    "ru": "Пропуски: ср, 9 сентября; чт, 10 сентября; вс, 13 сентября",
    "en": "Missed: Wed 9 Sept; Thu 10 Sept; Sun 13 Sept",
}


@pytest.mark.slow  # a fortnight of due work
async def test_after_a_played_fortnight_the_strip_is_true_for_every_day_in_both_languages(hq: Headquarters) -> None:
    play = await played(hq)
    days = {
        7: "🟩", 8: "🟨", 9: "🟥", 10: "🟥", 11: "⬜", 12: "⬜", 13: "🟥",
        14: "🟩", 15: "⬜", 16: "⬜", 17: "⬜", 18: "⬜", 19: "⬜", 20: "🟨",
    }  # fmt: skip
    olga = await hq.join("Ольга", Role.MANAGER)
    john = await hq.join("John", Role.COORDINATOR, "kazan", language="en")
    for phone in (olga, john):
        language = phone.user.language_code or ""
        spoken, removed = LINES[language]
        await phone.send("/pages")
        assert f"{''.join(days.values())}\n{spoken}" in phone.screen
        await phone.press("VK Казань")
        assert f": {spoken}\n{''.join(days.values())}" in phone.screen
        assert REDS[language] in phone.screen
        assert removed in phone.screen

    # The next day is stopped, and the strip moves on by it.
    await play.text("Понедельник: остановлено")
    await a_stop(play.vera, "Казань")
    await play.morning(22)
    days[21] = "⬜"
    for phone in (olga, john):
        await phone.send("/pages")
        assert "".join(list(days.values())[1:]) in phone.screen
