"""Lanes: order within a chat, fairness between chats, bounded memory, tries that wait aside, several processes."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from bench.inbox import backlog
from bot import inbox as inboxes
from bot.claims import Claims
from bot.clock import MovableClock
from bot.inbox import Inbox
from bot.lanes import READ_AHEAD
from bot.updates import lane_of, number_of
from domain.people import Role
from handlers.turn import Turn
from storage import tables
from storage.database import Database, open_database
from storage.uow import SqlUnitOfWork
from tests.conftest import _Postgres
from tests.harness import load_campaign
from tests.inboxes import NOW, SilentBot, make_inbox, text_of, until
from tests.joining import joined
from tests.rows import rows_of

FLOODER, OTHER = 1, 2


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    db = await open_database(sqlite_url, migrate=False)
    yield db
    await db.close()


class Recorder:
    """Writes each update into the journal, as its effect; remembers the order in which handling began."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int]] = []

    async def __call__(self, chat: int, number: int, turn: Turn) -> None:
        self.begun.append((chat, number))

        async def effect(uow: Any, _: Any) -> None:
            await uow.journal.add(at=NOW, actor=0, action="test", object_=f"chat:{chat}", version=number)

        await turn.run_as_visitor(effect)


async def effects(db: Database) -> dict[int, list[int]]:
    """Per chat the updates that took effect, in the order in which they did."""
    rows = await db.read(rows_of(select(tables.journal).order_by(tables.journal.c.seq)))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[int(row.object.partition(":")[2])].append(row.version)
    return dict(found)


async def test_one_flooding_person_costs_the_others_one_update_each(sqlite: Database) -> None:
    """With a single worker: the other's message waits for the update that is in hand and at most one more."""
    record = Recorder()
    inbox = make_inbox(sqlite, record, side_by_side=1)

    await inbox.accept([text_of(n, FLOODER) for n in range(1, 61)])
    await until(inbox.lanes, lambda: len(record.begun) >= 5)
    before = len(record.begun)
    await inbox.accept([text_of(61, OTHER)])
    await inbox.wait_idle(61)

    assert record.begun.index((OTHER, 61)) <= before + 10  # what was handled while it was being stored counts too
    assert (await effects(sqlite))[FLOODER] == list(range(1, 61))


async def test_no_more_than_configured_run_at_once(sqlite: Database) -> None:
    at_once: list[int] = []
    running = 0
    go = asyncio.Event()

    async def act(_: int, __: int, ___: Turn) -> None:
        nonlocal running
        running += 1
        at_once.append(running)
        if running == 3:
            go.set()
        await go.wait()
        running -= 1

    inbox = make_inbox(sqlite, act, side_by_side=3)
    await inbox.accept([text_of(n, chat=n) for n in range(1, 21)])
    await inbox.wait_idle(20)

    assert max(at_once) == 3
    assert len(at_once) == 20


async def test_a_backlog_stays_in_the_database_until_its_turn(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bodies in memory are bounded, and nothing is left out or overtaken."""
    monkeypatch.setattr(inboxes, "BODIES", 20)
    record, most = Recorder(), 0
    batch = [(n, n % 3 + 1, text_of(n, n % 3 + 1)) for n in range(1, 101)]
    await sqlite.run(lambda uow: uow.inbox.store(batch, NOW))

    async def act(chat: int, number: int, turn: Turn) -> None:
        nonlocal most
        most = max(most, inbox.lanes.bodies)
        await record(chat, number, turn)

    inbox = make_inbox(sqlite, act, side_by_side=2)
    await inbox.load()
    for first in (101, 151):
        await inbox.accept([text_of(n, n % 3 + 1) for n in range(first, first + 50)])
    await inbox.wait_idle(200)

    assert 0 < most <= 20 + 2 * READ_AHEAD
    assert await effects(sqlite) == {chat: [n for n in range(1, 201) if n % 3 + 1 == chat] for chat in range(1, 4)}


async def test_a_backlog_takes_little_memory(sqlite_url: str) -> None:
    """The short version of `python -m bench.inbox`; at 100,000 it is a thirteenth."""
    found = await backlog(sqlite_url, 5000)
    assert found["memory_mb"] * 3 < found["memory_all_mb"]


async def test_even_the_numbers_in_memory_are_bounded(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "NUMBERS", 20)
    record, most = Recorder(), 0

    async def act(chat: int, number: int, turn: Turn) -> None:
        nonlocal most
        most = max(most, len(inbox.lanes))
        await record(chat, number, turn)

    inbox = make_inbox(sqlite, act, side_by_side=2)
    for first in range(1, 121, 20):
        await inbox.accept([text_of(n, n % 3 + 1) for n in range(first, first + 20)])
    await inbox.wait_idle(120)

    assert most <= 20 + 2  # those in hand are listed until they are done
    assert await effects(sqlite) == {chat: [n for n in range(1, 121) if n % 3 + 1 == chat] for chat in range(1, 4)}


async def member(uow: SqlUnitOfWork, telegram_id: int) -> None:
    await load_campaign(uow)
    await joined(uow, "Анна", Role.VOLUNTEER, "kazan", now=NOW, telegram_id=telegram_id)


async def test_a_failing_update_waits_aside_and_is_set_aside_after_five_tries(sqlite: Database) -> None:
    """While it waits nobody else is held up, with one worker; its own chat waits, since order is kept."""
    clock, record, tries = MovableClock(NOW), Recorder(), 0
    await sqlite.run(member, FLOODER)  # what a stranger wrote would not be kept

    async def act(chat: int, number: int, turn: Turn) -> None:
        nonlocal tries
        if number == 1:
            tries += 1
            raise ValueError("тайна")
        await record(chat, number, turn)

    inbox = make_inbox(sqlite, act, side_by_side=1, clock=clock)
    await inbox.accept([text_of(1, FLOODER), text_of(2, FLOODER), text_of(3, OTHER)])
    await inbox.wait_idle(3)
    assert (tries, record.begun) == (1, [(OTHER, 3)])

    for _ in range(4):
        due = inbox.lanes.next_try()
        assert due is not None
        clock.move_to(due)
        await inbox.wait_idle()

    assert tries == 5
    assert record.begun == [(OTHER, 3), (FLOODER, 2)]
    [aside] = await sqlite.read(lambda uow: uow.inbox.list_aside(clock.now()))
    assert (aside.number, aside.kind, aside.attempts, aside.error) == (1, "message", 5, "ValueError")
    assert inbox.lanes.next_try() is None


async def test_the_person_is_told_once_and_a_replay_takes_effect(sqlite: Database) -> None:
    clock, record, broken = MovableClock(NOW), Recorder(), True
    await sqlite.run(member, FLOODER)

    async def act(chat: int, number: int, turn: Turn) -> None:
        if broken:
            raise ValueError
        await record(chat, number, turn)

    inbox = make_inbox(sqlite, act, clock=clock)
    await inbox.accept([text_of(1, FLOODER)])
    while True:
        await inbox.wait_idle(1)
        if (due := inbox.lanes.next_try()) is None:
            break
        clock.move_to(due)
    assert await inbox.reopen(1) == [1]
    await inbox.wait_idle()
    bot = inbox._bot
    assert isinstance(bot, SilentBot)
    assert [method.chat_id for method in bot.sent] == [FLOODER]  # once, though the replay failed too
    assert "<code>1</code>" in bot.sent[0].text

    broken = False
    assert await inbox.reopen(None) == [1]
    await inbox.wait_idle()

    assert await effects(sqlite) == {FLOODER: [1]}
    assert await sqlite.read(lambda uow: uow.inbox.list_aside(clock.now())) == []


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 5, "message": {"text": "no chat"}},
        {"update_id": 5, "message": "not even an object"},
        {"update_id": 5, "news_of_tomorrow": {"chat": {"id": 1}}},
    ],
)
async def test_what_cannot_be_parsed_is_set_aside_at_once_and_holds_up_nobody(
    sqlite: Database, update: dict[str, Any]
) -> None:
    record = Recorder()
    inbox = make_inbox(sqlite, record)

    await inbox.accept([update, {"no": "number"}, text_of(6, OTHER)])
    await inbox.wait_idle(6)

    assert record.begun == [(OTHER, 6)]
    asides = await sqlite.read(lambda uow: uow.inbox.list_aside(NOW))
    assert sorted(row.number for row in asides) == [-1, 5]
    assert all(row.attempts == 1 for row in asides)


@pytest.mark.parametrize("update", [None, [], "x", {}, {"update_id": "7"}, {"update_id": 2**70}, {"update_id": True}])
def test_what_has_no_number_has_none(update: Any) -> None:
    assert number_of(update) is None


def test_presses_are_in_the_lane_of_the_persons_chat() -> None:
    assert lane_of({"update_id": 1, "callback_query": {"from": {"id": 77}}}) == 77
    assert lane_of(text_of(1, 77)) == 77


async def test_a_database_that_fails_for_a_while_costs_no_update_a_try(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, clock = Recorder(), MovableClock(NOW)
    inbox = make_inbox(sqlite, record, clock=clock)
    await sqlite.run(lambda uow: uow.inbox.store([(1, FLOODER, text_of(1, FLOODER))], NOW))
    await inbox.load()
    good = sqlite.keep, sqlite.run

    async def away(*_: Any, **__: Any) -> Any:
        raise OSError("disk")

    for name in ("keep", "run"):
        monkeypatch.setattr(sqlite, name, away)
    await inbox.wait_idle()
    for name, method in zip(("keep", "run"), good, strict=True):
        monkeypatch.setattr(sqlite, name, method)
    clock.move_to(clock.now() + timedelta(minutes=1))
    await inbox.wait_idle()

    assert await effects(sqlite) == {FLOODER: [1]}
    [row] = await sqlite.read(rows_of(select(tables.inbox)))
    assert (row.status, row.attempts) == ("shown", 0)


# -- several processes on PostgreSQL ------------------------------------------------------------------------------------------


@pytest.fixture
async def pair(postgres: _Postgres) -> AsyncIterator[tuple[Database, Database]]:
    """Two connections to one database, as two processes have them."""
    url = postgres.create()
    first, second = await open_database(url, migrate=False), await open_database(url, migrate=False)
    yield first, second
    await first.close()
    await second.close()


async def expire(db: Database, holder: str) -> None:
    """As if the time of its claims had passed."""
    past = func.clock_timestamp() - text("interval '1 second'")
    mine = update(tables.lane_claim).where(tables.lane_claim.c.holder == holder)

    async def change(uow: SqlUnitOfWork) -> None:
        await uow.session.execute(mine.values(until=past))

    await db.run(change)


async def open_count(db: Database) -> int:
    count, _ = await db.read(lambda uow: uow.inbox.waiting())
    return int(count)


async def settled(*ones: Inbox) -> None:
    """Until none of them finds anything more to do."""
    for one in ones:
        await one.wait_idle()


@pytest.mark.slow  # takes seconds
async def test_two_processes_handle_each_update_once_and_in_order(pair: tuple[Database, Database]) -> None:
    """500 updates of 20 chats, handed over to either of them."""
    records = Recorder(), Recorder()
    ones = [
        make_inbox(db, record, claims=Claims(db, name, most_lanes=12))
        for db, record, name in zip(pair, records, "AB", strict=True)
    ]
    for batch in range(25):
        numbers = range(batch * 20 + 1, batch * 20 + 21)
        await ones[batch % 2].accept([text_of(n, n % 20 + 1) for n in numbers])
    await settled(*ones)

    assert await effects(pair[0]) == {chat: [n for n in range(1, 501) if n % 20 + 1 == chat] for chat in range(1, 21)}
    assert sorted(n for record in records for _, n in record.begun) == list(range(1, 501))  # nobody even began twice
    assert all(record.begun for record in records)
    assert await open_count(pair[0]) == 0


@pytest.mark.slow  # takes seconds
async def test_a_frozen_process_is_taken_over_and_changes_nothing_when_it_wakes(
    pair: tuple[Database, Database],
) -> None:
    db, other = pair
    frozen, woken, stuck = asyncio.Event(), asyncio.Event(), Recorder()

    async def act(chat: int, number: int, turn: Turn) -> None:
        if number == 250:
            frozen.set()
        if frozen.is_set():
            await woken.wait()
        await stuck(chat, number, turn)

    record = Recorder()
    first, second = make_inbox(db, act, claims=Claims(db, "A")), make_inbox(other, record, claims=Claims(other, "B"))
    await first.accept([text_of(n, n % 20 + 1) for n in range(1, 501)])
    await frozen.wait()
    assert first._claims is not None
    first._claims._ends = dict.fromkeys(first._claims._ends, 0.0)  # its own clock went on while it was frozen
    await second._claims.scan(second.lanes)  # type: ignore[union-attr]  # made with claims
    assert record.begun == []  # its claims still run

    await expire(other, "A")
    await settled(second)
    assert await open_count(other) == 0
    woken.set()
    await settled(first)

    assert await effects(db) == {chat: [n for n in range(1, 501) if n % 20 + 1 == chat] for chat in range(1, 21)}
    assert len(record.begun) > 200


async def test_what_another_process_stores_for_a_chat_is_handled_after_what_its_holder_has(
    pair: tuple[Database, Database],
) -> None:
    db, other = pair
    begun, go, records = asyncio.Event(), asyncio.Event(), (Recorder(), Recorder())

    async def act(chat: int, number: int, turn: Turn) -> None:
        begun.set()
        await go.wait()
        await records[0](chat, number, turn)

    first = make_inbox(db, act, claims=Claims(db, "A"))
    second = make_inbox(other, records[1], claims=Claims(other, "B"))
    await first.accept([text_of(1, FLOODER), text_of(2, FLOODER)])
    await begun.wait()
    await second.accept([text_of(3, FLOODER)])
    assert second.idle
    go.set()
    await settled(first, second)

    assert await effects(db) == {FLOODER: [1, 2, 3]}


async def test_an_empty_chat_is_given_back_at_once_and_a_clean_stop_gives_back_all(
    pair: tuple[Database, Database],
) -> None:
    db, other = pair
    held, go = asyncio.Event(), asyncio.Event()

    async def act(chat: int, _: int, __: Turn) -> None:
        if chat == OTHER:
            held.set()
            await go.wait()

    first = make_inbox(db, act, claims=Claims(db, "A"))
    await first.accept([text_of(1, FLOODER)])
    await first.wait_idle()
    assert await claimed(db) == []
    await first.accept([text_of(2, OTHER)])
    await held.wait()
    assert await claimed(db) == [OTHER]

    await first.close(0)
    go.set()

    assert await claimed(db) == []
    second = make_inbox(other, Recorder(), claims=Claims(other, "B"))
    await second.wait_idle()
    assert await open_count(other) == 0


async def claimed(db: Database) -> list[int]:
    rows = await db.read(rows_of(select(tables.lane_claim.c.lane)))
    return sorted(row.lane for row in rows)


async def test_on_sqlite_lanes_cost_no_statement(sqlite: Database) -> None:
    """Storing costs one statement, finishing one: the claims of PostgreSQL cost nothing here."""
    inbox = make_inbox(sqlite, Recorder())
    before = sqlite.cost.statements
    await inbox.accept([text_of(1, FLOODER)])
    await inbox.wait_idle(1)
    spent = sqlite.cost.statements - before - inbox.costs[-1].statements

    assert spent == 2
