"""Many invites at once: the line, the order, the links as a table or one shared link with its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.invites import SHARED
from domain.invites_table import Fault, Mistake
from domain.people import Role
from domain.ports.people import Invite
from domain.usecases.invites_many import Batch, OrderView
from handlers.screens.base import Row, Screen, button, copy, grid, label, lines, link, paragraphs
from handlers.screens.keyboards import choices
from handlers.screens.nav import Go, home
from texts.roles import place_name, role_group, role_name
from texts.words import Words, mark

SHOWN = 5
SHOWN_MISTAKES = 12
SIZES = (10, 25, 50, 100, 200, 500)
LONGEST_CELL = 40


class ManyButton(CallbackData, prefix="iv"):
    """`verb`: many, role, region, size (the steps: `code` is "volunteer" or "volunteer.kazan", `n` the number or page);

    links, share, cancel (an order: `id`, `n` its version); qr, sheet (`code` of the invite); list, past (`n` the page);
    one, undo (a link: `id`), order, back (an order: `id`): look, take back;
    card, all (`id` of the invite, `n` the newest entry), in, no (`id` of an entry).
    """

    verb: str
    id: int = 0
    n: int = 0
    code: str = ""


# -- asking -----------------------------------------------------------------------------------------------------------------


def many(roles: Sequence[Role], w: Words) -> Screen:
    """How to invite many: by a line, by a table, or step by step."""
    example = w.plain("50 volunteers Kazan")
    table = w.plain("name;role;region")
    buttons = [button(role_group(role, w).capitalize(), ManyButton(verb="role", code=role)) for role in roles]
    return Screen(
        paragraphs(
            w("<b>Many at once</b>"),
            w("Write how many, who and where in one line: <code>{example}</code>", example=example),
            w(
                "Or send a table (CSV) with the columns <code>{table}</code>: it comes back with a link for everybody."
                " Names are not stored.",
                table=table,
            ),
            w("Or choose step by step:"),
        ),
        (*grid(buttons, 2), (button(w.plain("‹ Back"), Go(to="invite")),)),
    )


def region(role: Role, options: Sequence[tuple[str, str]], page: int, w: Words) -> Screen:
    """`options`: code and name; everywhere comes as `*` with an empty name."""
    everywhere = w.plain("the whole campaign")
    rows = choices(
        options,
        lambda o: button(
            label(o[1] or everywhere[:1].upper() + everywhere[1:]), ManyButton(verb="region", code=f"{role}.{o[0]}")
        ),
        page,
        lambda to: ManyButton(verb="role", code=role, n=to),
        width=2,
        size=12,
    )
    text = w("<b>{roles}</b>: for which region?", roles=role_group(role, w).capitalize())
    return Screen(text, (*rows, (button(w.plain("‹ Back"), ManyButton(verb="many")),)))


def size(role: Role, code: str, regions: Mapping[str, str], w: Words) -> Screen:
    buttons = [button(w.number(n), ManyButton(verb="size", n=n, code=f"{role}.{code}")) for n in SIZES]
    text = w(
        "<b>{roles}</b>, {place}: how many?", roles=role_group(role, w).capitalize(), place=place_name(code, regions, w)
    )
    back = (button(w.plain("‹ Back"), ManyButton(verb="role", code=role)),)
    return Screen(text, (tuple(buttons[:3]), tuple(buttons[3:]), back))


# -- an order ---------------------------------------------------------------------------------------------------------------


def order(view: OrderView, hours: int, w: Words) -> Screen:
    """What would be made; with mistakes, every one of them by its line."""
    if view.order is None:
        return mistaken(view, w)
    asked = view.order
    lasts = w.n("Links work for {n} hour.", "Links work for {n} hours.", hours)
    if asked.role is None:
        head = w("<b>Invites from a table</b>: {file}", file=asked.name)
        return Screen(
            paragraphs(head, people(view, w), lines(w("The table comes back with a link in each line."), lasts)),
            _order_rows(view, w),
        )
    what = w(
        "<b>{n} × {role}</b>, {place}",
        n=w.number(asked.number),
        role=role_name(asked.role, w),
        place=place_name(asked.region, view.regions, w),
    )
    ways = lines(
        w("• <b>Links for one person each</b>: a table; each link works once and lets in at once."),
        w("• <b>One shared link</b> with a QR picture: whoever comes by it waits until a coordinator taps.")
        if asked.role in SHARED
        else w("A shared link is for volunteers only: it gives no role above theirs."),
    )
    return Screen(paragraphs(what, ways, lasts), _order_rows(view, w))


def _order_rows(view: OrderView, w: Words) -> tuple[Row, ...]:
    assert view.order is not None  # noqa: S101 - only an order that waits has buttons
    asked = view.order
    make = w.plain_n("Make {n} link", "Make {n} links", asked.number)
    rows: list[Row] = [(button(make, ManyButton(verb="links", id=asked.id, n=asked.version)),)]
    if view.may_share:
        rows.append((button(w.plain("One shared link"), ManyButton(verb="share", id=asked.id, n=asked.version)),))
    rows.append((button(w.plain("Cancel"), ManyButton(verb="cancel", id=asked.id, n=asked.version)),))
    return tuple(rows)


def people(view: OrderView, w: Words) -> Markup:
    """How many of whom a table asks for, also for the command line."""
    counts: dict[tuple[Role, str], int] = {}
    for one in view.wanted:
        counts[one.role, one.region] = counts.get((one.role, one.region), 0) + 1
    shown = [
        w("{role}, {place}: {n}", role=role_name(role, w), place=place_name(code, view.regions, w), n=w.number(n))
        for (role, code), n in list(counts.items())[:SHOWN_MISTAKES]
    ]
    rest = len(counts) - len(shown)
    return lines(*shown, w.n("and {n} more", "and {n} more", rest) if rest else None)


def mistaken(view: OrderView, w: Words) -> Screen:
    found = w.n(
        "{n} mistake, so no link was made. Put it right and send the table again.",
        "{n} mistakes, so no link was made. Put them right and send the table again.",
        len(view.mistakes),
    )
    head = w("<b>Invites from a table</b>: {file}", file=view.name)
    return Screen(paragraphs(head, found, mistakes(view.mistakes, w)), (home(w),))


def mistakes(found: Sequence[Mistake], w: Words) -> Markup:
    """Every mistake with its line, the first ones at least; also for the command line."""
    rest = len(found) - SHOWN_MISTAKES
    more = w.n("and {n} more", "and {n} more", rest) if rest > 0 else None
    return lines(*(_mistake(mistake, w) for mistake in found[:SHOWN_MISTAKES]), more)


_WHY: Mapping[Fault, str] = {
    Fault.NO_LINES: mark("there are no lines with people"),
    Fault.HEAD_UNKNOWN: mark("no such column: “{cell}”; there are name, role, region, note"),
    Fault.HEAD_TWICE: mark("the column “{cell}” stands there twice"),
    Fault.HEAD_LACKS: mark("the column “{cell}” is missing"),
    Fault.CELLS: mark("there are more or fewer cells than in the first line"),
    Fault.BROKEN: mark("the quotation marks do not fit together"),
    Fault.TOO_MANY: mark("there are more than 500 lines: split the table"),
    Fault.NAME_EMPTY: mark("the name is missing"),
    Fault.LONG: mark("“{cell}” is too long"),
    Fault.ROLE_UNKNOWN: mark("there is no role “{cell}”"),
    Fault.REGION_UNKNOWN: mark("there is no region “{cell}”"),
    Fault.MAY_NOT: mark("you may not invite “{cell}” to this role there"),
}


def _mistake(mistake: Mistake, w: Words) -> Markup:
    if mistake.fault is Fault.HEAD_LACKS:  # the column's own name, not the person's
        mistake = replace(mistake, cell=w.plain(mistake.cell))  # texts: dynamic
    cell = mistake.cell if len(mistake.cell) <= LONGEST_CELL else mistake.cell[: LONGEST_CELL - 1] + "…"
    why = w(_WHY[mistake.fault], cell=cell)  # texts: dynamic
    return w("Line {line}: {why}", line=mistake.line, why=why) if mistake.line else why


def put_away(w: Words) -> Screen:
    return Screen(w("Put away: no link was made."), ((button(w.plain("Invite somebody"), Go(to="invite")),), home(w)))


# -- made -------------------------------------------------------------------------------------------------------------------


def made_links(batch: Batch, w: Words) -> Screen:
    """Takes the order's place; the table is the message below."""
    n = w.n("✅ {n} link is made.", "✅ {n} links are made.", len(batch.links))
    one = w("It stands in the table below and is not stored: nobody can show it again.")
    many = w("They stand in the table below and are not stored: nobody can show them again.")
    return Screen(
        paragraphs(n, one if len(batch.links) == 1 else many),
        (
            (button(w.plain("Take all back"), ManyButton(verb="order", id=batch.order.id)),),
            (button(w.plain("Open invites"), ManyButton(verb="list")),),
        ),
    )


def table_caption(batch: Batch, w: Words, zone: str, now: datetime) -> Markup:
    when = w.moment(batch.expires_at, zone, now)
    if len(batch.links) == 1:
        return w("The link works once, until {when}. Send it to its person, and to nobody else.", when=when)
    return w("Each link works once, until {when}. Send each to its own person, and to nobody else.", when=when)


def table_name(w: Words) -> str:
    return w.plain("invites.csv")


def table_rows(batch: Batch, bot_link: str, w: Words, zone: str, now: datetime) -> tuple[list[str], list[list[str]]]:
    """The heads and lines of the returned table. `bot_link` ends where the code begins."""
    until = w.moment(batch.expires_at, zone, now)
    heads = [w.plain(text) for text in _TABLE_HEADS]  # texts: dynamic
    rows = [
        [
            one.wanted.name if one.wanted else str(number),
            role_name(one.role, w),
            place_name(one.region, batch.regions, w),
            one.wanted.note if one.wanted else "",
            f"{bot_link}{one.code}",
            until,
        ]
        for number, one in enumerate(batch.links, 1)
    ]
    return heads, rows


_TABLE_HEADS = (mark("name"), mark("role"), mark("region"), mark("note"), mark("link"), mark("works until"))


def shared(
    invite: Invite, url: str, code: str, regions: Mapping[str, str], w: Words, zone: str, now: datetime
) -> Screen:
    """One link for many: each waits for a tap."""
    share = f"https://t.me/share/url?url={quote(url, safe='')}"
    return Screen(
        paragraphs(
            w(
                "Shared link: <b>{role}</b>, {place}",
                role=role_name(invite.role, w),
                place=place_name(invite.region, regions, w),
            ),
            w("<code>{url}</code>", url=url),
            lines(
                w.n("For {n} person at most", "For {n} people at most", invite.max_uses),
                w("until {when}.", when=w.moment(invite.expires_at, zone, now)),
                w("Whoever comes by it waits until you or a colleague let them in: the card will come here."),
            ),
        ),
        (
            (link(w.plain("Send"), share), copy(w.plain("Copy link"), url)),
            (
                button(w.plain("QR picture"), ManyButton(verb="qr", code=code)),
                button(w.plain("Sheet to print"), ManyButton(verb="sheet", code=code)),
            ),
            (button(w.plain("Take it back"), ManyButton(verb="one", id=invite.id)),),
            (button(w.plain("Open invites"), ManyButton(verb="list")),),
        ),
    )


def qr_caption(invite: Invite, url: str, regions: Mapping[str, str], w: Words, zone: str, now: datetime) -> Markup:
    """Under the picture: it can be sent on as it is."""
    return paragraphs(
        w(
            "Join our headquarters: <b>{role}</b>, {place}. Point your phone's camera at the picture or open the link.",
            role=role_name(invite.role, w),
            place=place_name(invite.region, regions, w),
        ),
        w("{url}", url=url),
        w("Works until {when}.", when=w.moment(invite.expires_at, zone, now)),
    )
