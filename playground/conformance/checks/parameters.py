"""How parameters travel, and what becomes of missing and odd ones."""

from __future__ import annotations

import json

from playground.conformance.client import Reply
from playground.conformance.probe import Probe, buttons, expect, expect_equal, expect_fields, expect_refused
from playground.conformance.registry import Subject

parameters = Subject("parameters", live=True)
standin = Subject("standin")
"""What the real server lets pass in silence and a stand-in must not, or else slips are found by users."""

_TEXT = "Привет, 😀 & «мир» + 100% = ?"


async def _arrives(probe: Probe, reply: Reply) -> None:
    probe.remember(reply)
    expect(reply.ok, reply)
    expect_fields(reply.body["result"], text=_TEXT)


@parameters.check()
async def parameters_in_the_query_of_a_get(probe: Probe) -> None:
    """GET with a URL query string, UTF-8 percent-encoded. [D]"""
    await _arrives(probe, await probe.api.call("sendMessage", {"chat_id": probe.chat, "text": _TEXT}, how="query"))


@parameters.check()
async def parameters_as_json(probe: Probe) -> None:
    """POST with application/json. [D]"""
    await _arrives(probe, await probe.api.call("sendMessage", {"chat_id": probe.chat, "text": _TEXT}))


@parameters.check()
async def parameters_as_a_form(probe: Probe) -> None:
    """POST with application/x-www-form-urlencoded. [D]"""
    await _arrives(probe, await probe.api.call("sendMessage", {"chat_id": probe.chat, "text": _TEXT}, how="form"))


@parameters.check()
async def parameters_as_multipart(probe: Probe) -> None:
    """POST with multipart/form-data, without any file. [D]"""
    await _arrives(probe, await probe.api.call("sendMessage", {"chat_id": probe.chat, "text": _TEXT}, how="multipart"))


@parameters.check()
async def json_escapes_are_read(probe: Probe) -> None:
    r"""A JSON body may be pure ASCII, emoji as \\ud83d\\ude00. [D]"""
    body = json.dumps({"chat_id": probe.chat, "text": _TEXT}).encode("ascii")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    path = f"/bot{probe.api.token}/sendMessage"
    await _arrives(probe, await probe.api.raw("POST", path, data=body, headers=headers))


@parameters.check()
async def query_and_body_go_together(probe: Probe) -> None:
    """Parameters of one request may stand partly in the URL and partly in the body. [S]"""
    path = f"/bot{probe.api.token}/sendMessage?chat_id={probe.chat}"
    await _arrives(probe, await probe.api.raw("POST", path, data={"text": _TEXT}))


@parameters.check()
async def numbers_may_come_as_text(probe: Probe) -> None:
    """In JSON too, "1001" is as good as 1001. [S]"""
    message = await probe.send(chat_id=str(probe.chat))
    expect_fields(message["chat"], id=probe.chat)


@parameters.check()
async def booleans_may_come_as_text(probe: Probe) -> None:
    """true, True, yes and 1 all mean true. [S]"""
    for word in ("true", "True", "yes", "1"):
        params = {"chat_id": probe.chat, "text": "x", "protect_content": word}
        reply = probe.remember(await probe.api.call("sendMessage", params, how="form"))
        expect(reply.ok and reply.body["result"].get("has_protected_content") is True, f"{word}: {reply}")


@parameters.check()
async def objects_may_come_as_json_text(probe: Probe) -> None:
    """Outside JSON bodies, objects are JSON-serialized; inside one, a string with JSON is taken as well. [D]"""
    markup = buttons("a")
    for how in ("form", "query", "multipart"):
        params = {"chat_id": probe.chat, "text": how, "reply_markup": json.dumps(markup)}
        reply = probe.remember(await probe.api.call("sendMessage", params, how=how))
        expect(reply.ok and reply.body["result"].get("reply_markup") == markup, f"{how}: {reply}")
    expect_fields(await probe.send("json", reply_markup=json.dumps(markup)), reply_markup=markup)


@parameters.check()
async def chat_id_is_required(probe: Probe) -> None:
    """Without a chat there is "chat_id is empty". [S]"""
    await probe.refused("chat_id is empty", "sendMessage", text="x")


@parameters.check()
async def text_is_required(probe: Probe) -> None:
    """Without a text there is "message text is empty". [S]"""
    await probe.refused("message text is empty", "sendMessage", chat_id=probe.chat)


@parameters.check()
async def message_id_is_required_for_edits(probe: Probe) -> None:
    """Without a message there is "message identifier is not specified". [S]"""
    await probe.refused("message identifier is not specified", "editMessageText", chat_id=probe.chat, text="x")


@parameters.check()
async def message_id_is_required_for_copies(probe: Probe) -> None:
    """copyMessage needs to know which message. [S]"""
    await probe.refused("message.*not (specified|found)", "copyMessage", chat_id=probe.chat, from_chat_id=probe.chat)


@parameters.check()
async def a_photo_is_required(probe: Probe) -> None:
    """sendPhoto without one says "there is no photo in the request". [S]"""
    await probe.refused("there is no photo in the request", "sendPhoto", chat_id=probe.chat)


@parameters.check()
async def a_document_is_required(probe: Probe) -> None:
    """sendDocument without one says "there is no document in the request". [S]"""
    await probe.refused("there is no document in the request", "sendDocument", chat_id=probe.chat)


@parameters.check()
async def an_action_is_required(probe: Probe) -> None:
    """sendChatAction without an action is refused. [S]"""
    await probe.refused("action", "sendChatAction", chat_id=probe.chat)


@parameters.check()
async def a_query_id_is_required(probe: Probe) -> None:
    """answerCallbackQuery without an id is refused. [S]"""
    await probe.refused("query", "answerCallbackQuery", text="x")


@parameters.check()
async def a_chat_that_is_no_number_is_not_found(probe: Probe) -> None:
    """A chat_id that is neither a number nor @name is "chat not found". [S]"""
    await probe.send_refused("chat not found", chat_id="somebody")


@parameters.check()
async def a_chat_of_nobody_is_not_found(probe: Probe) -> None:
    """A chat that the bot has never met is "chat not found". [S]"""
    await probe.send_refused("chat not found", chat_id=5_999_999_999_999)


@parameters.check()
async def broken_json_is_refused(probe: Probe) -> None:
    """A body that is no JSON is a bad request, not a crash. [S]"""
    headers = {"Content-Type": "application/json"}
    for body in (b'{"chat_id": 1', b"nonsense", b'["chat_id"]'):
        reply = await probe.api.raw("POST", f"/bot{probe.api.token}/sendMessage", data=body, headers=headers)
        expect_refused(reply, 400, "")


@parameters.check()
async def broken_markup_is_refused(probe: Probe) -> None:
    """A reply_markup that is no JSON object is a bad request. [S]"""
    for markup in ("{", "[]", '"x"'):
        params = {"chat_id": probe.chat, "text": "x", "reply_markup": markup}
        expect_refused(probe.remember(await probe.api.call("sendMessage", params, how="form")), 400, "")


@parameters.check()
async def broken_entities_are_refused(probe: Probe) -> None:
    """Entities that are no list of objects are a bad request. [S]"""
    for entities in ('{"type": "bold"}', "[1]", '[{"type": "bold", "offset": "x", "length": 1}]'):
        params = {"chat_id": probe.chat, "text": "x", "entities": entities}
        expect_refused(probe.remember(await probe.api.call("sendMessage", params, how="form")), 400, "")


@parameters.check()
async def a_message_id_that_is_no_number_is_refused(probe: Probe) -> None:
    """Words are no message. [S]"""
    await probe.refused("message", "editMessageText", chat_id=probe.chat, message_id="first", text="x")


@parameters.check()
async def a_hundred_ids_and_no_more(probe: Probe) -> None:
    """deleteMessages takes 1-100 identifiers. [S]"""
    await probe.refused("too many message identifiers", "deleteMessages", chat_id=probe.chat, message_ids=[1] * 101)
    await probe.refused("message identifiers are not specified", "deleteMessages", chat_id=probe.chat, message_ids=[])


@standin.check()
async def an_unknown_parameter_is_refused(probe: Probe) -> None:
    """Telegram ignores a mistyped parameter; a stand-in names it, since nobody would find it otherwise. [stand-in]"""
    await probe.send_refused("parse_moed", parse_moed="HTML")


@standin.check()
async def an_unknown_name_inside_a_button_is_refused(probe: Probe) -> None:
    """Telegram ignores it, and the button does nothing. [stand-in]"""
    key = {"text": "A", "callback_data": "x", "calback_url": "x"}
    await probe.send_refused("calback_url", reply_markup={"inline_keyboard": [[key]]})


@standin.check()
async def a_word_that_is_no_boolean_is_refused(probe: Probe) -> None:
    """Telegram takes it for false. [stand-in]"""
    await probe.send_refused("protect_content", protect_content="maybe")


@standin.check()
async def two_actions_on_a_button_are_refused(probe: Probe) -> None:
    """A button has exactly one action (D); Telegram takes one of the two. [stand-in]"""
    key = {"text": "A", "callback_data": "x", "url": "https://example.org"}
    await probe.send_refused("exactly one", reply_markup={"inline_keyboard": [[key]]})


@standin.check()
async def an_album_with_a_keyboard_is_refused(probe: Probe) -> None:
    """sendMediaGroup has no reply_markup; Telegram would show the album without it. [stand-in]"""
    await probe.refused("reply_markup", "sendMediaGroup", chat_id=probe.chat, media=[], reply_markup=buttons("a"))


@standin.check()
async def a_method_is_never_done_for_show(probe: Probe) -> None:
    """A method that the server does not act out is refused loudly, never answered ok true. [stand-in]"""
    reply = await probe.call("createInvoiceLink")
    expect(not reply.ok and reply.status in {400, 501}, reply)
    expect_equal(reply.body.get("ok"), False)
