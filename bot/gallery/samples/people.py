"""People in groups, one person's card, and what is decided about people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.assignments import POSTED_VIEW, view
from bot.gallery.samples.data import (
    CROWD,
    HTML_NAME,
    HTML_TITLE,
    LONG_NAME,
    LONG_REGION,
    LONG_TITLE,
    MANY_REGIONS,
    NOW,
    REGIONS,
    ZONE,
    minutes,
    page,
    person,
)
from bot.gallery.samples.join import CODE
from bot.gallery.samples.team import BUSY, HELD
from domain.account_move import AccountMove, AccountTaken, MoveEnd, MoveOver, MoveState, NobodyToConfirm, SameMover
from domain.away import Absence, midnight
from domain.errors import DomainError
from domain.people import EVERYWHERE, ROLE_ORDER, Membership, PersonStatus, Role
from domain.ports.people import TeamMember
from domain.privacy import NOBODY
from domain.succession import Choice, Estate, Moved, NotASuccessor
from domain.team import (
    AccessClosed,
    AlreadySuspended,
    Group,
    LastOwner,
    Load,
    NotAboutYourself,
    NoteTooLong,
    NothingToFind,
    NotSuspended,
    OutOfReach,
    PhoneInNote,
    Suspension,
)
from domain.two_people import IN_TIME, Kind, NobodySecond, SamePerson, Wish, WishOver, WishState
from domain.usecases.account_move import MoveView
from domain.usecases.on_behalf import ForOther, Reported
from domain.usecases.suspension import Closing
from domain.usecases.team_lists import PeoplePage, PersonCard
from domain.usecases.team_roles import RoleView
from domain.usecases.two_people import WishView
from handlers.screens import account_move, assignment_parts, on_behalf, proofs, suspension, team_lists, team_roles
from handlers.screens.base import Screen
from texts.words import Words

chapter = Chapter("People")

PEOPLE_ERRORS: tuple[DomainError, ...] = (
    AccessClosed("Ирина Белова", moved=False),
    AccessClosed("", moved=False),
    AccessClosed(LONG_NAME, moved=True),
    AccessClosed("", moved=True),
    LastOwner(),
    OutOfReach(LONG_NAME),
    NotAboutYourself(),
    AlreadySuspended(LONG_NAME),
    NotSuspended(HTML_NAME),
    NotASuccessor(),
    NoteTooLong(512, 300),
    PhoneInNote(),
    NothingToFind(),
    WishOver(),
    SamePerson(),
    NobodySecond(),
    MoveOver(),
    SameMover(),
    NobodyToConfirm(),
    AccountTaken(),
)

ANNA = person()
AWAY = Absence(3, ANNA.id, NOW - timedelta(days=1), midnight(ANNA, NOW.date() + timedelta(days=5)), 2)
COUNTS = {Group.UNREACHABLE: 5, Group.AWAY: 12, Group.OVERLOADED: 3, Group.SUSPENDED: 1}
MEMBERS = tuple(
    TeamMember(replace(one, reachable=n > 1), "anna", HELD if n % 3 else BUSY) for n, one in enumerate(CROWD[:8])
)
SHUT = Suspension(1, ANNA.id, 2, NOW - timedelta(hours=3), None)
PAGES = {"vk-kazan": page(), "vk-long": page("vk-long", LONG_TITLE), "vk-html": page("vk-html", HTML_TITLE)}
MOVED = Moved((1, 2, 3), 1, ("vk-kazan", "vk-html"), ("vk-long",), (5, 6), 4, 1, (7, 8), 2, (9,), 1)


# -- lists --------------------------------------------------------------------------------------------------------------------


@chapter.shows(team_lists.people, team_lists.group_button)
def people(w: Words) -> Iterator[Take]:
    everybody = PeoplePage(Group.ALL, MEMBERS, REGIONS, 0, 25, counts=COUNTS, found=200)
    yield "200 people", team_lists.people(everybody, w)
    yield "Somebody is away", team_lists.people(replace(everybody, away={MEMBERS[0].person.id: AWAY}), w)
    loads = {one.person.id: Load(19, n % 3, 21) for n, one in enumerate(MEMBERS)}
    full = replace(everybody, group=Group.OVERLOADED, loads=loads, pages=1)
    yield "Too much to do", team_lists.people(full, w)
    for group in (Group.UNREACHABLE, Group.AWAY, Group.SUSPENDED):
        shut = tuple(
            replace(one, person=replace(one.person, status=PersonStatus.SUSPENDED)) if group is Group.SUSPENDED else one
            for one in MEMBERS[:2]
        )
        yield f"The group “{group}”", team_lists.people(replace(everybody, group=group, people=shut, pages=1), w)
    yield "An empty group", team_lists.people(PeoplePage(Group.AWAY, (), REGIONS, 0, 1), w)
    yield "Found by name", team_lists.people(replace(everybody, wanted="анна", pages=3, found=21), w)
    yield "Nobody found", team_lists.people(PeoplePage(Group.ALL, (), REGIONS, 0, 1, wanted=HTML_NAME), w)
    nobody = PeoplePage(Group.ALL, (TeamMember(ANNA, "", ()),), REGIONS, 0, 1)
    yield "Somebody without a role", team_lists.people(nobody, w)


@chapter.shows(team_lists.ask_name, team_lists.ask_note, team_lists.back_to)
def asked(w: Words) -> Iterator[Take]:
    yield "The search", team_lists.ask_name(w)
    yield "A first note", team_lists.ask_note(1, LONG_NAME, "", w)
    yield "Another note", team_lists.ask_note(1, HTML_NAME, "после 18:00, <через> маму & папу", w)
    yield "Only the way back", Screen(w("✓ Noted."), (team_lists.back_to(1, w),))


@chapter.shows(team_lists.person, suspension.lifted)
def one_person(w: Words) -> Iterator[Take]:
    plain = PersonCard(TeamMember(ANNA, "anna_sokolova", HELD), REGIONS, Load(0, 0, 21))
    yield "As a press secretary sees a volunteer", team_lists.person(plain, "all", 0, w, ZONE, NOW)
    mine = replace(plain, load=Load(5, 0, 21), may_report=True, may_roles=True, may_move=True, may_suspend=True)
    noted = replace(mine, note="после 18:00, через Ирину", load=Load(18, 2, 21), absence=AWAY)
    yield "As the coordinator does, with a note", team_lists.person(noted, "all", 0, w, ZONE, NOW, w("✓ Noted."))
    asleep = person(name=LONG_NAME, zone="Asia/Kamchatka", reachable=False)
    far = replace(mine, member=TeamMember(asleep, "", BUSY))
    yield "Unreachable, in quiet hours, three roles", team_lists.person(far, "far", 2, w, ZONE, NOW)
    shut = replace(ANNA, status=PersonStatus.SUSPENDED)
    closed = replace(mine, member=TeamMember(shut, "", HELD), suspension=SHUT, suspended_by="Ирина Белова")
    closed = replace(closed, may_report=False, may_roles=False)
    yield "Access closed", team_lists.person(closed, "shut", 0, w, ZONE, NOW)
    lifted = suspension.lifted(ANNA.name, w)
    yield "Access opened again", team_lists.person(mine, "all", 0, w, ZONE, NOW, lifted)


# -- access -------------------------------------------------------------------------------------------------------------------


@chapter.shows(suspension.shut, suspension.leave)
def going(w: Words) -> Iterator[Take]:
    estate = Estate(3, tuple(f"VK Казань {n}" for n in range(14)), 12, 2, 1)
    choice = Choice(replace(ANNA, name=LONG_NAME), estate, CROWD[:20])
    yield "Closing access: much is open", suspension.shut(choice, 0, w)
    yield "Nothing is open", suspension.shut(Choice(ANNA, Estate()), 0, w)
    yield "Leaving: one draft", suspension.leave(Choice(ANNA, Estate(1), CROWD[:3]), 0, w)
    yield "Leaving with nothing", suspension.leave(Choice(ANNA, Estate()), 0, w)


@chapter.shows(suspension.closed, suspension.left, suspension.moved_lines)
def gone(w: Words) -> Iterator[Take]:
    yield "Closed, everything moved", suspension.closed(Closing(ANNA, MOVED, "Борис Громов"), PAGES, w)
    yield "Closed, nobody took over", suspension.closed(Closing(ANNA, Moved(back=1)), {}, w)
    wish = _wish(Kind.SUSPEND_LEADER)
    yield "Two people decide", suspension.closed(Closing(replace(ANNA, name=HTML_NAME), Moved(), "", wish), {}, w)
    yield "Left", suspension.left(Closing(ANNA, MOVED, LONG_NAME), PAGES, w)
    yield "Left with nothing", suspension.left(Closing(ANNA, Moved()), {}, w)


@chapter.shows(suspension.told_leaders, suspension.told_erased, suspension.took_over)
def heard(w: Words) -> Iterator[Take]:
    yield (
        "To the managers: closed",
        suspension.told_leaders(LONG_NAME, HTML_NAME, left=False, moved=MOVED, pages=PAGES, w=w),
    )
    yield "To the managers: left", suspension.told_leaders(HTML_NAME, "", left=True, moved=Moved(), pages={}, w=w)
    yield (
        "Who took over is no colleague of theirs",
        suspension.told_leaders(HTML_NAME, "", left=True, moved=MOVED, pages=PAGES, w=w),
    )
    yield "To the managers: erased", suspension.told_erased(MOVED, PAGES, w)
    calls = Moved(promises=(7,), calls=(9,))
    yield "To the successor: a commitment and an urgent text", suspension.took_over(HTML_NAME, calls, {}, w)
    yield "To the successor", suspension.took_over("Анна Соколова", MOVED, PAGES, w)


@chapter.shows(suspension.shut_out, suspension.shut_out_words, suspension.open_again)
def shut_out(w: Words) -> Iterator[Take]:
    yield "To the person", suspension.shut_out("Ирина Белова", w)
    yield "Nobody to name", suspension.shut_out("", w)
    yield "Open again", suspension.open_again(w)


# -- roles and a second yes ---------------------------------------------------------------------------------------------------


def _wish(kind: Kind, state: WishState = WishState.OPEN) -> Wish:
    appointed = kind is Kind.APPOINT_MANAGER
    role, region = (Role.MANAGER, EVERYWHERE) if appointed else (None, "")
    return Wish(4, kind, 1, role, region, None if appointed else 9, 2, NOW, NOW + IN_TIME, state, 3)


@chapter.shows(team_roles.roles, team_roles.ask_take, team_roles.taken, team_roles.pick_region, team_roles.two_decide)
def roles(w: Words) -> Iterator[Take]:
    held = (*BUSY, Membership(Role.MANAGER, EVERYWHERE))
    yield "As an owner sees them", team_roles.roles(RoleView(1, LONG_NAME, held, ROLE_ORDER, ()), REGIONS, w)
    mine = RoleView(1, "Анна Соколова", (), (Role.VOLUNTEER,), ())
    yield "As a coordinator, nothing held", team_roles.roles(mine, REGIONS, w, w("✓ The role is given; they are told."))
    wish = replace(mine, roles=ROLE_ORDER[1:], wish=_wish(Kind.APPOINT_MANAGER))
    place = REGIONS[LONG_REGION]
    yield "Take one back?", team_roles.ask_take(replace(mine, held=held), Role.PRESS_SECRETARY, LONG_REGION, place, w)
    only = replace(mine, name=HTML_NAME, held=HELD)
    yield "Take the only one back?", team_roles.ask_take(only, Role.VOLUNTEER, "kazan", "Казань", w)
    yield "The last one was taken", team_roles.roles(mine, REGIONS, w, team_roles.taken(MOVED, PAGES, w))
    yield "Two people decide", team_roles.roles(wish, REGIONS, w, w("✓ The role is taken back; they are told."))
    many = replace(mine, regions=((EVERYWHERE, ""), *MANY_REGIONS.items()))
    yield "Where", team_roles.pick_region(many, Role.PRESS_SECRETARY, 0, w)
    yield "Nowhere left", team_roles.pick_region(mine, Role.VOLUNTEER, 0, w)


@chapter.shows(team_roles.role_mine, team_roles.role_gone, team_roles.role_new, team_roles.role_taken)
def told(w: Words) -> Iterator[Take]:
    place = REGIONS[LONG_REGION]
    yield "A new role", team_roles.role_mine(Role.PRESS_SECRETARY, place, "Мария Котова", w)
    yield "By the operator", team_roles.role_mine(Role.OWNER, "вся кампания", "", w)
    yield "One less", team_roles.role_gone(Role.COORDINATOR, place, w)
    yield "To the others", team_roles.role_new(1, HTML_NAME, Role.MANAGER, place, LONG_NAME, w)
    yield "To the others: taken back", team_roles.role_taken(1, HTML_NAME, Role.MANAGER, place, LONG_NAME, w)
    yield "To the others, by the operator", team_roles.role_new(1, "Анна", Role.COORDINATOR, place, "", w)


@chapter.shows(team_roles.wish, team_roles.wish_decided)
def wishes(w: Words) -> Iterator[Take]:
    shut = WishView(_wish(Kind.SUSPEND_LEADER), LONG_NAME, "Ольга Зимина", "", "Борис Громов")
    yield "Closing a manager's access", team_roles.wish(shut, w, ZONE, NOW)
    made = WishView(_wish(Kind.APPOINT_MANAGER), "Анна Соколова", HTML_NAME, "")
    yield "Appointing", team_roles.wish(made, w, ZONE, NOW)
    gone = WishView(replace(_wish(Kind.ERASE), by_id=None), HTML_NAME, "", "")
    yield "Erasing somebody", team_roles.wish(gone, w, ZONE, NOW)
    over = replace(gone, wish=_wish(Kind.ERASE, WishState.DONE), name=NOBODY, decided="Павел Ежов")
    yield "Erased", team_roles.wish(over, w, ZONE, NOW)
    done = replace(shut, wish=_wish(Kind.SUSPEND_LEADER, WishState.DONE), decided="Павел Ежов")
    yield "Agreed", team_roles.wish(done, w, ZONE, NOW)
    no = replace(made, wish=_wish(Kind.APPOINT_MANAGER, WishState.DECLINED), decided="Павел Ежов")
    yield "Refused", team_roles.wish_decided(no, w, ZONE, NOW)
    yield "Its day is over", team_roles.wish(made, w, ZONE, NOW + IN_TIME)
    before = replace(gone, wish=_wish(Kind.ERASE, WishState.LAPSED), name=NOBODY)
    yield "They erased themselves first", team_roles.wish(before, w, ZONE, NOW)


# -- accounts, and reporting for somebody -------------------------------------------------------------------------------------


@chapter.shows(account_move.explain, account_move.link_made)
def moving(w: Words) -> Iterator[Take]:
    yield "How it goes", account_move.explain(1, w)
    url = f"https://t.me/nash_kray_hq_bot?start=new_{CODE}"
    yield "The link", account_move.link_made(_move(HTML_NAME), url, w, ZONE, NOW)


def _move(name: str, username: str = "anna_new") -> MoveView:
    account = AccountMove(3, 1, 2, NOW, minutes(120), MoveState.CLAIMED, 555, name, username)
    return MoveView(account, "Анна Соколова", "Ирина Белова", "anna")


@chapter.shows(
    account_move.begun,
    account_move.stopped_mine,
    account_move.stopped,
    account_move.offer,
    account_move.claimed,
    account_move.ask,
    account_move.decided,
    account_move.ended,
    account_move.gone,
    account_move.unmoved,
    account_move.welcome,
    account_move.farewell,
)
def moved(w: Words) -> Iterator[Take]:
    yield "The old account, once the link is made", account_move.begun(_move("", ""), w)
    yield "It was not them", account_move.stopped_mine(_move("", ""), w)
    yield "To who made the link", account_move.stopped(replace(_move("", ""), name=LONG_NAME), w)
    yield "On the new account", account_move.offer(_move("Анна"), CODE, w)
    yield "It waits", account_move.claimed(w)
    yield "Who confirms", account_move.ask(_move(LONG_NAME), w)
    yield "Without a username", account_move.ask(_move(HTML_NAME, ""), w)
    yield "Confirmed", account_move.decided(LONG_NAME, done=True, w=w)
    yield "Refused", account_move.decided(HTML_NAME, done=False, w=w)
    yield "The other's card, once they are erased", account_move.gone(w)
    for end in (MoveEnd.DONE, MoveEnd.REFUSED, MoveEnd.STOPPED, MoveEnd.REPLACED, MoveEnd.EXPIRED):
        yield f"The other's card: {end}", account_move.ended(replace(_move("", ""), decided_by=HTML_NAME), end, w)
    for end in (MoveEnd.REFUSED, MoveEnd.STOPPED, MoveEnd.REPLACED):
        yield f"The new account stays outside: {end}", account_move.unmoved(end, w)
    yield "The new account", account_move.welcome(w)
    yield "The old account", account_move.farewell("Ирина Белова", w)
    yield "The old account, nobody to name", account_move.farewell("", w)


@chapter.shows(on_behalf.menu, on_behalf.ask, on_behalf.done, on_behalf.for_you, assignment_parts.given_for)
def for_somebody(w: Words) -> Iterator[Take]:
    long = view(page=page("vk-long", LONG_TITLE))
    yield "Posts and pages", on_behalf.menu(ForOther(1, LONG_NAME, ZONE, (view(), long), (page(),)), w, ZONE, NOW)
    yield "Nothing", on_behalf.menu(ForOther(1, HTML_NAME, ZONE, (), ()), w, ZONE, NOW)
    found = Reported(long, HTML_NAME, "Ирина Белова")
    yield "The link", on_behalf.ask(found, w, ZONE)
    yield "Done", on_behalf.done(found, w)
    yield "To the person", on_behalf.for_you("Ирина Белова", LONG_TITLE, "14:30", "https://vk.com/wall-1_2", w)
    yield "The person's own card", proofs.posted(replace(POSTED_VIEW, given_by=HTML_NAME), w, NOW)
