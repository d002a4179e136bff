"""Hidden administrators and channels: whoever writes or presses behind them is nobody, even with an account of that number."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.drafts import DraftState
from domain.people import Role
from domain.ports import UnitOfWork
from playground import Chat
from storage.tables import draft as table
from storage.tables import telegram_account
from tests.harness import Headquarters, Phone
from tests.rows import rows_of
from tests.scenarios.test_approvals import submitted
from tests.scenarios.test_staff_chats import bound, staff, written

HIDDEN, CHANNEL_BOT, TELEGRAM = 1087968824, 136817688, 777000


async def owned_by(hq: Headquarters, account: int) -> Phone:
    """The worst case: the stand-in's number is an owner's account."""
    vera = await hq.join("Вера", Role.OWNER)

    async def link(uow: Any) -> None:
        values = {"telegram_id": account, "person_id": vera.id, "username": "", "linked_at": hq.now}
        await uow.session.execute(insert(telegram_account).values(values))

    await hq.app.db.run(link)
    return vera


async def waiting(hq: Headquarters) -> tuple[Chat, int]:
    """A group with a region's queue, and the card of an overdue draft in it."""
    anna, boris, irina = await staff(hq)
    group, _ = await bound(hq, irina, boris)
    await submitted(hq, anna)
    await hq.advance(hours=5)
    draft = await hq.read(rows_of(select(table.c.id)))
    return group, int(draft[0].id)


async def bound_places(hq: Headquarters, group: Chat) -> int:
    async def count(uow: UnitOfWork) -> int:
        return len(await uow.staff_chats.of_chat(group.chat_id))

    return await hq.read(count)


async def test_a_hidden_administrator_unbinds_nothing(hq: Headquarters) -> None:
    group, _ = await waiting(hq)
    await owned_by(hq, HIDDEN)
    hq.telegram.world.speak_for(group, group, "/unbind")
    await hq.settle()
    assert "Вы пишете анонимно" in written(group)[-1].body
    assert await bound_places(hq, group) == 1


async def test_a_channel_that_writes_in_the_group_unbinds_nothing(hq: Headquarters) -> None:
    group, _ = await waiting(hq)
    await owned_by(hq, CHANNEL_BOT)
    channel = hq.telegram.world.add_channel(-1009, "Канал")
    hq.telegram.world.speak_for(channel, group, "/unbind")
    await hq.settle()
    assert await bound_places(hq, group) == 1


async def test_a_post_of_a_linked_channel_is_nobodys_command(hq: Headquarters) -> None:
    group, _ = await waiting(hq)
    await owned_by(hq, TELEGRAM)
    channel = hq.telegram.world.add_channel(-1009, "Канал")
    sender = {"id": TELEGRAM, "is_bot": False, "first_name": "Telegram"}
    sent = hq.telegram.world.new_message(group, sender, body="/unbind").payload()
    linked = {**sent, "sender_chat": channel.payload(), "is_automatic_forward": True}
    hq.telegram.world.deliver("message", linked, f"chat:{group.chat_id}")
    await hq.settle()
    assert await bound_places(hq, group) == 1


@pytest.mark.parametrize("account", [HIDDEN, CHANNEL_BOT, TELEGRAM])
async def test_a_press_by_a_stand_in_approves_nothing(hq: Headquarters, account: int) -> None:
    group, draft = await waiting(hq)
    await owned_by(hq, account)
    card = next(m for m in reversed(written(group)) if any((b.data or "").startswith("gc:ok") for b in m.all_buttons()))
    data = next(b.data for b in card.all_buttons() if (b.data or "").startswith("gc:ok"))
    stand_in = hq.telegram.world.add_user(account, "Кто-то")
    group.members[account] = "administrator"
    assert data
    stand_in.press_raw(card, data)
    await hq.settle()

    async def state(uow: UnitOfWork) -> DraftState:
        return (await uow.drafts.get(draft)).state

    assert await hq.read(state) is DraftState.SUBMITTED
    assert stand_in.toasts[-1].text


async def test_somebody_with_a_face_approves_the_same_card(hq: Headquarters) -> None:
    """The tests above could not fail if nobody could press it."""
    group, draft = await waiting(hq)
    vera = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    group.members[vera.user.user_id] = "member"
    await vera.act(lambda user: user.press("Одобрить", chat=group))

    async def state(uow: UnitOfWork) -> DraftState:
        return (await uow.drafts.get(draft)).state

    assert await hq.read(state) is DraftState.APPROVED
