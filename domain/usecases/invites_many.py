"""Many invites at once: an order is shown first, then made as links for one person each, or as one shared link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import Forbidden, NotFound
from domain.invites import (
    LISTED,
    MOST,
    ORDER_WAITS,
    SHARED,
    Arrival,
    InviteOrder,
    OnlyVolunteersShare,
    OrderOver,
    OrderState,
    TableGone,
    TooManyInvites,
    Typed,
    read_line,
)
from domain.invites_table import Fault, InviteTable, Mistake, Wanted
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.ports.invites import NewLink
from domain.ports.people import Invite
from domain.rights import Action, ensure_may, may_grant
from domain.usecases import invites
from domain.usecases.invites import Made

LINE = "invite.line"
"""What is expected after /invite: a line like "200 volunteer kazan"."""


@dataclass(frozen=True)
class OrderView:
    """An order as asked for. With mistakes there is none: `order` is None."""

    order: InviteOrder | None
    regions: Mapping[str, str]
    wanted: tuple[Wanted, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    name: str = ""

    @property
    def may_share(self) -> bool:
        return self.order is not None and self.order.role in SHARED


@dataclass(frozen=True)
class NewInvite:
    """A link with its code, which exists only here; `wanted` when a table asked for it."""

    code: str
    role: Role
    region: str
    wanted: Wanted | None = None


@dataclass(frozen=True)
class Batch:
    """Links that were just made."""

    order: InviteOrder
    links: tuple[NewInvite, ...]
    expires_at: datetime
    regions: Mapping[str, str]


@dataclass(frozen=True)
class Listed:
    """A line of the list: one link, or an order with all of its links."""

    invite: Invite
    order: InviteOrder | None
    links: int = 1
    used: int = 0


@dataclass(frozen=True)
class Looked:
    """One link or one order, and everybody who holds a role by it."""

    listed: Listed
    open: bool
    arrivals: tuple[Arrival, ...]
    regions: Mapping[str, str]
    taken_back: int = 0
    """How many links were taken back just now."""


async def expect_line(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """From now on the person's next message may be such a line."""
    ensure_may(actor, Action.INVITE)
    await uow.expectations.set(actor.id, LINE, "invite:0", now=now, hours=1)


async def type_line(uow: UnitOfWork, actor: Actor, text: str, *, now: datetime) -> OrderView:
    """What a typed line asks for, kept until it is made or put away. Raises LineUnclear."""
    ensure_may(actor, Action.INVITE)
    return await ask_for(uow, actor, read_line(text, await _names(uow)), now=now)


async def ask_for(uow: UnitOfWork, actor: Actor, typed: Typed, *, now: datetime) -> OrderView:
    """The same, chosen step by step."""
    ensure_may(actor, Action.INVITE)
    _ensure_grants(actor, typed.role, typed.region)
    regions = await _names(uow)
    if typed.region != EVERYWHERE and typed.region not in regions:
        raise NotFound("region")
    if not 0 < typed.number <= MOST:
        raise TooManyInvites
    await uow.expectations.clear(actor.id, LINE)
    order = await uow.invites.add_order(
        person_id=actor.id,
        name="",
        digest="",
        role=typed.role,
        region=typed.region,
        number=typed.number,
        state=OrderState.WAITING,
        at=now,
    )
    return OrderView(order, regions)


async def receive(
    uow: UnitOfWork, actor: Actor, name: str, digest: str, table: InviteTable, *, now: datetime
) -> OrderView:
    """A table, looked at: all of it or nothing. Its names are not stored, only what it was (`digest`)."""
    ensure_may(actor, Action.INVITE)
    view = await look(uow, actor, name, table)
    if view.mistakes:
        return view
    await uow.expectations.clear(actor.id, LINE)
    return replace(view, order=await _ordered(uow, actor.id, name, digest, table, OrderState.WAITING, now))


async def _ordered(
    uow: UnitOfWork, person_id: int | None, name: str, digest: str, table: InviteTable, state: OrderState, now: datetime
) -> InviteOrder:
    """The order of a table: roles and regions stand in its lines."""
    return await uow.invites.add_order(
        person_id=person_id,
        name=name,
        digest=digest,
        role=None,
        region="",
        number=len(table.wanted),
        state=state,
        at=now,
    )


async def look(uow: UnitOfWork, actor: Actor | None, name: str, table: InviteTable) -> OrderView:
    """What a table asks for, and what is wrong with it. `actor` None: the operator, who may invite anybody."""
    foreign = [
        Mistake(one.line, Fault.MAY_NOT, one.name)
        for one in table.wanted
        if actor is not None and not may_grant(actor, one.role, one.region)
    ]
    mistakes = tuple(sorted((*table.mistakes, *foreign), key=lambda mistake: mistake.line))
    return OrderView(None, await _names(uow), table.wanted, mistakes, name)


async def get_order(uow: UnitOfWork, actor: Actor, order_id: int, version: int, *, now: datetime) -> InviteOrder:
    """An order of one's own that waits for a tap, as it was drawn."""
    ensure_may(actor, Action.INVITE)
    order = await uow.invites.get_order(order_id)
    if order.person_id != actor.id:
        raise NotFound("order")
    if order.state is not OrderState.WAITING or order.version != version or now - order.at > ORDER_WAITS:
        raise OrderOver(order.state)
    return order


async def make_links(
    uow: UnitOfWork,
    actor: Actor,
    order_id: int,
    version: int,
    wanted: Sequence[Wanted] | None,
    digest: str,
    *,
    now: datetime,
    hours: int,
) -> Batch:
    """One link for each person. `wanted` and `digest`: the order's table, read again."""
    order = await get_order(uow, actor, order_id, version, now=now)
    if order.role is None and (wanted is None or digest != order.digest):
        raise TableGone
    made = await uow.invites.decide_order(order, OrderState.MADE, now)
    if made is None:
        raise OrderOver(OrderState.MADE)
    return await _write(uow, actor, made, wanted or (), now, hours)


async def make_for_operator(
    uow: UnitOfWork, name: str, digest: str, table: InviteTable, *, now: datetime, hours: int
) -> Batch | OrderView:
    """The command line's way: shown before, made in one step; with mistakes nothing is."""
    view = await look(uow, None, name, table)
    if view.mistakes:
        return view
    order = await _ordered(uow, None, name, digest, table, OrderState.MADE, now)
    return await _write(uow, None, order, table.wanted, now, hours)


async def _write(
    uow: UnitOfWork, actor: Actor | None, order: InviteOrder, wanted: Sequence[Wanted], now: datetime, hours: int
) -> Batch:
    if order.role is None:
        links = tuple(NewInvite(invites.fresh_code(), one.role, one.region, one) for one in wanted)
    else:
        links = tuple(NewInvite(invites.fresh_code(), order.role, order.region) for _ in range(order.number))
    if actor is not None:
        for link in links:
            _ensure_grants(actor, link.role, link.region)
    expires_at = now + timedelta(hours=hours)
    stored = [NewLink(invites.digest(link.code), link.role, link.region) for link in links]
    await uow.invites.add_links(stored, order.id, None if actor is None else actor.id, now, expires_at)
    await uow.journal.add(
        at=now,
        actor=0 if actor is None else actor.number,
        action="invite.order",
        object_=f"invite_order:{order.id}",
        payload={"links": len(links), "role": order.role, "region": order.region, "hours": hours},
    )
    return Batch(order, links, expires_at, await _names(uow))


async def make_shared(uow: UnitOfWork, actor: Actor, order_id: int, version: int, *, now: datetime, hours: int) -> Made:
    """One link for all of them; each waits to be let in. Raises OnlyVolunteersShare."""
    order = await get_order(uow, actor, order_id, version, now=now)
    if order.role not in SHARED or order.role is None:
        raise OnlyVolunteersShare
    _ensure_grants(actor, order.role, order.region)
    if await uow.invites.decide_order(order, OrderState.MADE, now) is None:
        raise OrderOver(OrderState.MADE)
    return await invites.make(
        uow, actor, order.role, order.region, now=now, hours=hours, max_uses=order.number, shared=True
    )


async def cancel(uow: UnitOfWork, actor: Actor, order_id: int, version: int, *, now: datetime) -> InviteOrder:
    """Put it away; saying it twice changes nothing."""
    order = await uow.invites.get_order(order_id)
    if order.person_id != actor.id:
        raise NotFound("order")
    if order.state is OrderState.CANCELLED:
        return order
    done = await uow.invites.decide_order(replace(order, version=version), OrderState.CANCELLED, now)
    if done is None:
        raise OrderOver(order.state)
    return done


async def by_code(uow: UnitOfWork, actor: Actor, code: str, *, now: datetime) -> tuple[Invite, Mapping[str, str]]:
    """The open invite behind a code, for whoever could make it: its picture and sheet are drawn from the code."""
    ensure_may(actor, Action.INVITE)
    invite = await invites.get_usable(uow, code, now=now)
    _ensure_grants(actor, invite.role, invite.region)
    return invite, await _names(uow)


# -- looking at them and taking them back ----------------------------------------------------------------------------------


async def list_all(
    uow: UnitOfWork, actor: Actor, *, over: bool, now: datetime
) -> tuple[list[Listed], Mapping[str, str]]:
    """Links this person may give, newest first, those of one order as one line. `over`: of the last days, that brought somebody."""
    ensure_may(actor, Action.INVITE)
    found = await uow.invites.over(now, now - LISTED) if over else await uow.people.open_invites(now)
    mine = [invite for invite in found if may_grant(actor, invite.role, invite.region)]
    orders = await uow.invites.orders(sorted({invite.order_id for invite in mine if invite.order_id}))
    listed: dict[tuple[str, int], Listed] = {}
    for invite in mine:
        order = orders.get(invite.order_id or 0)
        key = ("invite", invite.id) if order is None else ("order", order.id)
        known = listed.get(key, Listed(invite, order, 0, 0))
        listed[key] = replace(known, links=known.links + 1, used=known.used + invite.uses)
    return list(listed.values()), await _names(uow)


async def look_at(
    uow: UnitOfWork, actor: Actor, invite_id: int, order_id: int, *, now: datetime, taken_back: int = 0
) -> Looked:
    """One link, or an order with all of its links (`order_id`)."""
    ensure_may(actor, Action.INVITE)
    links = await uow.invites.of_order(order_id) if order_id else [await uow.people.get_invite(invite_id)]
    if not links:
        raise NotFound("invite")
    for link in links:
        _ensure_grants(actor, link.role, link.region)
    order = await uow.invites.get_order(order_id) if order_id else None
    listed = Listed(links[0], order, len(links), sum(link.uses for link in links))
    arrivals = await uow.invites.arrivals([link.id for link in links])
    return Looked(listed, any(_is_open(link, now) for link in links), tuple(arrivals), await _names(uow), taken_back)


def _is_open(invite: Invite, now: datetime) -> bool:
    return invite.revoked_at is None and invite.uses < invite.max_uses and invite.expires_at > now


async def take_back(uow: UnitOfWork, actor: Actor, invite_id: int, order_id: int, *, now: datetime) -> Looked:
    """From now on it is refused (an order: every link that nobody has used); who came by it is shown, and stays."""
    before = await look_at(uow, actor, invite_id, order_id, now=now)
    if not order_id:
        await invites.revoke(uow, actor, invite_id, now=now)
        return await look_at(uow, actor, invite_id, 0, now=now, taken_back=1)
    taken = await uow.invites.revoke_order(order_id, now)
    await uow.journal.add(
        at=now, actor=actor.number, action="invite.revoke", object_=f"invite_order:{order_id}", payload={"links": taken}
    )
    return replace(before, open=False, taken_back=taken)


def _ensure_grants(actor: Actor, role: Role, region: str) -> None:
    if not may_grant(actor, role, region):
        raise Forbidden(Action.INVITE.value)


async def _names(uow: UnitOfWork) -> dict[str, str]:
    return {code: region.name for code, region in (await uow.campaign.regions()).items()}
