"""Invites: for one, for many, by a shared link; who waits and who came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import (
    CROWD,
    HTML_NAME,
    LONG_NAME,
    LONG_REGION,
    MANY_REGIONS,
    NOW,
    REGIONS,
    ZONE,
    minutes,
)
from bot.gallery.samples.join import CODE
from domain.course import CourseOver, PracticeLink
from domain.errors import DomainError
from domain.invites import (
    AlreadyAsked,
    Arrival,
    Entry,
    EntryDecided,
    EntryState,
    InviteOrder,
    LineUnclear,
    OnlyVolunteersShare,
    OrderOver,
    OrderState,
    TableGone,
    TooManyInvites,
)
from domain.invites_table import Fault, Mistake, Wanted
from domain.people import EVERYWHERE, Role
from domain.ports.people import Invite
from domain.usecases.invites_entries import EntryCard
from domain.usecases.invites_many import Batch, Listed, Looked, NewInvite, OrderView
from handlers.screens import invites, invites_entries, invites_list, invites_many
from handlers.screens.base import Screen, paragraphs
from reports.invite_sheet import Sheet, document
from texts.words import Words

chapter = Chapter("Invites")

URL = f"https://t.me/nash_kray_hq_bot?start={CODE}"
INVITE = Invite(4, Role.VOLUNTEER, "kazan", 1, NOW + timedelta(hours=72), 1, 0, None)
SHARED = replace(INVITE, max_uses=200, uses=57, shared=True)
ORDER = InviteOrder(6, 1, 1, "", "", Role.VOLUNTEER, "kazan", 200, OrderState.WAITING, NOW, None)
TABLE = replace(ORDER, role=None, region="", name="Волонтёры <Казань> и соседние районы, сентябрь.csv", number=3)
WANTED = (
    Wanted(2, "Анна Соколова", Role.VOLUNTEER, "kazan", "со двора"),
    Wanted(3, HTML_NAME, Role.PRESS_SECRETARY, LONG_REGION),
    Wanted(4, LONG_NAME, Role.VOLUNTEER, EVERYWHERE),
)
INVITE_ERRORS: tuple[DomainError, ...] = (
    LineUnclear("role", "12 Омск"),
    LineUnclear("role", "3 новые площадки открыли сегодня в Омске"),
    LineUnclear("region", ""),
    LineUnclear("region", "нарния и соседние земли за большим морем"),
    LineUnclear("number", "2 3 волонтёра омск"),
    LineUnclear("one region", "Комсомольск-на-Амуре и район, Приморье"),
    LineUnclear("digits", "двадцать"),
    TooManyInvites(),
    OnlyVolunteersShare(),
    *(OrderOver(state) for state in OrderState),
    TableGone(),
    AlreadyAsked(refused=True),
    AlreadyAsked(refused=False),
    EntryDecided(),
    PracticeLink(),
    CourseOver(),
)


@chapter.shows(invites.pick_role, invites.pick_region)
def pick(w: Words) -> Iterator[Take]:
    yield "An owner may invite anybody", invites.pick_role(tuple(Role), w)
    yield "A coordinator", invites.pick_role((Role.VOLUNTEER,), w)
    options = [(EVERYWHERE, ""), *MANY_REGIONS.items()]
    yield "90 regions", invites.pick_region(Role.PRESS_SECRETARY, options, 0, w)


@chapter.shows(invites.made)
def made(w: Words) -> Iterator[Take]:
    yield "The link", invites.made(INVITE, URL, REGIONS, w, ZONE, NOW)
    wide = replace(INVITE, role=Role.PRESS_SECRETARY, region=EVERYWHERE)
    yield "For the whole campaign", invites.made(wide, URL, REGIONS, w, ZONE, NOW)


@chapter.shows(invites_many.many, invites_many.region, invites_many.size)
def many(w: Words) -> Iterator[Take]:
    yield "How to invite many", invites_many.many(tuple(Role), w)
    options = [(EVERYWHERE, ""), *MANY_REGIONS.items()]
    yield "Step by step: 90 regions", invites_many.region(Role.PRESS_SECRETARY, options, 0, w)
    yield "How many", invites_many.size(Role.PRESS_SECRETARY, LONG_REGION, REGIONS, w)


@chapter.shows(invites_many.order, invites_many.mistaken)
def order(w: Words) -> Iterator[Take]:
    yield "200 volunteers", invites_many.order(OrderView(ORDER, REGIONS), 72, w)
    staff = replace(ORDER, role=Role.PRESS_SECRETARY, region=LONG_REGION, number=3)
    yield "Staff: no shared link", invites_many.order(OrderView(staff, REGIONS), 72, w)
    yield "A table", invites_many.order(OrderView(TABLE, REGIONS, WANTED, name=TABLE.name), 1, w)
    crowd = tuple(Wanted(n, "Ким", Role.VOLUNTEER, code) for n, code in enumerate(MANY_REGIONS, 2))
    yield "A table for 90 regions", invites_many.order(OrderView(TABLE, MANY_REGIONS, crowd, name="все.csv"), 72, w)
    wrong = tuple(
        Mistake(n if n > 1 else 0, fault, "role" if fault is Fault.HEAD_LACKS else LONG_NAME)
        for n, fault in enumerate(Fault, 1)
    )
    for part in (wrong[:7], wrong[7:], wrong * 3):
        view = OrderView(None, REGIONS, mistakes=part, name="волонтёры.csv")
        yield f"{len(part)} mistakes", invites_many.order(view, 72, w)
    yield "Put away", invites_many.put_away(w)


@chapter.shows(invites_many.put_away, invites_many.made_links, invites_many.table_caption)
def links(w: Words) -> Iterator[Take]:
    yield "Put away on second thoughts", invites_many.put_away(w)
    batch = Batch(ORDER, tuple(NewInvite(CODE, one.role, one.region, one) for one in WANTED), minutes(4320), REGIONS)
    yield "Made", invites_many.made_links(batch, w)
    single = replace(batch, links=batch.links[:1])
    yield "Made one", invites_many.made_links(single, w)
    yield "Above its table", Screen(invites_many.table_caption(single, w, ZONE, NOW))
    heads, rows = invites_many.table_rows(batch, URL[:-24], w, ZONE, NOW)
    text = paragraphs(
        invites_many.table_name(w), "; ".join(heads), *("; ".join(row) for row in rows),
        invites_many.table_caption(batch, w, ZONE, NOW),
    )  # fmt: skip
    yield "The table, and the words under it", Screen(text)


@chapter.shows(invites_many.shared)
def shared(w: Words) -> Iterator[Take]:
    yield "A shared link", invites_many.shared(SHARED, URL, CODE, REGIONS, w, ZONE, NOW)


@chapter.shows(invites_many.qr_caption)
def picture(w: Words) -> Iterator[Take]:
    long = replace(SHARED, region=LONG_REGION)
    yield "Under the QR picture", Screen(invites_many.qr_caption(long, URL, REGIONS, w, ZONE, NOW))


@chapter.shows(document)
def sheet(w: Words) -> Iterator[Take]:
    made = document(Sheet("Наш край", Role.VOLUNTEER, REGIONS["kazan"], HTML_NAME, URL, minutes(4320)), w, ZONE, NOW)
    lines = made["lines"]
    assert isinstance(lines, list)  # noqa: S101 - so it was made
    yield (
        "The words of the sheet to print",
        Screen(paragraphs(*(str(made[key]) for key in ("title", "role", "foot")), *lines)),
    )


@chapter.shows(invites_list.listed)
def listed(w: Words) -> Iterator[Take]:
    yield "None open", invites_list.listed([], REGIONS, 0, w, ZONE, over=False)
    long = replace(INVITE, role=Role.PRESS_SECRETARY, region=LONG_REGION)
    found = [Listed(INVITE, None), Listed(SHARED, None), Listed(long, None), Listed(INVITE, ORDER, 200, 5)]
    yield "32 open", invites_list.listed([*found, Listed(INVITE, TABLE, 3, 1)] * 7, REGIONS, 0, w, ZONE, over=False)
    yield "None over", invites_list.listed([], REGIONS, 0, w, ZONE, over=True)
    yield "Some over", invites_list.listed(found, REGIONS, 0, w, ZONE, over=True)


@chapter.shows(invites_list.one)
def one(w: Words) -> Iterator[Take]:
    came = tuple(Arrival(p.id, p.name, Role.VOLUNTEER, "kazan", minutes(-n)) for n, p in enumerate(CROWD))
    gone = replace(SHARED, revoked_at=NOW)
    used = replace(INVITE, uses=1)
    for title, looked in (
        ("Not used yet", Looked(Listed(INVITE, None), True, (), REGIONS)),
        ("A shared link", Looked(Listed(SHARED, None, 1, 57), True, came[:57], REGIONS)),
        ("Taken back: who came by it", Looked(Listed(gone, None, 1, 57), False, came[:3], REGIONS, 1)),
        ("Used", Looked(Listed(used, None, 1, 1), False, came[:1], REGIONS)),
        ("Over, and nobody came", Looked(Listed(INVITE, None), False, (), REGIONS)),
        ("An order", Looked(Listed(INVITE, ORDER, 200, 5), True, came[:5], REGIONS)),
        ("An order taken back", Looked(Listed(INVITE, TABLE, 3, 1), False, came[:1], REGIONS, 2)),
    ):
        yield title, invites_list.one(looked, w, ZONE, NOW)


def _entry(number: int, name: str, username: str = "") -> Entry:
    return Entry(number, 4, 2000 + number, name, username, "ru", EntryState.WAITING, minutes(-number), 2, None)


@chapter.shows(invites_entries.card)
def entries(w: Words) -> Iterator[Take]:
    yield "Nobody waits", invites_entries.card(EntryCard(SHARED, (), 57, REGIONS), w, ZONE, NOW)
    yield "One", invites_entries.card(EntryCard(SHARED, (_entry(1, "Борис", "boris"),), 56, REGIONS), w, ZONE, NOW)
    crowd = tuple(_entry(n, p.name, "" if n % 2 else "somebody_here") for n, p in enumerate(CROWD, 1))
    long = replace(SHARED, region=LONG_REGION)
    yield "200 at a rally", invites_entries.card(EntryCard(long, crowd, 0, REGIONS), w, ZONE, NOW)
