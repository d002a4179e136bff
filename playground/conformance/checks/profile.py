"""The bot's own card: commands per scope and language, menu button, name and descriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playground.conformance.probe import Json, Probe, expect, expect_equal, expect_fields
from playground.conformance.registry import PERSON, Subject

commands = Subject("commands")
profile = Subject("profile")

_OURS = [{"command": "start", "description": "Начало"}, {"command": "help", "description": "Помощь"}]


@asynccontextmanager
async def _kept(probe: Probe, *places: Json) -> AsyncIterator[None]:
    """Puts the lists of these scopes and languages back afterwards."""
    before = [await probe.ok("getMyCommands", **place) for place in places]
    try:
        yield
    finally:
        for place, old in zip(places, before, strict=True):
            await (probe.ok("setMyCommands", **place, commands=old) if old else probe.ok("deleteMyCommands", **place))


@commands.check()
async def commands_come_back(probe: Probe) -> None:
    """getMyCommands shows what setMyCommands was told, in that order. [D]"""
    async with _kept(probe, {}):
        expect(await probe.ok("setMyCommands", commands=_OURS) is True, "not True")
        expect_equal(await probe.ok("getMyCommands"), _OURS)


@commands.check()
async def commands_are_forgotten(probe: Probe) -> None:
    """deleteMyCommands leaves an empty list. [D]"""
    async with _kept(probe, {}):
        await probe.ok("setMyCommands", commands=_OURS)
        expect(await probe.ok("deleteMyCommands") is True, "not True")
        expect_equal(await probe.ok("getMyCommands"), [])


@commands.check()
async def scopes_are_kept_apart(probe: Probe) -> None:
    """A list for one chat is not the list for all; getMyCommands does not fall back to wider scopes. [D]"""
    chat: Json = {"scope": {"type": "chat", "chat_id": probe.chat}}
    groups: Json = {"scope": {"type": "all_group_chats"}}
    async with _kept(probe, {}, chat, groups):
        await probe.ok("setMyCommands", commands=_OURS)
        await probe.ok("deleteMyCommands", **groups)
        await probe.ok("setMyCommands", commands=_OURS[:1], **chat)
        expect_equal(await probe.ok("getMyCommands", **chat), _OURS[:1])
        expect_equal(await probe.ok("getMyCommands"), _OURS)
        expect_equal(await probe.ok("getMyCommands", **groups), [])


@commands.check()
async def languages_are_kept_apart(probe: Probe) -> None:
    """A list for one language leaves the others alone. [D]"""
    russian: Json = {"language_code": "ru"}
    async with _kept(probe, {}, russian):
        await probe.ok("setMyCommands", commands=_OURS)
        await probe.ok("setMyCommands", commands=_OURS[1:], **russian)
        expect_equal(await probe.ok("getMyCommands", **russian), _OURS[1:])
        expect_equal(await probe.ok("getMyCommands"), _OURS)


@commands.check()
async def a_list_has_100_commands(probe: Probe) -> None:
    """101 are refused. [D]"""
    many = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    async with _kept(probe, {}):
        await probe.ok("setMyCommands", commands=many[:100])
        expect_equal(len(await probe.ok("getMyCommands")), 100)
        await probe.refused("", "setMyCommands", commands=many)


@commands.check()
async def a_command_has_1_to_32_characters(probe: Probe) -> None:
    """32 letters pass, 33 and none do not. [D]"""
    async with _kept(probe, {}):
        await probe.ok("setMyCommands", commands=[{"command": "c" * 32, "description": "x"}])
        for name in ("c" * 33, ""):
            await probe.refused("", "setMyCommands", commands=[{"command": name, "description": "x"}])


@commands.check()
async def a_command_is_lower_case_latin(probe: Probe) -> None:
    """Lowercase English letters, digits and underscores only. [D]"""
    async with _kept(probe, {}):
        await probe.ok("setMyCommands", commands=[{"command": "a_1", "description": "x"}])
        for name in ("старт", "with space", "dash-ed"):
            await probe.refused("", "setMyCommands", commands=[{"command": name, "description": "x"}])


@commands.check()
async def a_command_has_a_description(probe: Probe) -> None:
    """1-256 characters. [D]"""
    async with _kept(probe, {}):
        await probe.ok("setMyCommands", commands=[{"command": "a", "description": "я" * 256}])
        for description in ("", "x" * 257):
            await probe.refused("", "setMyCommands", commands=[{"command": "a", "description": description}])


@commands.check()
async def a_scope_of_nobody_is_refused(probe: Probe) -> None:
    """A list for a chat needs that chat. [S]"""
    scope = {"type": "chat", "chat_id": 5_999_999_999_999}
    await probe.refused("chat not found", "setMyCommands", commands=_OURS, scope=scope)


@commands.check(PERSON)
async def the_narrowest_list_is_seen(probe: Probe) -> None:
    """A person sees the list of their chat, else of all private chats, else the default; in each their language first. [D]"""
    anna = await probe.person(language_code="ru")
    chat: Json = {"scope": {"type": "chat", "chat_id": anna.user_id}}
    private: Json = {"scope": {"type": "all_private_chats"}}
    russian: Json = {**private, "language_code": "ru"}
    lists: dict[str, Json] = {"default": {}, "private": private, "russian": russian, "chat": chat}
    async with _kept(probe, *lists.values()):
        for place in lists.values():
            await probe.ok("deleteMyCommands", **place)
        for name, place in lists.items():
            await probe.ok("setMyCommands", commands=[{"command": name, "description": "x"}], **place)
            seen = await probe.admin.get(f"users/{anna.user_id}/commands")
            expect_equal([item["command"] for item in seen["commands"]], [name])


@profile.check()
async def a_menu_button_is_set_for_one_chat(probe: Probe) -> None:
    """A web app for one person; default gives the ordinary button back. [D]"""
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "https://example.org/app"}}
    expect(await probe.ok("setChatMenuButton", chat_id=probe.chat, menu_button=button) is True, "not True")
    expect_fields(await probe.ok("getChatMenuButton", chat_id=probe.chat), **button)
    await probe.ok("setChatMenuButton", chat_id=probe.chat, menu_button={"type": "default"})
    expect(await probe.ok("getChatMenuButton", chat_id=probe.chat) != button, "still there")


@profile.check()
async def a_menu_button_is_set_for_all(probe: Probe) -> None:
    """Without a chat the button is everybody's. [D]"""
    before = await probe.ok("getChatMenuButton")
    await probe.ok("setChatMenuButton", menu_button={"type": "commands"})
    expect_fields(await probe.ok("getChatMenuButton"), type="commands")
    await probe.ok("setChatMenuButton", menu_button=before)


@profile.check()
async def names_and_descriptions_come_back(probe: Probe) -> None:
    """Each per language; a language without its own shows the default. [D]"""
    for subject, field in (
        ("Name", "name"),
        ("Description", "description"),
        ("ShortDescription", "short_description"),
    ):
        default: Json = {field: "Default"}
        russian: Json = {field: "По-русски", "language_code": "ru"}
        before = await probe.ok(f"getMy{subject}")
        await probe.ok(f"setMy{subject}", **default)
        await probe.ok(f"setMy{subject}", **russian)
        expect_fields(await probe.ok(f"getMy{subject}"), **{field: "Default"})
        expect_fields(await probe.ok(f"getMy{subject}", language_code="ru"), **{field: "По-русски"})
        expect_fields(await probe.ok(f"getMy{subject}", language_code="de"), **{field: "Default"})
        await probe.ok(f"setMy{subject}", **(russian | {field: ""}))
        expect_fields(await probe.ok(f"getMy{subject}", language_code="ru"), **{field: "Default"})
        await probe.ok(f"setMy{subject}", **before)


@profile.check()
async def names_and_descriptions_have_limits(probe: Probe) -> None:
    """64 characters of name, 512 of description, 120 of short description. [D]"""
    await probe.refused("", "setMyName", name="x" * 65)
    await probe.refused("", "setMyDescription", description="x" * 513)
    await probe.refused("", "setMyShortDescription", short_description="x" * 121)
