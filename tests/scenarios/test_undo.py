"""A decision can be taken back for a minute: until then it is nobody else's news."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from domain.drafts import Decision, DraftState, Verdict
from domain.notices import DueTask
from domain.people import Role
from domain.ports import UnitOfWork
from storage.tables import journal
from tests.harness import Headquarters, Phone, headquarters
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of


async def a_card(hq: Headquarters) -> tuple[Phone, Phone]:
    """Anna's draft on Boris's card."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    return anna, boris


async def strict(uow: UnitOfWork) -> None:
    """Two approvals for VK Казань."""
    await uow.campaign.save_pages([replace(await uow.campaign.get_page("vk-kazan"), approvals_needed=2)])


async def decisions_in_journal(uow: UnitOfWork) -> list[str]:
    """What was decided and undone, in order."""
    of_decisions = select(journal.c.action).where(journal.c.action.in_(["draft_decide", "draft_undo"]))
    rows = await uow.session.execute(of_decisions.order_by(journal.c.seq))  # type: ignore[attr-defined]  # a test looks into the tables
    return [row.action for row in rows]


async def state(hq: Headquarters) -> DraftState:
    return DraftState((await hq.read(lambda uow: uow.drafts.get(1))).state)


async def test_an_approval_taken_back_in_time_is_never_heard_of(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    seen = anna.said
    await boris.press("Одобрить")
    assert await state(hq) is DraftState.APPROVED
    await hq.advance(seconds=59)
    await boris.press("Отменить решение")
    assert boris.toasts[-1] == "Решение отменено: текст снова ждёт."
    assert "Решить до" in boris.screen
    assert "1 пост ждёт" in boris.messages[0].body
    assert await state(hq) is DraftState.SUBMITTED
    await hq.advance(minutes=10)
    assert anna.said == seen
    assert await hq.read(lambda uow: uow.drafts.approved_for_page("vk-kazan")) == []
    assert await hq.read(decisions_in_journal) == ["draft_decide", "draft_undo"]


async def test_after_an_undo_one_decides_again_and_this_time_it_stands(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    await boris.press("Одобрить")
    await boris.press("Отменить решение")
    await boris.press("Отклонить")
    await boris.press("Тон")
    await hq.advance(minutes=1)
    assert "Отклонено: Борис" in anna.screen
    assert "Одобрено" not in anna.said
    assert await state(hq) is DraftState.REJECTED


async def test_an_undo_that_comes_too_late_is_told_so_and_changes_nothing(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    await boris.press("Одобрить")
    undo = data_of(boris.messages[-1], "Отменить")
    control = boris.messages[-1]
    await hq.advance(seconds=60)
    assert "Отменить решение" not in boris.labels
    await boris.act(lambda user: user.press_raw(control, undo))
    assert boris.toasts[-1].startswith("Отменить уже нельзя: решение в силе")
    assert await state(hq) is DraftState.APPROVED
    assert "Одобрено: Борис" in anna.find("Текст идёт в план: VK Казань.").body


async def test_colleagues_see_that_it_can_be_undone_and_then_decide_themselves(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await vera.send("/queue")
    control = vera.messages[-1]
    approve = data_of(control, "Одобрить")
    await boris.press("Одобрить")
    assert "Одобрено: Борис, 08:00\nБорис ещё может отменить это до 08:01" in control.body
    assert "Отменить решение" not in vera.labels
    await vera.act(lambda user: user.press_raw(control, approve))
    assert vera.toasts[-1] == "Уже одобрено: Борис, 08:00."
    await vera.act(lambda user: user.press_raw(control, "a:undo:1:1:"))
    assert vera.toasts[-1] == "Вашего решения, которое можно отменить, здесь нет."
    await boris.press("Отменить решение")
    await vera.press("Одобрить", control)
    await hq.advance(minutes=1)
    assert "Одобрено: Вера" in anna.find("Текст идёт в план").body


async def test_a_first_approval_stands_once_a_second_person_has_approved(hq: Headquarters) -> None:
    await hq.run(strict)
    maria = await hq.join("Мария", Role.MANAGER)
    anna, boris = await a_card(hq)
    await boris.press("Одобрить")
    control = boris.messages[-1]
    undo = data_of(control, "Отменить")
    await maria.send("/queue")
    await maria.press("Одобрить")
    assert "Отменить решение" not in boris.labels
    await boris.act(lambda user: user.press_raw(control, undo))
    assert boris.toasts[-1] == "Отменить уже нельзя: после вас свой ответ дал другой человек — Мария."
    await maria.press("Отменить решение")
    assert await state(hq) is DraftState.SUBMITTED
    decisions = await hq.read(lambda uow: uow.drafts.decisions(1))
    assert [decision.approver_name for decision in decisions] == ["Борис"]
    await hq.advance(minutes=2)
    assert "Одобрений: 1 из 2 (Борис)" in maria.screen
    assert "Текст идёт в план" not in anna.said


async def test_a_first_approval_can_be_undone_while_nobody_has_followed(hq: Headquarters) -> None:
    await hq.run(strict)
    await hq.join("Мария", Role.MANAGER)
    _, boris = await a_card(hq)
    await boris.press("Одобрить")
    await boris.press("Отменить решение")
    assert "Нужно одобрений: 2" in boris.screen
    assert await hq.read(lambda uow: uow.drafts.decisions(1)) == []


async def test_a_promise_that_passed_while_it_counted_as_decided_is_still_kept(hq: Headquarters) -> None:
    maria = await hq.join("Мария", Role.MANAGER)
    _, boris = await a_card(hq)
    due = (await hq.read(lambda uow: uow.drafts.get(1))).decide_by
    assert due is not None
    await hq.move_to(due.replace(minute=59, second=40, hour=due.hour - 1))
    await boris.press("Одобрить", boris.messages[-1])
    await hq.move_to(due.replace(second=10))
    assert "пост ждёт" not in maria.said
    await boris.press("Отменить решение")
    await hq.advance(hours=12)
    assert "1 пост ждёт" in maria.said


async def test_the_author_who_goes_on_with_a_returned_draft_is_not_told_of_it_again(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    await boris.press("На доработку")
    await boris.press("Тон")
    control = boris.messages[-1]
    undo = data_of(control, "Отменить")
    await anna.send("/drafts")
    await anna.press("Субботник")
    await anna.press("Отправить снова")
    await boris.act(lambda user: user.press_raw(control, undo))
    assert boris.toasts[-1] == "Отменить уже нельзя: автор снова работает над текстом."
    await hq.advance(minutes=2)
    assert await state(hq) is DraftState.SUBMITTED
    assert "На доработку: Борис" not in anna.screen


async def test_while_the_author_mends_what_was_sent_back_old_buttons_say_whose_turn_it_is(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)
    panel, own = anna.messages[-1], anna.user.sent()
    take = data_of(panel, "Забрать назад")
    await boris.press("На доработку")
    await boris.press("Тон")
    control = boris.messages[-1]
    await anna.act(lambda user: user.press_raw(panel, take))
    assert anna.toasts[-1] == "Текст вернулся на доработку: теперь он у автора."
    assert "На доработку: Борис" in panel.body
    await anna.act(lambda user: user.edit(own, "Субботник в 14:00"))
    await boris.press("Отменить", control)
    assert "над ним работает автор" in control.body


async def test_whoever_lost_the_role_undoes_nothing(hq: Headquarters) -> None:
    _, boris = await a_card(hq)
    await boris.press("Одобрить")
    await hq.run(lambda uow: uow.people.remove_memberships(boris.id))
    await boris.press("Отменить решение")
    assert boris.toasts[-1] == "Сейчас у вас нет роли. Спросите координатора."
    assert await state(hq) is DraftState.APPROVED


async def test_a_decision_stored_before_there_was_undo_reaches_its_author(hq: Headquarters) -> None:
    anna, boris = await a_card(hq)

    async def as_before(uow: UnitOfWork) -> None:
        decision = Decision(1, 1, boris.id, "Борис", Verdict.APPROVE, None, "", hq.now)
        assert await uow.drafts.decide(decision, DraftState.APPROVED)
        params = {"draft": 1, "version": 1, "approver": boris.id, "state": "approved", "pressed": [0, 0]}
        await uow.tasks.add(DueTask(f"decided:1:1:{boris.id}", "draft.decided", "draft:1", hq.now, params))

    await hq.run(as_before)
    assert "Одобрено: Борис" in anna.find("Текст идёт в план").body
    assert "Вы одобрили" in boris.screen


async def test_where_undo_is_switched_off_every_decision_stands_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path, approvals={"undo_seconds": 0}) as hq:
        anna, boris = await a_card(hq)
        await boris.press("Одобрить")
        assert "отменить" not in boris.said
        assert "Отменить решение" not in boris.labels
        assert "Одобрено: Борис" in anna.find("Текст идёт в план").body
        assert hq.troubles() == []
