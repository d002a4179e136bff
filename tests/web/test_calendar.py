"""Calendar feeds over HTTP, with the whole bot behind them: who sees what, and when an address is dead."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from domain.pages import page_key
from domain.people import PersonStatus, Role
from domain.silence import Blackout
from tests.drafting import approve
from tests.harness import Headquarters, Phone, headquarters
from web.calendar import PER_FEED

PUBLIC = "https://hq.example.org/office"
TEXT = "Субботник во дворе, приходите!"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def ask(url: str, **headers: str) -> tuple[aiohttp.ClientResponse, bytes]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as got:
        return got, await got.read()


class Office:
    """A headquarters whose calendars are read at `PUBLIC`, which the reverse proxy would pass on to this port."""

    def __init__(self, hq: Headquarters, port: int) -> None:
        self.hq = hq
        self._base = f"http://127.0.0.1:{port}/office"

    async def read(self, address: str, **headers: str) -> tuple[int, bytes]:
        got, body = await ask(self._base + address.removeprefix(PUBLIC), **headers)
        return got.status, body

    async def events(self, address: str) -> list[Any]:
        status, body = await self.read(address)
        assert status == 200
        return list(Calendar.from_ical(body).walk("VEVENT"))


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    port = free_port()
    calendar = {"url": PUBLIC, "listen": f":{port}"}
    async with headquarters(sqlite_url, tmp_path, calendar=calendar) as hq:
        yield Office(hq, port)
        assert hq.troubles() == []


async def an_address(phone: Phone, way: str = "Получить адрес") -> str:
    """/feed, and the address that is shown once."""
    await phone.send("/feed")
    await phone.press(way)
    return next(line for line in phone.screen.splitlines() if line.startswith(PUBLIC))


def below_the_feed(phone: Phone) -> str:
    """What the bot has said since the address was shown."""
    return phone.said.rpartition("Ваши посты в вашем календаре")[2].rpartition(PUBLIC)[2]


async def planned(hq: Headquarters, *pages: str) -> Phone:
    """Anna with a post today on each of these pages."""
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    press = await hq.join("Вера", Role.PRESS_SECRETARY, "kazan")
    for page in pages:
        await hq.run(approve, press.id, press.id, TEXT, page, now=hq.now)
    return anna


async def test_a_volunteer_has_her_posts_in_her_calendar_without_their_texts(office: Office) -> None:
    anna = await planned(office.hq, "vk-kazan")
    address = await an_address(anna)
    assert len(address.rpartition("/")[2]) >= 32
    (one,) = await office.events(address)
    assert (one["SUMMARY"], one["STATUS"]) == ("VK Казань", "CONFIRMED")
    assert one.decoded("DTSTART") == datetime(2026, 9, 7, 7, 30, tzinfo=UTC)
    _, body = await office.read(address)
    for secret in ("Субботник", "Штаб кандидата", "Анна", "Вера"):
        assert secret.encode() not in body.replace(b"\r\n ", b"")
    await anna.press("Готово")
    assert address not in anna.screen  # shown once
    link = str(one["URL"])
    await anna.start(link.partition("start=")[2])
    assert TEXT in below_the_feed(anna)


async def test_what_was_handed_on_is_cancelled_for_some_days_and_then_gone(office: Office) -> None:
    anna = await planned(office.hq, "vk-kazan")
    address = await an_address(anna)
    (before,) = await office.events(address)
    await anna.send("/hours")
    await anna.press("Сегодня не могу")
    (after,) = await office.events(address)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    await office.hq.advance(days=3, minutes=1)
    assert before["UID"] not in {one["UID"] for one in await office.events(address)}


async def test_nothing_in_it_changes_while_nothing_changes(office: Office) -> None:
    anna = await planned(office.hq, "vk-kazan", "ok-kazan")
    address = await an_address(anna)
    first = await office.read(address)
    await office.hq.advance(minutes=1)
    assert await office.read(address) == first


async def test_nobody_gets_anothers_and_a_revoked_or_replaced_address_is_dead_at_once(office: Office) -> None:
    hq = office.hq
    anna = await planned(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    hers, his = await an_address(anna), await an_address(boris)
    assert len(await office.events(hers)) == 1
    assert await office.events(his) == []
    await anna.send("/feed")
    await anna.press("Новый адрес")
    assert "Старый сразу перестанет работать" in anna.screen
    await anna.press("Да, новый адрес")
    second = next(line for line in anna.screen.splitlines() if line.startswith(PUBLIC))
    assert (await office.read(hers))[0] == 404
    assert len(await office.events(second)) == 1
    await anna.press("Готово")
    await anna.press("Отключить")
    assert "больше ничего не показывает" in anna.screen
    assert (await office.read(second))[0] == 404
    assert (await office.read(his))[0] == 200


async def test_two_taps_at_once_make_one_address(office: Office) -> None:
    anna = await planned(office.hq)
    await anna.send("/feed")
    message = anna.messages[-1]
    await anna.press("Получить адрес")
    address = next(line for line in anna.screen.splitlines() if line.startswith(PUBLIC))
    await anna.act(lambda user: user.press_raw(message, "fe:make::0"))
    assert "поменялся" in anna.toasts[-1]
    assert (await office.read(address))[0] == 200


@pytest.mark.parametrize("status", [PersonStatus.SUSPENDED, PersonStatus.LEFT])
async def test_whoever_is_suspended_or_has_left_has_no_calendar_any_more(office: Office, status: PersonStatus) -> None:
    anna = await planned(office.hq, "vk-kazan")
    address = await an_address(anna)
    await office.hq.run(lambda uow: uow.people.update(anna.id, status=status))
    assert (await office.read(address))[0] == 404


async def test_staff_have_the_plan_of_their_regions_and_lose_it_with_the_role(office: Office) -> None:
    hq = office.hq
    await planned(hq, "vk-kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan", language="en")
    await boris.send("/feed")
    await boris.press("Plan of a region")
    assert boris.labels == ["Казань", "‹ Back"]
    await boris.press("Казань")
    assert "No texts and no names" in boris.screen
    await boris.press("Make an address")
    address = next(line for line in boris.screen.splitlines() if line.startswith(PUBLIC))
    events = await office.events(address)
    assert [one["STATUS"] for one in events if one["SUMMARY"] == "VK Казань"] == ["CONFIRMED"]
    assert {one["STATUS"] for one in events if one["SUMMARY"].startswith("○")} == {"TENTATIVE"}
    _, body = await office.read(address)
    for secret in ("Анна", "Вера", "Субботник"):
        assert secret.encode() not in body.replace(b"\r\n ", b"")
    await hq.run(lambda uow: uow.people.remove_memberships(boris.id))
    assert (await office.read(address))[0] == 404


async def test_a_volunteer_is_offered_no_region_and_a_forged_button_gives_none(office: Office) -> None:
    anna = await planned(office.hq)
    await anna.send("/feed")
    assert "План региона" not in anna.labels
    await anna.act(lambda user: user.press_raw(anna.messages[-1], f"fe:make:{page_key('kazan')}:0"))
    assert await office.hq.read(lambda uow: uow.feeds.of_person(anna.id)) == []


async def test_in_a_silence_the_calendar_still_says_when_and_the_link_gives_no_text(office: Office) -> None:
    hq = office.hq
    anna = await planned(hq, "vk-kazan")
    address = await an_address(anna)
    start = datetime.fromisoformat("2026-09-07T08:05")
    silence = Blackout("kazan", start, start + timedelta(minutes=90), "день тишины")
    await hq.run(lambda uow: uow.campaign.save_blackouts([silence]))
    await hq.advance(minutes=6)
    (one,) = await office.events(address)
    await anna.start(str(one["URL"]).partition("start=")[2])
    assert "период тишины" in below_the_feed(anna)
    assert TEXT not in below_the_feed(anna)
    status, body = await office.read(address)
    assert status == 200
    assert "Субботник".encode() not in body.replace(b"\r\n ", b"")


async def test_somebody_elses_link_shows_nothing_and_a_stranger_is_told_how_to_join(office: Office) -> None:
    hq = office.hq
    anna = await planned(hq, "vk-kazan")
    (one,) = await office.events(await an_address(anna))
    link = str(one["URL"]).partition("start=")[2]
    boris = await hq.join("Борис", Role.VOLUNTEER, "kazan")
    await boris.start(link)
    assert TEXT not in boris.said
    stranger = hq.stranger("Чужой")
    await stranger.start(link)
    assert TEXT not in stranger.said
    assert stranger.said


async def test_without_a_public_address_the_bot_says_so(sqlite_url: str, tmp_path: Path) -> None:
    async with headquarters(sqlite_url, tmp_path) as hq:
        anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
        await anna.send("/feed")
        assert "Календари здесь не включены" in anna.screen
        assert "Получить адрес" not in anna.labels
        await anna.act(lambda user: user.press_raw(anna.messages[-1], "fe:make::0"))
        assert await hq.read(lambda uow: uow.feeds.of_person(anna.id)) == []


async def test_many_at_once_are_all_answered(office: Office) -> None:
    anna = await planned(office.hq, "vk-kazan")
    address = await an_address(anna)
    answers = await asyncio.gather(*(office.read(address) for _ in range(PER_FEED - 1)))
    assert {status for status, _ in answers} == {200}
