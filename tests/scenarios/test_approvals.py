"""Press secretaries decide: exactly what they read, first tap wins, everybody learns."""

from dataclasses import replace
from datetime import datetime

from domain.drafts import DraftState, Reason, Verdict
from domain.people import Role
from domain.ports import UnitOfWork
from domain.silence import Blackout
from playground import Message
from tests.harness import Headquarters, Phone
from tests.scenarios.test_drafts import data_of, png


async def submitted(hq: Headquarters, author: Phone, text: str = "Субботник в 12:00", page: str = "VK Казань") -> None:
    await author.send(text)
    await author.press(page)
    await author.press("Отправить")


async def test_a_press_secretary_approves_in_two_taps_and_the_author_learns(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    assert "1 пост ждёт" in boris.screen
    await boris.press("Открыть очередь")
    assert boris.messages[-2].body == "Субботник в 12:00"
    assert "Анна, Казань" in boris.screen
    assert "Куда: VK Казань" in boris.screen
    await boris.press("Одобрить")
    assert "Вы одобрили, 08:00" in boris.screen
    assert "Можно отменить до 08:01" in boris.screen
    assert "Вашего решения ничего не ждёт" in boris.messages[0].body
    assert "Одобрено" not in anna.said  # what can still be undone is nobody else's news
    await hq.advance(minutes=1)
    assert "отменить" not in boris.said
    assert "Одобрено: Борис, 08:00" in anna.find("Текст идёт в план: VK Казань.").body
    assert "Одобрено: Борис" in anna.messages[0].body  # the panel says so too
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED


async def test_two_press_secretaries_tap_approve_the_first_wins_the_second_learns_who(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await vera.press("Открыть очередь")
    assert "Это же открыто у: Борис" in vera.screen
    stale = vera.messages[-1]
    approve = data_of(stale, "Одобрить")
    await boris.press("Одобрить")
    assert "Одобрено: Борис, 08:00" in vera.screen  # her copy was redrawn
    await vera.act(lambda user: user.press_raw(stale, approve))
    assert vera.toasts[-1] == "Уже одобрено: Борис, 08:00."
    assert len(await hq.read(lambda uow: uow.drafts.decisions(1))) == 1


async def test_a_draft_that_changed_under_the_approver_is_not_approved_by_the_tap(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna, "Встреча в пятницу в 12:00 у фонтана")
    sent = anna.user.sent()
    await boris.press("Открыть очередь")
    control = boris.messages[-1]
    old = data_of(control, "Одобрить")
    await anna.act(lambda user: user.edit(sent, "Встреча в субботу в 12:00 у фонтана"))
    assert "Встреча в пятницусубботу в 12:00 у фонтана" in boris.screen
    await boris.act(lambda user: user.press_raw(control, old))
    assert boris.toasts[-1].startswith("Не засчитано")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    await boris.press("Одобрить", control)
    decision = (await hq.read(lambda uow: uow.drafts.decisions(1)))[0]
    assert (decision.version, decision.verdict) == (2, Verdict.APPROVE)


async def test_changed_pictures_have_to_be_seen_before_deciding(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await anna.press("Изменить текст")
    await anna.send_photo(png())
    assert [b.label for row in boris.messages[-1].buttons for b in row] == ["Показать новую версию", "Пропустить ›"]
    await boris.press("Показать новую версию")
    assert "Версия 2" in boris.screen
    await boris.press("Одобрить")
    assert "Вы одобрили" in boris.screen


async def test_changes_are_requested_with_a_tapped_reason_and_the_author_sends_again(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("На доработку")
    await boris.press("Факты")
    await hq.advance(minutes=1)
    assert "На доработку: Борис" in anna.screen
    assert "Факты" in anna.screen
    await anna.press("Исправить")
    assert "Пришлите новый текст" in anna.screen
    await anna.send("Субботник в 13:00")
    assert "Факты" in anna.screen  # the reason stays in sight until it is sent again
    await anna.press("Отправить снова")
    assert "1 пост ждёт" in boris.screen  # a new message that rings
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.state, draft.text) == (DraftState.APPROVED, "Субботник в 13:00")


async def test_a_line_to_the_author_goes_with_the_decision(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("Отклонить")
    await boris.press("С пояснением")
    await boris.press("Тон")
    await boris.send("Слишком <резко>")
    assert boris.screen == "✓ Если не отмените, решение уйдёт автору в 08:01: Анна."
    assert boris.said.count("Вы отклонили") == 1
    assert "Теперь напишите" not in boris.said
    await hq.advance(minutes=1)
    assert "Тон: Слишком <резко>" in anna.screen
    await boris.press("Дальше")
    assert "ничего не ждёт" in boris.screen
    decision = (await hq.read(lambda uow: uow.drafts.decisions(1)))[0]
    assert (decision.reason, decision.note) == (Reason.TONE, "Слишком <резко>")


async def asks_for_a_line(hq: Headquarters) -> tuple[Phone, Phone, Message]:
    """Anna's draft on Boris's card, which waits for his line."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("На доработку")
    await boris.press("С пояснением")
    await boris.press("Тон")
    return anna, boris, boris.find("Теперь напишите автору пару слов")


async def test_after_cancel_the_card_is_a_card_again(hq: Headquarters) -> None:
    _, boris, card = await asks_for_a_line(hq)
    await boris.send("/cancel")
    assert "Отменено." in boris.screen
    assert "Черновик сохранён" not in boris.screen
    assert "Решить до" in card.body
    await boris.press("Одобрить", card)
    assert "Вы одобрили" in card.body


async def test_what_cannot_be_a_line_is_refused_kindly_and_still_awaited(hq: Headquarters) -> None:
    anna, boris, card = await asks_for_a_line(hq)
    await boris.send("я" * 501)
    assert "знаков 501, а помещается не больше 500" in boris.screen
    await boris.send_photo(png(), "вот так")
    assert "только текст своими словами" in boris.screen
    await boris.act(lambda user: user.forward_from("Новости", "Открыли мост"))
    assert "Пока ничего не решено" in boris.screen
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    assert await hq.read(lambda uow: uow.drafts.of_author(boris.id)) == []
    await boris.send("я" * 500)
    assert "Вы вернули на доработку" in card.body
    await hq.advance(minutes=1)
    assert "я" * 500 in anna.screen


async def test_below_a_refused_line_one_can_go_back_or_decide_without_it(hq: Headquarters) -> None:
    anna, boris, card = await asks_for_a_line(hq)
    await boris.send_photo(png())
    await boris.press("Назад")
    assert boris.messages[-1] == card
    assert "Решить до" in card.body
    await boris.press("На доработку", card)
    await boris.press("С пояснением", card)
    await boris.press("Тон", card)
    await boris.send_photo(png())
    await boris.press("Без пояснения")
    assert boris.screen == "✓ Если не отмените, решение уйдёт автору в 08:01: Анна."
    assert "Вы вернули на доработку" in card.body
    await hq.advance(minutes=1)
    assert "На доработку: Борис" in anna.screen


async def test_somebody_without_a_role_decides_nothing_and_is_told_so(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    card = boris.messages[-1]
    await hq.run(lambda uow: uow.people.remove_memberships(boris.id))
    await vera.press("Открыть очередь")
    assert "Также открыто" not in vera.screen
    await boris.press("Одобрить", card)
    assert boris.toasts[-1] == "Сейчас у вас нет роли. Спросите координатора."
    assert card.body == "Это теперь решают другие."
    assert not card.buttons
    await boris.send("/start")
    assert "Сейчас у вас нет роли. Спросите координатора." in boris.screen
    assert "получится черновик" not in boris.screen
    await boris.send("А я всё-таки напишу")
    assert boris.screen == "Сейчас у вас нет роли. Спросите координатора."
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED


async def test_the_queue_is_one_message_and_is_walked_card_by_card(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    for text in ("Первый", "Второй", "Третий"):
        await submitted(hq, anna, text)
        await hq.advance(minutes=10)
    assert [m.body for m in boris.messages] == ["📥 3 поста ждут вашего решения\nСамый давний пришёл: 08:00"]
    await boris.send("/queue")
    assert boris.messages[-2].body == "Первый"
    await boris.press("Пропустить")
    assert boris.messages[-2].body == "Второй"
    assert "Первый" not in boris.said
    await boris.press("✓ Одобрить", boris.messages[-1])  # and next: one tap
    assert boris.messages[-2].body == "Третий"
    assert "Вы одобрили" in boris.messages[-3].body
    await boris.press("Пропустить")
    assert "Это был последний. Ждут ещё 2: пропущены или у коллег." in boris.screen
    await boris.press("С начала")
    assert boris.messages[-2].body == "Первый"


async def test_two_approvals_take_two_people(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)

    async def strict(uow: UnitOfWork) -> None:
        await uow.campaign.save_pages([replace(await uow.campaign.get_page("vk-kazan"), approvals_needed=2)])

    await hq.run(strict)
    await submitted(hq, anna)
    assert "Решают: Борис и Мария" in anna.screen
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await hq.advance(minutes=1)
    assert "Решает: Мария\n✓ Одобрено: Борис" in anna.screen
    assert "Одобрений: 1 из 2" in boris.screen
    assert "Одобрено" not in anna.screen.splitlines()[0]
    assert "1 пост ждёт" in maria.screen
    await maria.press("Открыть очередь")
    assert "Одобрений: 1 из 2 (Борис)" in maria.screen
    await maria.press("Одобрить")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.APPROVED
    await hq.advance(minutes=1)
    assert "Одобрено: Мария" in anna.find("Текст идёт в план").body


async def test_nobody_decides_on_their_own_draft_and_volunteers_on_none(hq: Headquarters) -> None:
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    await submitted(hq, boris)
    assert "1 пост ждёт" in maria.screen
    await boris.send("/queue")
    assert "ничего не ждёт" in boris.screen
    await boris.act(lambda user: user.press_raw(boris.messages[-1], "a:ok:1:1:"))
    assert "собственный черновик" in boris.toasts[-1]
    await anna.send("/queue")
    assert "нет прав" in anna.screen
    await anna.act(lambda user: user.press_raw(anna.messages[-1], "a:ok:1:1:"))
    assert "нет прав" in anna.toasts[-1]


async def test_when_the_promised_time_passes_the_next_in_line_is_asked(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    maria = await hq.join("Мария", Role.MANAGER)
    await submitted(hq, anna)
    assert maria.messages == []
    await hq.advance(hours=4)
    assert "1 пост ждёт" in maria.screen
    assert len(boris.messages) == 1
    await boris.press("Открыть очередь")
    assert "просрочено" in boris.screen


async def test_a_draft_taken_back_leaves_every_card_and_queue(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    control = boris.messages[-1]
    approve = data_of(control, "Одобрить")
    await anna.press("Забрать назад")
    assert "забрал текст назад" in boris.screen
    await boris.act(lambda user: user.press_raw(control, approve))
    assert boris.toasts[-1] == "Автор забрал текст назад."
    assert "ничего не ждёт" in boris.messages[0].body


async def test_a_silence_is_said_on_the_card_and_blocks_no_decision(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    silence = Blackout("*", datetime(2026, 9, 7), datetime(2026, 9, 8), "День тишины")  # noqa: DTZ001 - wall clock
    await hq.run(lambda uow: uow.campaign.save_blackouts([silence]))
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    assert "Тишина до" in boris.screen
    await boris.press("Одобрить")
    assert "Вы одобрили" in boris.screen


async def test_an_approval_costs_at_most_two_transactions_and_eight_statements(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    assert "Вы одобрили" in boris.screen
    cost = hq.app.inbox.costs[-1]
    assert cost.transactions <= 2
    assert cost.statements <= 8


async def test_a_card_that_is_shown_anew_no_longer_waits_for_the_line(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("На доработку")
    await boris.press("С пояснением")
    await boris.press("Факты")
    await boris.send("/queue")
    assert "✓ Одобрить" in boris.labels
    await boris.send("Приходите в субботу на набережную")
    assert (await hq.read(lambda uow: uow.drafts.get(1))).state is DraftState.SUBMITTED
    assert (await hq.read(lambda uow: uow.drafts.get(2))).text == "Приходите в субботу на набережную"
