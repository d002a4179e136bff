"""At the desk people talk: who is on it, a question and its answer, a second opinion, a wording that is mended."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.drafts import Decision, Draft, DraftState, Reason, Verdict
from domain.lanes import Lane
from domain.pages import PageKind
from domain.people import Role
from domain.ports import UnitOfWork
from tests.harness import Headquarters, Phone
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_drafts import data_of, png


async def at_the_desk(hq: Headquarters, text: str = "Субботник в 12:00 у фонтана") -> tuple[Phone, Phone, Phone]:
    """Anna's draft waits; Boris and Vera have its card open."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna, text)
    await boris.press("Открыть очередь")
    await vera.press("Открыть очередь")
    return anna, boris, vera


async def draft_of(hq: Headquarters, number: int = 1) -> DraftState:
    draft: Draft = await hq.read(lambda uow: uow.drafts.get(number))
    return draft.state


# --- who is on it ----------------------------------------------------------------------------------------------------


async def test_one_says_that_they_are_on_it_and_the_other_decides_only_with_a_second_tap(hq: Headquarters) -> None:
    _, boris, vera = await at_the_desk(hq)
    await boris.press("Беру на себя")
    assert "Вы взяли это на себя до 08:15" in boris.screen
    assert "Этим занимается Борис, до 08:15" in vera.screen
    await vera.press("Беру на себя")
    assert vera.toasts[-1] == "Этим уже занимается Борис, до 08:15."
    await vera.press("Одобрить")
    assert "Всё равно продолжить?" in vera.screen
    assert await draft_of(hq) is DraftState.SUBMITTED
    await vera.press("Назад")
    assert "Решить до" in vera.screen
    await vera.press("На доработку")
    await vera.press("Факты")
    assert "Всё равно продолжить?" in vera.screen
    await vera.press("Да, продолжить")
    assert await draft_of(hq) is DraftState.RETURNED


async def test_a_claim_lapses_by_itself_and_can_be_let_go(hq: Headquarters) -> None:
    _, boris, vera = await at_the_desk(hq)
    await boris.press("Беру на себя")
    await hq.advance(minutes=15)
    assert "взяли это на себя" not in boris.screen
    assert "занимается" not in vera.screen
    await vera.press("Беру на себя")
    assert "Этим занимается Вера" in boris.screen
    await vera.press("Отпустить")
    assert "занимается" not in boris.screen
    assert "🙋 Беру на себя" in vera.labels
    await boris.press("Беру на себя")
    await boris.press("Одобрить")
    assert "Вы одобрили" in boris.screen
    assert (await hq.read(lambda uow: uow.drafts.get_sheet(1))).claim is None


async def test_skipping_ends_a_claim(hq: Headquarters) -> None:
    _, boris, vera = await at_the_desk(hq)
    await boris.press("Беру на себя")
    assert "занимается" in vera.screen
    await boris.press("Пропустить")
    assert "занимается" not in vera.screen


# --- comments --------------------------------------------------------------------------------------------------------


async def test_a_question_reaches_the_author_and_the_answer_comes_back_into_every_open_card(hq: Headquarters) -> None:
    anna, boris, vera = await at_the_desk(hq)
    card = boris.messages[-1]
    await boris.press("Спросить автора")
    assert "Напишите автору: Анна" in card.body
    await boris.send("У какого <фонтана>?")
    assert "Борис, 08:00: У какого <фонтана>?" in card.body
    assert "Отправлено: Анна." in boris.screen
    assert "Борис, 08:00: У какого <фонтана>?" in vera.screen
    assert "У какого <фонтана>?\nСубботник в 12:00 у фонтана" in anna.screen
    await anna.press("Ответить")
    await hq.advance(minutes=3)
    await anna.send("У нового, на Мира")
    assert "Отправлено: Борис." in anna.screen
    assert "Анна, 08:03: У нового, на Мира" in card.body
    assert "Анна, 08:03: У нового, на Мира" in vera.screen
    assert "Анна, 08:03: У нового, на Мира" in boris.messages[-1].body  # and as news
    assert await hq.read(lambda uow: uow.drafts.of_author(boris.id)) == []
    await boris.press("Открыть карточку")
    await boris.press("Одобрить")
    assert await draft_of(hq) is DraftState.APPROVED


async def test_the_author_may_write_first_and_all_comments_are_one_tap_away(hq: Headquarters) -> None:
    anna, boris, _ = await at_the_desk(hq)
    panel = anna.messages[-1]
    for n in range(1, 7):
        await anna.press("Комментарий", panel)
        await anna.send(f"Замечание {n}")
    assert "Это прочитает каждый, кто откроет" in anna.screen
    assert "Замечание 6" in boris.screen
    assert "Замечание 5" in boris.screen
    assert "Замечание 4" not in boris.screen
    await boris.press("Все (6)")
    assert "6 комментариев" in boris.screen
    assert "Замечание 2" in boris.screen
    await boris.press("Раньше")
    assert "Замечание 1" in boris.screen
    await boris.press("Назад")
    assert "Решить до" in boris.screen


async def test_what_cannot_be_a_comment_is_refused_kindly_and_still_awaited(hq: Headquarters) -> None:
    anna, boris, _ = await at_the_desk(hq)
    card = boris.messages[-1]
    await boris.press("Спросить автора")
    await boris.send("я" * 501)
    assert "Здесь знаков 501, а в комментарий помещается не больше 500" in boris.screen
    await boris.send_photo(png(), "вот")
    assert "Я всё ещё его жду" in boris.screen
    await boris.press("Назад")
    assert "Решить до" in card.body
    assert "Я всё ещё его жду" not in boris.said
    await boris.press("Спросить автора", card)
    await boris.send("/cancel")
    assert "Решить до" in card.body
    assert "Вам пишет" not in anna.said
    assert (await hq.read(lambda uow: uow.talk.talk(1))).total == 0


async def test_a_decided_draft_takes_no_more_comments_and_nothing_is_lost(hq: Headquarters) -> None:
    anna, boris, vera = await at_the_desk(hq)
    await boris.press("Спросить автора")
    await vera.press("Одобрить")
    await boris.send("Во сколько?")
    assert "комментарии закрыты" in boris.screen
    await boris.send("Мой новый пост")
    assert (await hq.read(lambda uow: uow.drafts.of_author(boris.id)))[0].text == "Мой новый пост"
    volunteer = await hq.join("Глеб", Role.VOLUNTEER, "kazan")
    await volunteer.send("/start")
    await volunteer.act(lambda user: user.press_raw(volunteer.messages[-1], "dt:ask:1:1:"))
    assert "нет прав" in volunteer.toasts[-1]
    assert "комментари" not in anna.said


# --- reasons that teach ----------------------------------------------------------------------------------------------


async def test_a_reason_comes_with_its_rule_an_example_and_fix_now(hq: Headquarters) -> None:
    anna, boris, _ = await at_the_desk(hq)
    await boris.press("На доработку")
    await boris.press("Факты")
    await hq.advance(minutes=1)
    assert "только то, что любой может проверить" in anna.screen
    assert "Например: За переход подписались 214 соседей" in anna.screen
    await anna.press("Исправить сейчас")
    await anna.send("Субботник в 12:00 у фонтана на Мира")
    await anna.press("Отправить снова")
    assert await draft_of(hq) is DraftState.SUBMITTED


# --- a second opinion ------------------------------------------------------------------------------------------------


async def test_one_tap_asks_another_approver_and_the_first_does_not_decide_again(hq: Headquarters) -> None:
    anna, boris, vera = await at_the_desk(hq)
    first = boris.messages[-1]
    old = data_of(first, "Одобрить")
    await boris.press("Отклонить")
    await boris.press("Тон")
    await hq.advance(minutes=2)
    news = anna.messages[-1]
    second = data_of(news, "Попросить второе мнение")
    await anna.press("Попросить второе мнение")
    assert "Тот же текст ждёт второго мнения. Кто решит: Вера." in anna.screen
    assert "Автор (Анна) просит второе мнение" in first.body
    await boris.act(lambda user: user.press_raw(first, old.replace(":1:1:", ":1:2:")))
    assert "Первое мнение было вашим" in boris.toasts[-1]
    assert "1 пост ждёт" in vera.said
    await vera.send("/queue")
    assert "Автор просит второе мнение. Отклонено: Борис, 08:00\nПричина: Тон" in vera.screen
    await vera.press("Одобрить")
    await hq.advance(minutes=2)
    assert await draft_of(hq) is DraftState.APPROVED
    assert "Одобрено: Вера" in anna.said
    await anna.act(lambda user: user.press_raw(news, second))
    assert "Второе мнение по этому тексту уже спрашивали" in anna.toasts[-1]
    await boris.send("/queue")
    assert "ничего не ждёт" in boris.screen


async def test_a_second_opinion_stays_a_second_one_when_its_giver_mends_a_word(hq: Headquarters) -> None:
    """An approver's wording is no ordinary new version: whoever gave the first opinion stays out of it."""
    anna, boris, vera = await at_the_desk(hq)
    await hq.join("Ольга", Role.MANAGER)
    await boris.press("Отклонить")
    await boris.press("Тон")
    await hq.advance(minutes=2)
    await anna.press("Попросить второе мнение")
    await vera.send("/queue")
    assert "Это же открыто у" not in vera.screen  # Boris cannot decide any more
    await vera.press("Внести правку")
    await vera.send("Субботник в 13:00 у фонтана")
    await vera.press("Одобрить так")
    await vera.press("Отменить", vera.find("Вы одобрили"))
    assert "вы сами поправили текст" in vera.find("Анна, Казань").body
    await boris.send("/queue")
    assert "ничего не ждёт" in boris.screen
    await boris.act(lambda user: user.press_raw(boris.messages[-1], "a:ok:1:3:"))
    assert "Первое мнение было вашим" in boris.toasts[-1]
    assert await draft_of(hq) is DraftState.SUBMITTED


async def test_where_nobody_else_could_decide_the_bot_says_whom_to_appoint(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna)
    await boris.press("Открыть очередь")
    await boris.press("На доработку")
    await boris.press("Тон")
    await hq.advance(minutes=2)
    await anna.press("Попросить второе мнение")
    assert "нужен ещё один пресс-секретарь (Казань)" in anna.toasts[-1]
    assert await draft_of(hq) is DraftState.RETURNED


# --- edit and approve ------------------------------------------------------------------------------------------------


async def test_the_press_secretary_mends_a_word_and_the_author_sees_which(hq: Headquarters) -> None:
    anna, boris, _ = await at_the_desk(hq, "Субботник в 12:00 у фонтана")
    await boris.press("Внести правку")
    await boris.send("Субботник в 12:00 у фонтана")
    assert "тот же самый текст" in boris.screen
    await boris.send("Субботник в 13:00 у фонтана")
    assert "Вот что вы меняете\nСубботник в 1213:00 у фонтана" in boris.screen
    assert await draft_of(hq) is DraftState.SUBMITTED
    await boris.press("Одобрить так")
    await hq.advance(minutes=2)
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.state, draft.text, draft.version, draft.edited_by) == (
        DraftState.APPROVED,
        "Субботник в 13:00 у фонтана",
        2,
        boris.id,
    )
    assert "Перед одобрением изменено:\nСубботник в 1213:00 у фонтана" in anna.said


async def test_a_wording_that_does_not_fit_or_came_too_late_approves_nothing(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await submitted(hq, anna, page="Телеграм Казань")
    await boris.press("Открыть очередь")
    await boris.press("Внести правку")
    await boris.send("я" * 4090)
    assert "Телеграм: на 10 знаков больше, чем помещается" in boris.screen
    await boris.send("Субботник в 13:00 у фонтана")
    preview = boris.messages[-1]
    stale = data_of(preview, "Одобрить так")
    await boris.press("Ещё раз")
    await boris.send("Субботник в 14:00 у фонтана")
    await boris.act(lambda user: user.press_raw(preview, stale))
    assert "Эту правку уже заменили" in boris.toasts[-1]
    assert await draft_of(hq) is DraftState.SUBMITTED
    await anna.press("Изменить текст")
    await anna.send("Субботник отменён")
    newest = boris.find("Вот что вы меняете")
    await boris.press("Одобрить так", newest)
    assert await draft_of(hq) is DraftState.SUBMITTED
    assert (await hq.read(lambda uow: uow.drafts.get(1))).text == "Субботник отменён"


async def test_an_undone_edit_waits_in_the_approvers_words_and_says_so(hq: Headquarters) -> None:
    _, boris, vera = await at_the_desk(hq)
    await boris.press("Внести правку")
    await boris.send("Субботник в 13:00 у фонтана")
    await boris.press("Одобрить так")
    await boris.press("Отменить", boris.find("Вы одобрили"))
    assert await draft_of(hq) is DraftState.SUBMITTED
    assert "текст поправил коллега" in vera.screen
    await vera.press("Одобрить")
    await hq.advance(minutes=2)
    draft = await hq.read(lambda uow: uow.drafts.get(1))
    assert (draft.state, draft.text) == (DraftState.APPROVED, "Субботник в 13:00 у фонтана")


async def test_on_a_personal_page_nobody_words_anything_for_its_owner(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await hq.run(lambda uow: uow.campaign.set_keeper("my-anna", anna.id))
    await submitted(hq, anna, page="Страница Анны")
    await boris.press("Открыть очередь")
    assert "✎ Внести правку" not in boris.labels
    assert "💬 Спросить автора" in boris.labels
    await boris.act(lambda user: user.press_raw(boris.messages[-1], "dt:edit:1:1:"))
    assert "личная страница: там пишет только её хозяин" in boris.toasts[-1]


async def test_where_two_approve_an_edit_counts_as_one_of_them(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")

    async def strict(uow: UnitOfWork) -> None:
        page = await uow.campaign.get_page("vk-kazan")
        await uow.campaign.save_pages([replace(page, lane=Lane.STRICT, kind=PageKind.OFFICIAL)])

    await hq.run(strict)
    await submitted(hq, anna, "Субботник в 12:00")
    await vera.press("Открыть очередь")
    await boris.press("Открыть очередь")
    await boris.press("Внести правку")
    await boris.send("Субботник в 13:00")
    assert "После вас одобрить должен ещё один человек" in boris.screen
    await boris.press("Одобрить так")
    assert await draft_of(hq) is DraftState.SUBMITTED
    await boris.act(lambda user: user.press_raw(boris.messages[-1], "a:ok:1:2:"))
    assert await draft_of(hq) is DraftState.SUBMITTED
    assert "текст поправил коллега" in vera.screen
    await vera.press("Одобрить")
    assert await draft_of(hq) is DraftState.APPROVED
    await hq.advance(minutes=2)
    assert "Субботник в 1213:00" in anna.said


# --- the weekly card -------------------------------------------------------------------------------------------------


async def test_on_sunday_evening_the_author_alone_hears_what_repeats_and_can_switch_it_off(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")

    async def decided(uow: UnitOfWork) -> None:
        for verdict, reason, state in (
            (Verdict.APPROVE, None, DraftState.APPROVED),
            (Verdict.RETURN, Reason.FACTS, DraftState.RETURNED),
            (Verdict.REJECT, Reason.FACTS, DraftState.REJECTED),
        ):
            made = await uow.drafts.add(
                author_id=anna.id,
                region="kazan",
                text="Текст",
                media=(),
                source="",
                message_id=None,
                album="",
                now=hq.now,
            )
            waits = replace(made, state=DraftState.SUBMITTED, submitted_at=hq.now, decide_by=hq.now)
            assert await uow.drafts.set_state(waits, [DraftState.WRITING])
            decision = Decision(made.id, 1, boris.id, "Борис", verdict, reason, "", hq.now)
            assert await uow.drafts.decide(decision, state)

    await hq.run(decided)
    hq.clock.move_to(datetime(2026, 9, 12, 20, 0, tzinfo=UTC))
    await hq.app.lay_out()
    await hq.move_to(datetime(2026, 9, 13, 15, 0, tzinfo=UTC))
    card = anna.find("Ваши последние четыре недели")
    assert "решения по 3 текстам" in card.body
    assert "Чаще всего: Факты, 2 раза" in card.body
    assert "четыре недели" not in boris.said
    await anna.press("Больше не присылать", card)
    assert "вы их отключили" in card.body
    await anna.send("/settings")
    await anna.press("Итоги недели")
    await anna.press("Присылать снова")
    assert "по воскресеньям в 18:00" in anna.screen
