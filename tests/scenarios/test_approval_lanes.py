"""Lanes: strict and bold texts, sources, the checklist, who is missing; a page's lane set in chat."""

from domain.drafts import DraftState
from domain.lanes import Lane, Risk
from domain.pages import PageKind
from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import PAGES, Headquarters, Phone
from tests.scenarios.test_drafts import data_of

RISKS = ("Клевета", "Вражда", "Личное", "Дети", "Опросы")
SOURCE = "https://kazan.example.org/decree/214"


async def in_lane(hq: Headquarters, lane: Lane, code: str = "vk-kazan") -> None:
    async def put(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page(code)
        await uow.campaign.save_pages([page.in_lane(lane)])

    await hq.run(put)


async def wrote(author: Phone, text: str = "Мэр обещал и не сделал", page: str = "VK Казань") -> None:
    await author.send(text)
    await author.press(page)


async def handed_in(author: Phone, text: str = "Мэр обещал и не сделал") -> None:
    await wrote(author, text)
    await author.press("Источники")
    await author.send(SOURCE)
    await author.press("Отправить")


async def ticked(phone: Phone, *but: str) -> None:
    await phone.press("Проверка рисков")
    for risk in RISKS:
        if risk not in but:
            await phone.press(f"☐ {risk}")


async def state_of(hq: Headquarters, draft_id: int = 1) -> DraftState:
    state: DraftState = (await hq.read(lambda uow: uow.drafts.get(draft_id))).state
    return state


async def test_a_bold_text_needs_sources_before_it_can_be_handed_in(hq: Headquarters) -> None:
    await in_lane(hq, Lane.BOLD)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await wrote(anna)
    assert "назовите источники" in anna.screen
    await anna.press("Отправить")
    assert "нужны источники" in anna.toasts[-1]
    assert await state_of(hq) is DraftState.WRITING
    await anna.press("Источники")
    await anna.send("все и так знают")
    assert "нет ни ссылки, ни названия документа" in anna.screen
    await anna.send(SOURCE)
    assert f"Источники: {SOURCE}" in anna.screen
    await anna.press("Отправить")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.state, draft.sources, draft.text) == (DraftState.SUBMITTED, SOURCE, "Мэр обещал и не сделал")


async def test_sources_for_a_draft_that_was_decided_meanwhile_do_not_hold_the_author(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await in_lane(hq, Lane.BOLD)
    await wrote(anna)
    ask = data_of(anna.messages[-1], "Источники")
    await in_lane(hq, Lane.ORDINARY)
    await anna.press("Отправить")
    await anna.act(lambda user: user.press_raw(anna.messages[-1], ask))
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await anna.send(SOURCE)
    assert "Источники" not in anna.screen
    await anna.send("Другой текст")
    assert "Черновик" in anna.screen


async def test_two_people_approve_a_bold_text_each_after_their_own_checklist(hq: Headquarters) -> None:
    await in_lane(hq, Lane.BOLD)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna)
    await boris.press("Открыть очередь")
    assert f"Источники: {SOURCE}" in boris.screen
    await boris.press("Одобрить")
    assert "осталось 5 пунктов" in boris.toasts[-1]
    await ticked(boris, "Дети")
    await boris.press("Допустимо", boris.messages[-1])  # the first row: defamation
    await boris.press("Назад")
    await boris.press("☐ Дети")
    await boris.press("Одобрить")
    assert "1 из 2" in boris.screen
    assert await state_of(hq) is DraftState.SUBMITTED
    await vera.press("Открыть очередь")
    assert "☑ Проверка рисков: 0 из 5" in vera.labels  # his ticks are not hers
    await ticked(vera)
    await vera.press("Одобрить")
    await hq.advance(minutes=2)
    assert await state_of(hq) is DraftState.APPROVED
    decisions = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert [{check.risk for check in decision.checks} for decision in decisions] == [set(Risk), set(Risk)]


async def test_what_is_risky_and_permitted_is_kept_with_its_reason(hq: Headquarters) -> None:
    await in_lane(hq, Lane.BOLD)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await hq.join("Мария", Role.MANAGER)
    await handed_in(anna)
    await boris.press("Открыть очередь")
    card = boris.messages[-1]
    await ticked(boris, "Клевета")
    await boris.press("Допустимо")
    assert "Почему здесь это допустимо" in boris.screen
    await boris.send("д" * 301)
    assert "не больше 300" in boris.screen
    await boris.send("Есть решение суда <№ 5>")
    assert "Допустимо: Есть решение суда <№ 5>" in boris.screen
    assert "☑ Проверка рисков: 5 из 5" in [b.label for row in card.buttons for b in row]
    await boris.press("Одобрить")
    await hq.advance(minutes=2)
    decision = (await hq.read(lambda uow: uow.drafts.decisions(1)))[0]
    assert {check.risk: check.because for check in decision.checks}[Risk.DEFAMATION] == "Есть решение суда <№ 5>"


async def test_a_changed_bold_text_has_to_be_checked_anew(hq: Headquarters) -> None:
    await in_lane(hq, Lane.BOLD)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await handed_in(anna)
    await boris.press("Открыть очередь")
    await ticked(boris)
    checklist = boris.messages[-1]
    old = data_of(checklist, "Одобрить")
    await anna.press("Изменить текст")
    await anna.send("Мэр обещал и сделал")
    await boris.act(lambda user: user.press_raw(checklist, old))
    assert "Не засчитано" in boris.toasts[-1]
    await boris.press("Одобрить")
    assert "осталось 5 пунктов" in boris.toasts[-1]
    assert await state_of(hq) is DraftState.SUBMITTED


async def test_nobody_approves_a_strict_text_twice_and_the_manager_hears_whom_to_appoint(hq: Headquarters) -> None:
    await in_lane(hq, Lane.STRICT)
    oleg = await hq.join("Олег", Role.OWNER, language="en")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await wrote(boris, "Пишет сам пресс-секретарь")
    await boris.press("Отправить")
    assert "нужен ещё 1 пресс-секретарь (Казань)" in boris.screen
    told = oleg.find("1 more press secretary is needed (Казань)")
    await oleg.press("Open the queue")
    assert "1 more press secretary is needed" in oleg.screen
    await oleg.press("Approve", oleg.messages[-1])
    assert await state_of(hq) is DraftState.SUBMITTED  # the safe state
    await oleg.act(lambda user: user.press_raw(oleg.messages[-1], "a:ok:1:1:"))
    assert len(await hq.read(lambda uow: uow.drafts.decisions(1))) == 1
    await oleg.press("Invite a press secretary", told)
    assert "press secretary, Казань" in told.body  # the invite itself


async def test_an_approval_of_somebody_who_was_suspended_since_does_not_count(hq: Headquarters) -> None:
    await in_lane(hq, Lane.STRICT)
    maria = await hq.join("Мария", Role.MANAGER, "kazan")
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris, vera, galina = [await hq.join(name, Role.PRESS_SECRETARY, "kazan") for name in ("Борис", "Вера", "Галина")]
    await wrote(anna)
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await maria.send("/suspend Борис")
    await maria.press("Борис · пресс-секретарь")
    await maria.press("Закрыть доступ")
    await maria.press("Закрыть доступ")
    await vera.send("/queue")
    assert "Нужно одобрений: 2" in vera.screen
    assert "Борис: это одобрение больше не в счёт" in vera.screen
    await vera.press("Одобрить")
    assert await state_of(hq) is DraftState.SUBMITTED
    assert "больше не в счёт" in vera.screen
    assert "1 из 2" in vera.screen
    await galina.send("/queue")
    assert "Одобрений: 1 из 2 (Вера)" in galina.screen
    await galina.press("Одобрить")
    assert await state_of(hq) is DraftState.APPROVED


async def test_enough_people_and_nobody_is_told_to_appoint(hq: Headquarters) -> None:
    await in_lane(hq, Lane.STRICT)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    await wrote(anna)
    await anna.press("Отправить")
    assert "двое разных людей" in anna.screen
    assert "нужен ещё" not in anna.screen
    assert "нужен ещё" not in maria.said


async def test_a_manager_sets_a_lane_and_loosening_an_official_page_is_asked_about(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    kolya = await hq.join("Коля", Role.COORDINATOR, "kazan")
    official = next(page for page in PAGES if page.kind is PageKind.OFFICIAL)
    await maria.send("/pages")
    await maria.press(official.title)
    await maria.press("Обычный порядок")
    await maria.press("Острая тема")
    assert "Острая тема" in maria.screen

    async def lane() -> Lane:
        now: Lane = (await hq.read(lambda uow: uow.campaign.get_page(official.code))).lane
        return now

    assert await lane() is Lane.BOLD
    await maria.press("Острая тема")
    choice = maria.messages[-1]
    loosen = data_of(choice, "Строгий порядок")
    await maria.press("Строгий порядок")
    assert "официальная страница" in maria.screen
    assert await lane() is Lane.BOLD
    await maria.press("Да, смягчить")
    assert await lane() is Lane.STRICT
    await maria.act(lambda user: user.press_raw(choice, loosen.replace("strict", "ordinary").replace("set", "set!")))
    assert "только что изменили" in maria.toasts[-1]
    assert await lane() is Lane.STRICT
    await kolya.send("/pages")
    await kolya.press("VK Казань")
    assert "Обычный порядок" not in kolya.labels
    await kolya.act(lambda user: user.press_raw(kolya.messages[-1], loosen))
    assert "нет прав" in kolya.toasts[-1]


async def test_a_lane_that_is_loosened_after_the_first_approval_leaves_the_next_one_to_decide(hq: Headquarters) -> None:
    await in_lane(hq, Lane.STRICT)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await wrote(anna)
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await in_lane(hq, Lane.ORDINARY)
    await hq.advance(minutes=1)
    assert "теперь хватает меньшего числа одобрений" in boris.said
    await vera.send("/queue")
    assert "Одобрений: 1 из 1 (Борис)" in vera.screen
    await vera.press("Одобрить")
    assert await state_of(hq) is DraftState.APPROVED


async def test_who_approved_first_cannot_undo_after_the_second_and_can_again_when_the_second_has(
    hq: Headquarters,
) -> None:
    await in_lane(hq, Lane.STRICT)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await wrote(anna)
    await anna.press("Отправить")
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    undo = data_of(boris.messages[-1], "Отменить")
    await vera.press("Открыть очередь")
    await vera.press("Одобрить")
    assert "Вера ещё может отменить это до 08:01" in boris.screen
    assert boris.labels == [], "it is Vera's now"
    await boris.act(lambda user: user.press_raw(boris.messages[-1], undo))
    assert "Вера" in boris.toasts[-1]
    assert await state_of(hq) is DraftState.APPROVED
    await vera.press("Отменить")
    await boris.press("Отменить")
    assert await state_of(hq) is DraftState.SUBMITTED
    assert await hq.read(lambda uow: uow.drafts.decisions(1)) == []
