"""Commitments: lists, writing one down, and what becomes of it. Reminders are in `commitment_steps`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain import commitments as rules
from domain.commitments import (
    PROOF_LIMIT,
    WEEK,
    BadPromise,
    Commitment,
    CommitmentChanged,
    CommitmentState,
    Move,
    PromiseUnreadable,
)
from domain.errors import NotFound
from domain.pages import page_key, region_by_key
from domain.people import EVERYWHERE, Actor
from domain.ports import UnitOfWork
from domain.ports.commitments import Filter
from domain.ports.drafts import StoredMedia
from domain.rights import RULES, Action, ensure_may, may
from domain.typed_commitments import take_day
from domain.usecases import commitment_steps
from domain.usecases.campaign_days import today_of

MOVE, DROP, PROOF = "commitment.move", "commitment.drop", "commitment.proof"
"""Expectations: a new day with the reason, why it is given up, what shows that it is done."""
PROOF_HOURS = 1
"""It is asked for "now": what comes tomorrow is something else."""
MINE, DUE_WEEK, LATE, ALL, SETTLED, PERSON, REGION = "mine", "week", "late", "open", "done", "p", "r"
"""Lists: the last two with a person's number, a region's short key."""
_UNSETTLED = (CommitmentState.ASKED, CommitmentState.OPEN)


@dataclass(frozen=True)
class Names:
    """What screens call people, regions and pages."""

    people: Mapping[int, str]
    regions: Mapping[str, str]
    pages: Mapping[str, str]


@dataclass(frozen=True)
class Board:
    """One list. `about`: the person or region it is of, by name."""

    chosen: str
    about: str
    items: tuple[Commitment, ...]
    names: Names
    today: date
    may_add: bool = True


@dataclass(frozen=True)
class Group:
    """A region or person with what is open there. `key` goes into the list's name."""

    key: str
    name: str
    open: int
    late: int


@dataclass(frozen=True)
class CommitmentView:
    """One commitment. `mine`: the reader promised it. `may_change`: theirs, or of somebody in a region the reader manages."""

    commitment: Commitment
    moves: tuple[Move, ...]
    names: Names
    today: date
    mine: bool
    may_change: bool


# -- reading ----------------------------------------------------------------------------------------------------------


async def board(uow: UnitOfWork, actor: Actor, chosen: str, *, now: datetime) -> Board:
    """Those of the reader's regions, and whatever they promised or wrote down themselves: the latter is everybody's."""
    ensure_may(actor, Action.COMMIT, mine=True)
    today = await today_of(uow, now)
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    base = Filter(actor.regions(RULES[Action.COMMIT].roles), actor.id, states=_UNSETTLED)
    kind, arg, about = chosen, "", ""
    if chosen[:1] in {PERSON, REGION}:
        kind, arg = chosen[:1], chosen[1:]
    if kind == PERSON:
        if not arg.isdecimal():
            raise NotFound("person")
        base, about = replace(base, person_id=int(arg)), (await uow.people.get(int(arg))).name
    elif kind == REGION:
        code = region_by_key(arg, regions)
        base, about = replace(base, region=code), regions.get(code, "")
    elif kind == DUE_WEEK:
        base = replace(base, due_from=today, due_to=today + timedelta(days=WEEK - 1))
    elif kind == LATE:
        base = replace(base, states=(CommitmentState.OPEN,), due_to=today - timedelta(days=1))
    elif kind == SETTLED:
        base = replace(base, states=tuple(state for state in CommitmentState if state not in _UNSETTLED))
    elif kind != ALL:
        kind, base = MINE, replace(base, person_id=actor.id)
    items = await uow.commitments.find(base)
    shown = tuple(reversed(items)) if kind == SETTLED else tuple(items)
    named = chosen if kind in {PERSON, REGION} else kind
    return Board(named, about, shown, await _names(uow, shown), today, may(actor, Action.COMMIT))


async def groups(uow: UnitOfWork, actor: Actor, kind: str, *, now: datetime) -> list[Group]:
    """Regions or people with anything unsettled, the latest first."""
    whole = await board(uow, actor, ALL, now=now)
    found: dict[str, list[Commitment]] = {}
    named: dict[str, str] = {}
    for one in whole.items:
        key = str(one.person_id) if kind == PERSON else one.region if one.region == EVERYWHERE else page_key(one.region)
        named[key] = whole.names.people[one.person_id] if kind == PERSON else whole.names.regions.get(one.region, "")
        found.setdefault(key, []).append(one)
    made = [
        Group(f"{kind}{key}", named[key], len(ones), sum(one.is_late(whole.today) for one in ones))
        for key, ones in found.items()
    ]
    return sorted(made, key=lambda group: (-group.late, -group.open, group.name))


async def see(uow: UnitOfWork, actor: Actor, commitment_id: int, *, now: datetime) -> CommitmentView:
    return await view(uow, actor, await _get(uow, actor, commitment_id), now)


async def view(uow: UnitOfWork, actor: Actor, one: Commitment, now: datetime) -> CommitmentView:
    moves = tuple(await uow.commitments.moves(one.id))
    names = await _names(uow, (one,), {move.by_id for move in moves})
    mine = one.person_id == actor.id
    changes = mine or may(actor, Action.COMMIT_ASK, one.region)
    return CommitmentView(one, moves, names, await today_of(uow, now), mine, changes)


async def _names(uow: UnitOfWork, items: tuple[Commitment, ...], more: set[int] | None = None) -> Names:
    people = {one.person_id for one in items} | {one.by_id for one in items} | (more or set())
    regions = {code: region.name for code, region in (await uow.campaign.regions()).items()}
    pages = {one.page for one in items if one.page}
    titles = {code: page.title for code, page in (await uow.campaign.pages(pages, inactive=True)).items()}
    return Names(await uow.people.names(sorted(people)), regions, titles if pages else {})


async def _get(uow: UnitOfWork, actor: Actor, commitment_id: int) -> Commitment:
    one = await uow.commitments.get(commitment_id)
    concerned = actor.id in {one.person_id, one.by_id}
    ensure_may(actor, Action.COMMIT, one.region, mine=concerned)
    return one


# -- writing ----------------------------------------------------------------------------------------------------------


async def answer(
    uow: UnitOfWork, actor: Actor, commitment_id: int, version: int, *, yes: bool, now: datetime
) -> CommitmentView:
    """The person accepts what was asked of them, or declines: from then on it is a promise, or settled."""
    one = await uow.commitments.get(commitment_id)
    ensure_may(actor, Action.COMMIT, EVERYWHERE, mine=one.person_id == actor.id)
    if one.person_id != actor.id:
        raise CommitmentChanged
    changed = rules.answered(one, version, await today_of(uow, now), yes=yes)
    return await _settle(uow, actor, one, changed, "accepted" if yes else "declined", now)


async def finish(uow: UnitOfWork, actor: Actor, commitment_id: int, version: int, *, now: datetime) -> CommitmentView:
    """Done; the next message may show it."""
    one = await _to_change(uow, actor, commitment_id)
    found = await _settle(uow, actor, one, rules.done(one, version, await today_of(uow, now)), "done", now)
    version = found.commitment.version
    await uow.expectations.set(actor.id, PROOF, one.subject, now=now, version=version, hours=PROOF_HOURS)
    return found


async def prove(
    uow: UnitOfWork, actor: Actor, commitment_id: int, text: str, *, picture: str = "", now: datetime
) -> CommitmentView:
    """A link, a few words or a picture (its SHA-256) with a commitment that is done."""
    one = await _to_change(uow, actor, commitment_id)
    words = " ".join(text.split())
    if (not words and not picture) or len(words) > PROOF_LIMIT:
        raise BadPromise(len(words), PROOF_LIMIT)
    if one.state is not CommitmentState.DONE:
        raise CommitmentChanged
    await uow.expectations.clear(actor.id, PROOF)
    return await _settle(uow, actor, one, replace(one, proof=words, picture=picture), "proof", now, tell=False)


async def picture_of(uow: UnitOfWork, actor: Actor, commitment_id: int) -> StoredMedia:
    """The picture that shows it. Read-only."""
    one = await _get(uow, actor, commitment_id)
    found = (await uow.media.get_many([one.picture])).get(one.picture) if one.picture else None
    if found is None:
        raise NotFound("file")
    return found


async def ask_move(
    uow: UnitOfWork, actor: Actor, commitment_id: int, version: int, day: date | None, *, now: datetime
) -> CommitmentView:
    """The next message is the reason, with the new day in front unless `day` is chosen."""
    one = await _to_change(uow, actor, commitment_id)
    if day is not None:
        rules.moved(one, version, day, await today_of(uow, now))
    chosen = {"day": "" if day is None else day.isoformat()}
    await uow.expectations.set(actor.id, MOVE, one.subject, now=now, version=version, params=chosen)
    return await view(uow, actor, one, now)


async def move(
    uow: UnitOfWork,
    actor: Actor,
    commitment_id: int,
    version: int,
    params: Mapping[str, Any],
    text: str,
    *,
    now: datetime,
) -> CommitmentView:
    """A new day with its reason: "20.10 ждём ключи от зала"."""
    one = await _to_change(uow, actor, commitment_id)
    today = await today_of(uow, now)
    rest, day = (text, date.fromisoformat(params["day"])) if params["day"] else take_day(text, today)
    if day is None:
        raise PromiseUnreadable
    reason, changed = rules.ensure_reason(rest), rules.moved(one, version, day, today)
    await uow.commitments.add_move(one.id, Move(now, actor.id, one.due, day, reason))
    await uow.expectations.clear(actor.id, MOVE)
    return await _settle(uow, actor, one, changed, "moved", now)


async def ask_drop(uow: UnitOfWork, actor: Actor, commitment_id: int, version: int, *, now: datetime) -> CommitmentView:
    """The next message is the reason."""
    one = await _to_change(uow, actor, commitment_id)
    await uow.expectations.set(actor.id, DROP, one.subject, now=now, version=version)
    return await view(uow, actor, one, now)


async def drop(
    uow: UnitOfWork, actor: Actor, commitment_id: int, version: int, reason: str, *, now: datetime
) -> CommitmentView:
    one = await _to_change(uow, actor, commitment_id)
    changed = rules.dropped(one, version, reason, await today_of(uow, now))
    await uow.expectations.clear(actor.id, DROP)
    return await _settle(uow, actor, one, changed, "dropped", now)


# -- inside -----------------------------------------------------------------------------------------------------------


async def _to_change(uow: UnitOfWork, actor: Actor, commitment_id: int) -> Commitment:
    one = await uow.commitments.get(commitment_id)
    if one.person_id != actor.id:
        ensure_may(actor, Action.COMMIT_ASK, one.region)
    return one


async def _settle(
    uow: UnitOfWork,
    actor: Actor,
    before: Commitment,
    after: Commitment,
    event: str,
    now: datetime,
    *,
    tell: bool = True,
) -> CommitmentView:
    if not await uow.commitments.save(after):
        raise CommitmentChanged
    saved = replace(after, version=after.version + 1)
    await commitment_steps.lay(uow, saved, now)
    if tell:
        await commitment_steps.tell(uow, actor, saved, event, now)
    facts = {"due": [before.due.isoformat(), after.due.isoformat()], "state": after.state.value}
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action=f"commit.{event}",
        object_=before.subject,
        version=saved.version,
        payload=facts,
    )
    return await view(uow, actor, saved, now)
