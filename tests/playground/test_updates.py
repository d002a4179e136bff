"""Long polling, confirmation, expiry, webhooks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiohttp import web

from playground import LocalTelegram, User


async def test_unconfirmed_updates_come_again(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Only an offset confirms."""
    first, second = anna.send("one"), anna.send("two")

    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert tg.world.confirmed_up_to < first
    assert [update.update_id for update in await bot.get_updates(offset=first + 1, limit=1)] == [second]
    assert tg.world.confirmed_up_to == first
    assert await bot.get_updates(offset=second + 1) == []
    assert tg.world.confirmed_up_to == tg.world.last_update_id == second


async def test_a_negative_offset_keeps_only_the_last(bot: Bot, anna: User) -> None:
    """-1 forgets all but the newest."""
    for text in ("a", "b", "c"):
        anna.send(text)

    assert [update.message.text for update in await bot.get_updates(offset=-1) if update.message] == ["c"]


async def test_a_waiting_poller_wakes_at_once(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A long poll does not wait for its timeout."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await _until_polled(tg)

    anna.start("invite-7")

    updates = await poll
    assert updates[0].message is not None
    assert updates[0].message.text == "/start invite-7"


async def test_the_older_poller_is_sent_away(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """The newer one goes on waiting."""
    older = asyncio.create_task(bot.get_updates(timeout=30))
    await _until_polled(tg)
    newer = asyncio.create_task(bot.get_updates(timeout=29))

    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await older
    anna.send("hello")
    assert len(await newer) == 1


async def test_presses_expire_sooner_than_messages(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """150 seconds against a day."""
    sent = await bot.send_message(1001, "x")
    message = anna.chat.find(sent.message_id)
    assert message is not None
    anna.send("text")
    anna.press_raw(message, "ok")

    tg.world.clock.advance(timedelta(seconds=151))
    assert [update.event_type for update in await bot.get_updates()] == ["message"]
    tg.world.clock.advance(timedelta(hours=24))
    assert await bot.get_updates() == []


async def test_only_wanted_kinds_are_queued(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Reactions must be asked for by name; the choice holds until the next one."""
    anna.send("x")
    assert anna.react(anna.sent(), "🔥") == 0
    await bot.get_updates(allowed_updates=["message_reaction"])

    assert anna.send("y") == 0
    assert anna.react(anna.sent(), "👍") == tg.world.last_update_id
    assert (await bot.get_updates(offset=-1))[0].event_type == "message_reaction"


async def test_blocking_is_told_before_anything_else(bot: Bot, anna: User) -> None:
    """START lifts the block, with an update of its own."""
    anna.block()
    with pytest.raises(AssertionError, match="has blocked the bot"):
        anna.send("x")
    anna.start()

    kinds = [(update.event_type, getattr(update.event, "new_chat_member", None)) for update in await bot.get_updates()]
    assert [(kind, member.status if member else None) for kind, member in kinds] == [
        ("my_chat_member", "kicked"),
        ("my_chat_member", "member"),
        ("message", None),
    ]


async def test_everything_a_person_can_send_is_a_valid_update(bot: Bot, tg: LocalTelegram, anna: User) -> None:
    """aiogram reads each of them, and nothing in them is unknown to it."""
    tg.world.clock.freeze()
    await bot.get_updates(allowed_updates=["message", "edited_message", "message_reaction", "chat_member"])
    group = tg.world.add_group(-1001, "Group", members=[anna])
    guest = tg.world.add_user(7, "Guest")
    anna.send("text https://example.org @somebody #tag")
    anna.edit(anna.sent(), "edited")
    anna.send_photo(b"picture", "caption")
    anna.send_album([b"a", b"b", b"c"], "album")
    anna.send_document(b"%PDF", "a.pdf")
    anna.send_voice()
    anna.send_video(b"video")
    anna.send_sticker()
    anna.send_contact()
    anna.send_location(55.75, 37.61)
    anna.send_web_app_data("Form", "{}")
    anna.forward(anna.sent())
    anna.forward_from("Some channel", "a post")
    anna.react(anna.sent(), "👍")
    anna.send("to the group", chat=group)
    guest.join(group)
    guest.leave(group)

    updates = await bot.get_updates()

    assert len(updates) == 21
    assert tg.world.violations == []
    albums = [u.message for u in updates if u.message is not None and u.message.media_group_id]
    assert [message.caption for message in albums] == ["album", None, None]


async def test_privacy_mode_hides_small_talk(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """An ordinary member sees commands, mentions and replies."""
    group = tg.world.add_group(-1001, "Group", members=[anna], bot_status="member")
    sent = await bot.send_message(-1001, "question")

    assert anna.send("small talk", chat=group) == 0
    assert anna.send("/today", chat=group) > 0
    assert anna.send("answer", chat=group, reply_to=group.find(sent.message_id)) > 0


async def test_a_webhook_gets_updates_with_its_secret_until_it_accepts(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A refused update is posted again; polling is impossible meanwhile."""
    got: list[tuple[str | None, int]] = []
    done = asyncio.Event()

    async def receive(request: web.Request) -> web.Response:
        body = await request.json()
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body["update_id"]))
        if len(got) == 1:
            return web.Response(status=503)
        done.set()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
        update_id = anna.send("hello")
        await asyncio.wait_for(done.wait(), 5)
        assert got == [("s3cret", update_id), ("s3cret", update_id)]
        with pytest.raises(TelegramConflictError, match="while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == []
    finally:
        await runner.cleanup()


async def _until_polled(tg: LocalTelegram) -> None:
    await tg.world.until(lambda: tg.world.updates.somebody_polls)
