"""The connection itself: tokens, methods, the form of answers."""

from __future__ import annotations

from playground.conformance.probe import Probe, expect, expect_equal, expect_fields, expect_refused
from playground.conformance.registry import Subject

connection = Subject("connection", live=True)


@connection.check()
async def get_me_tells_who_the_bot_is(probe: Probe) -> None:
    """getMe shows the bot as a user whose id is the number before the colon of its token. [D]"""
    me = await probe.ok("getMe")
    expect_fields(me, id=int(probe.api.token.partition(":")[0]), is_bot=True)
    expect(me.get("first_name") and me.get("username"), me)


@connection.check()
async def get_me_tells_what_the_bot_can(probe: Probe) -> None:
    """Only getMe tells can_join_groups, can_read_all_group_messages and supports_inline_queries. [D]"""
    me = await probe.ok("getMe")
    for name in ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries"):
        expect(isinstance(me.get(name), bool), f"{name} is missing in {me}")


@connection.check()
async def answers_are_json_objects(probe: Probe) -> None:
    """Each answer is a JSON object with a boolean ok, whatever was asked. [D]"""
    for method in ("getMe", "sendMessage", "thereIsNoSuchMethod"):
        reply = await probe.call(method)
        expect(isinstance(reply.body.get("ok"), bool), f"{method}: {reply}")
        expect("application/json" in reply.headers.get("Content-Type", ""), f"{method}: {reply.headers}")


@connection.check()
async def status_and_error_code_agree(probe: Probe) -> None:
    """A refusal carries ok false and its error_code as the HTTP status too. [S]"""
    for method, status in (("sendMessage", 400), ("thereIsNoSuchMethod", 404)):
        reply = await probe.call(method)
        expect(reply.body.get("ok") is False, reply)
        expect_equal((reply.status, reply.body.get("error_code")), (status, status), method)


@connection.check()
async def refusals_say_why(probe: Probe) -> None:
    """A description in words begins with the name of the status. [S]"""
    reply = await probe.call("sendMessage")
    expect(reply.description.startswith("Bad Request: "), reply)


@connection.check()
async def another_token_is_unauthorized(probe: Probe) -> None:
    """A well-formed token of nobody gets 401 Unauthorized. [S]"""
    reply = await probe.api.raw("GET", "/bot1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
    expect_refused(reply, 401, "unauthorized")


@connection.check()
async def a_wrong_secret_is_unauthorized(probe: Probe) -> None:
    """The bot's own number with another secret is no better. [S]"""
    number = probe.api.token.partition(":")[0]
    reply = await probe.api.raw("GET", f"/bot{number}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB/getMe")
    expect_refused(reply, 401, "unauthorized")


@connection.check()
async def a_malformed_token_is_refused(probe: Probe) -> None:
    """What is no token at all gets 401 (the server itself) or 404 (the web server before it). [S]"""
    reply = await probe.api.raw("GET", "/botnonsense/getMe")
    expect(reply.status in {401, 404} and not reply.ok, reply)


@connection.check()
async def an_unknown_method_is_404(probe: Probe) -> None:
    """A method that does not exist is "Not Found: method not found". [S]"""
    await probe.refused("method not found", "sendCarrot", status=404, chat_id=probe.chat)


@connection.check()
async def methods_are_found_in_any_case(probe: Probe) -> None:
    """Method names are compared without regard to case. [S]"""
    for method in ("getme", "GETME", "GetMe"):
        expect_fields(await probe.ok(method), is_bot=True)


@connection.check()
async def a_missing_method_is_404(probe: Probe) -> None:
    """A path that ends after the token leads nowhere. [S]"""
    reply = await probe.api.raw("GET", f"/bot{probe.api.token}/")
    expect_equal(reply.status, 404)


@connection.check()
async def a_missing_file_is_404(probe: Probe) -> None:
    """A download path that getFile never told is not found. [S]"""
    status, _ = await probe.api.download("documents/there_is_none.pdf")
    expect_equal(status, 404)


@connection.check()
async def files_need_the_token(probe: Probe) -> None:
    """Downloads with another token are refused before anything is looked up. [S]"""
    status, _ = await probe.api.download("documents/file_0.pdf", "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    expect(status in {401, 404}, status)


@connection.check()
async def a_path_does_not_climb(probe: Probe) -> None:
    """Nothing outside the bot's own files can be downloaded. [S]"""
    status, data = await probe.api.download("documents/%2e%2e/%2e%2e/%2e%2e/etc/passwd")
    expect(status in {400, 404} and b"root:" not in data, (status, data[:80]))


@connection.check()
async def connections_are_kept(probe: Probe) -> None:
    """Many requests in a row are answered, each its own. [S]"""
    for _ in range(20):
        expect_fields(await probe.ok("getMe"), is_bot=True)
    await probe.refused("not found", "sendCarrot", status=404)
