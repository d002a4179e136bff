"""Webhooks: what is told of them, what is posted, and what becomes of refusals."""

from __future__ import annotations

import asyncio

from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields
from playground.conformance.receiver import SECRET_HEADER, Answer, receiving
from playground.conformance.registry import PERSON, Subject

webhooks = Subject("webhooks", updates=True)

_NOWHERE = "https://127.0.0.1:8443/nobody-listens"


@webhooks.check()
async def without_a_webhook_there_is_no_address(probe: Probe) -> None:
    """getWebhookInfo shows an empty url while the bot polls. [D]"""
    info = await probe.ok("getWebhookInfo")
    expect_fields(info, url="", has_custom_certificate=False, pending_update_count=0)


@webhooks.check()
async def a_webhook_is_told_and_taken_back(probe: Probe) -> None:
    """Address, connections and kinds come back; the secret never does. [D]"""
    params: Json = {"url": _NOWHERE, "max_connections": 7, "allowed_updates": ["message"], "secret_token": "s3cret"}
    expect(await probe.ok("setWebhook", **params) is True, "not True")
    reply = await probe.call("getWebhookInfo")
    expect_fields(reply.body["result"], url=_NOWHERE, max_connections=7, allowed_updates=["message"])
    expect("s3cret" not in reply.text, reply)
    expect(await probe.ok("deleteWebhook") is True, "not True")
    expect_fields(await probe.ok("getWebhookInfo"), url="")


@webhooks.check()
async def a_webhook_that_is_not_there_is_deleted_in_peace(probe: Probe) -> None:
    """deleteWebhook is True either way. [S]"""
    expect(await probe.ok("deleteWebhook") is True, "not True")


@webhooks.check()
async def an_empty_address_deletes(probe: Probe) -> None:
    """setWebhook with an empty url is deleteWebhook. [D]"""
    await probe.ok("setWebhook", url=_NOWHERE)
    await probe.ok("setWebhook", url="")
    expect_fields(await probe.ok("getWebhookInfo"), url="")


@webhooks.check()
async def an_address_must_be_one(probe: Probe) -> None:
    """Words are no address. [S]"""
    await probe.refused("", "setWebhook", url="just words")
    expect_fields(await probe.ok("getWebhookInfo"), url="")


@webhooks.check()
async def a_secret_has_plain_characters(probe: Probe) -> None:
    """1-256 characters of A-Z, a-z, 0-9, _ and -. [D]"""
    for secret in ("with space", "секрет", "a" * 257):
        await probe.refused("secret token", "setWebhook", url=_NOWHERE, secret_token=secret)
    await probe.ok("setWebhook", url=_NOWHERE, secret_token="Az_-9" + "x" * 251)
    await probe.ok("deleteWebhook")


@webhooks.check(PERSON)
async def an_update_is_posted(probe: Probe) -> None:
    """POST to the very address, with application/json and the same object as getUpdates shows. [D]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        await anna.act("send", text="Привет")
        delivery = await receiver.next()
        expect_equal((delivery.verb, delivery.path), ("POST", "/hook"))
        expect("application/json" in delivery.headers.get("Content-Type", ""), delivery.headers)
        expect_fields(delivery.update["message"], text="Привет")
        expect(isinstance(delivery.update["update_id"], int), delivery.update)


@webhooks.check(PERSON)
async def the_secret_is_in_its_header(probe: Probe) -> None:
    """X-Telegram-Bot-Api-Secret-Token carries it with every post. [D]"""
    anna = await probe.person()
    async with receiving(probe, secret_token="s3cret_-") as receiver:  # noqa: S106  nobody's
        for text in ("1", "2"):
            await anna.act("send", text=text)
            expect_equal((await receiver.next()).headers.get(SECRET_HEADER), "s3cret_-", SECRET_HEADER)


@webhooks.check(PERSON)
async def without_a_secret_there_is_no_header(probe: Probe) -> None:
    """The header is left out. [D]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        await anna.act("send", text="x")
        expect(SECRET_HEADER not in (await receiver.next()).headers, "a header without a secret")


@webhooks.check(PERSON)
async def a_refused_update_is_posted_again(probe: Probe) -> None:
    """Anything but 2xx: the same update comes again, before the next of its chat. [S]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        receiver.answers.extend([Answer(500), Answer(404)])
        await anna.act("send", text="1")
        await anna.act("send", text="2")
        texts = [(await receiver.carries("message"))["text"] for _ in range(4)]
        expect_equal(texts, ["1", "1", "1", "2"])


@webhooks.check(PERSON)
async def a_refusal_is_remembered(probe: Probe) -> None:
    """getWebhookInfo tells the last error and its time, and what still waits. [D]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        go = asyncio.Event()
        receiver.answers.extend([Answer(500), Answer(go=go)])
        await anna.act("send", text="1")
        await receiver.next()
        await receiver.next()
        info = await probe.ok("getWebhookInfo")
        go.set()
        expect_fields(info, pending_update_count=1)
        expect("500" in info.get("last_error_message", "") and info.get("last_error_date", 0) > 0, info)


@webhooks.check(PERSON)
async def any_2xx_confirms(probe: Probe) -> None:
    """204 is as good as 200: the update does not come again, by webhook or by polling. [S]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        receiver.answers.append(Answer(204))
        for text in ("1", "2"):
            await anna.act("send", text=text)
            expect_fields(await receiver.carries("message"), text=text)
    expect_equal(await probe.ok("getUpdates"), [])


@webhooks.check(PERSON)
async def messages_of_a_chat_keep_their_order(probe: Probe) -> None:
    """One after another, however fast they come. [S]"""
    anna = await probe.person()
    async with receiving(probe, max_connections=40) as receiver:
        for number in range(6):
            await anna.act("send", text=str(number))
        texts = [(await receiver.carries("message"))["text"] for _ in range(6)]
        expect_equal(texts, [str(number) for number in range(6)])


@webhooks.check(PERSON)
async def a_press_does_not_wait_for_a_message(probe: Probe) -> None:
    """A press and a text of one person arrive side by side. [S]"""
    anna = await probe.person()
    await anna.offered("yes")
    async with receiving(probe) as receiver:
        go = asyncio.Event()
        receiver.answers.append(Answer(go=go))
        await anna.act("send", text="slow")
        expect_fields(await receiver.carries("message"), text="slow")
        await anna.act("press", data="yes")
        expect_fields(await receiver.carries("callback_query"), data="yes")
        go.set()


@webhooks.check(PERSON)
async def an_answer_may_call_a_method(probe: Probe) -> None:
    """A JSON body with a method is done as if it had been sent. [D]"""
    anna = await probe.person()
    async with receiving(probe) as receiver:
        body = {"method": "sendMessage", "chat_id": anna.user_id, "text": "from the answer"}
        receiver.answers.append(Answer(body=body))
        await anna.act("send", text="1")
        await receiver.next()
        await anna.act("send", text="2")  # of the same chat: comes after the first was dealt with
        await receiver.next()
        texts = [message["text"] for message in await anna.sees()]
        expect("from the answer" in texts, texts)


@webhooks.check(PERSON)
async def what_waited_is_posted(probe: Probe) -> None:
    """Updates from before the webhook come through it. [D]"""
    anna = await probe.person()
    await anna.act("send", text="earlier")
    async with receiving(probe) as receiver:
        expect_fields(await receiver.carries("message"), text="earlier")


@webhooks.check(PERSON)
async def what_waited_may_be_dropped(probe: Probe) -> None:
    """drop_pending_updates forgets it. [D]"""
    anna = await probe.person()
    await anna.act("send", text="earlier")
    async with receiving(probe, drop_pending_updates=True) as receiver:
        await anna.act("send", text="later")
        expect_fields(await receiver.carries("message"), text="later")


@webhooks.check(PERSON)
async def a_webhook_has_its_wanted_kinds(probe: Probe) -> None:
    """allowed_updates holds for posts as well. [D]"""
    anna = await probe.person()
    await anna.offered("yes")
    async with receiving(probe, allowed_updates=["callback_query"]) as receiver:
        await anna.act("send", text="unseen")
        await anna.act("press", data="yes")
        delivery = await receiver.next()
        expect("callback_query" in delivery.update, delivery.update)
