"""Who gets what of many slots: fairly, within everybody's limits, and as many as can be filled at all."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.availability import Availability
from domain.filling import fill
from domain.norms import Window
from domain.people import Person, PersonStatus
from domain.sharing import Clock, Mix, Pool, Poster, Ready, Seat

DAY = date(2026, 9, 7)
NOON = datetime(2026, 9, 7, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOON = NOON - 5 * HOUR
SOMEBODY = Person(
    1, "p", "ru", "Europe/Moscow", "kazan", PersonStatus.ACTIVE, reachable=True, digest_at=time(8),
    quiet_from=time(22), quiet_to=time(8), version=1,
)  # fmt: skip


def poster(number: int, cap: int = 3, **more: object) -> Poster:
    return Poster(number, Clock(SOMEBODY), cap, **more)  # type: ignore[arg-type]  # fields as given


def text(number: int, **more: object) -> Ready:
    return Ready(number, 1, number, **more)  # type: ignore[arg-type]  # fields as given


def seat(page: str, hours: int, pool: Pool, texts: list[Ready], **more: object) -> Seat:
    return Seat(page, DAY, NOON + hours * HOUR, pool, texts, **more)  # type: ignore[arg-type]  # fields as given


def given_to(seats: list[Seat]) -> list[tuple[int | None, int | None]]:
    return [
        (s.text.draft_id if s.text is not None else None, s.poster.id if s.poster is not None else None) for s in seats
    ]


# -- people ---------------------------------------------------------------------------------------------------------------


def test_the_least_burdened_come_first_and_everybody_has_a_turn() -> None:
    texts = [text(n) for n in range(1, 5)]
    pool = Pool([poster(1, week=2), poster(2, week=1, since=5.0), poster(3, week=1, since=4.0)])
    seats = [seat("p", n, pool, texts) for n in range(4)]
    fill(seats, SOON)
    assert given_to(seats) == [(1, 3), (2, 2), (3, 1), (4, 3)]


def test_nobody_posts_twice_at_one_moment_above_their_cap_or_when_they_cannot() -> None:
    texts = [text(n) for n in range(1, 9)]
    busy, full = poster(1, busy={NOON}), poster(2, held={DAY: 3}, asked={DAY: 3})
    away, gone = poster(3, away=(SOON, NOON + HOUR)), poster(4, reachable=False)
    off = poster(5, declared=Availability(5, days_off=frozenset([DAY])))
    late = poster(6, declared=Availability(6, hours=(Window(time(13), time(15)),)))
    before = poster(7, refused={70})
    pool = Pool([busy, full, away, gone, off, late, before])
    at_noon = [seat("p", 0, pool, texts, slot_id=70)]
    fill(at_noon, SOON)
    assert given_to(at_noon) == [(None, None)]
    after = [seat("p", 1, pool, texts, slot_id=71)]
    fill(after, SOON)
    assert [number for _, number in given_to(after)] == [1]


def test_quiet_hours_are_kept_unless_the_person_said_yes_to_them() -> None:
    owl = poster(2, declared=Availability(2, at_night=True))
    night = [seat("p", 12, Pool([poster(1), owl]), [text(1)])]
    fill(night, SOON)
    assert given_to(night) == [(1, 2)]
    assert not poster(1).may_take(night[0])


def test_a_personal_page_goes_before_pages_that_others_can_fill_as_well() -> None:
    anna, boris = poster(1), poster(2)
    shared, own = seat("group", 0, Pool([anna, boris]), [text(1)]), seat("own", 0, Pool([anna]), [text(2)])
    fill([shared, own], SOON)
    assert given_to([shared, own]) == [(1, 2), (2, 1)]


# -- texts ----------------------------------------------------------------------------------------------------------------


def test_what_would_be_lost_goes_first_then_what_is_lacking_then_age_then_the_own_region() -> None:
    old, lacking = text(1, rubric="news"), text(4, rubric="quiz")
    expiring, sooner = text(2, expires_at=NOON + 40 * HOUR), text(3, expires_at=NOON + 20 * HOUR)
    later = text(5, expires_at=NOON + 200 * HOUR)
    again = text(0, again=1)
    pool = Pool([poster(1, cap=9)])
    mix = Mix({"quiz": 50, "news": 50}, {"news": 2})
    everything = [old, lacking, expiring, sooner, later, again]
    seats = [seat("p", n, pool, everything, mix=mix) for n in range(6)]
    fill(seats, SOON)
    assert [one for one, _ in given_to(seats)] == [3, 2, 4, 1, 5, 0]
    same = [text(8, region="omsk"), text(9, region="kazan")._replace(approved=8)]
    one = [seat("q", 0, Pool([poster(1)]), same, region="kazan")]
    fill(one, SOON)
    assert given_to(one) == [(9, 1)]


def test_embargo_and_expiry_hold_at_the_slots_own_moment() -> None:
    early, late = text(1, expires_at=NOON + HOUR), text(2, not_before=NOON + HOUR)
    pool = Pool([poster(1)])
    seats = [seat("p", 1, pool, [early, late]), seat("p", 0, pool, [early, late]), seat("p", 2, pool, [early, late])]
    fill(seats, SOON)
    assert given_to(seats) == [(2, 1), (1, 1), (None, None)]


# -- as many as can be ----------------------------------------------------------------------------------------------------


def test_what_the_fair_turn_leaves_empty_is_filled_by_moving_others() -> None:
    """Boris is the only one who may post on the second page; the fair turn has given him the first."""
    anna, boris = poster(1, cap=1, week=5), poster(2, cap=1)
    vera = poster(3, reachable=False)
    first, second = seat("a", 0, Pool([anna, boris]), [text(1)]), seat("b", 1, Pool([boris, vera]), [text(2)])
    fill([first, second], SOON)
    assert given_to([first, second]) == [(1, 1), (2, 2)]
    assert (anna.held[DAY], boris.held[DAY], anna.busy, boris.busy) == (1, 1, {NOON}, {NOON + HOUR})


@st.composite
def rounds(draw: st.DrawFn) -> list[Seat]:
    cap = st.integers(0, 2)
    people = [poster(n, cap=draw(cap), busy=draw(st.sets(st.sampled_from([NOON]), max_size=1))) for n in range(1, 4)]
    seats = []
    for page in range(draw(st.integers(1, 3))):
        pool = Pool(draw(st.lists(st.sampled_from(people), max_size=3, unique_by=lambda p: p.id)))
        edge = st.none() | st.integers(0, 3).map(lambda n: NOON + n * HOUR)
        texts = [text(n, not_before=draw(edge), expires_at=draw(edge)) for n in range(draw(st.integers(0, 2)))]
        hours = draw(st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True))
        seats += [seat(str(page), hour, pool, texts) for hour in hours]
    return seats


def most(seats: list[Seat]) -> int:
    """By trying everything."""

    def rest(left: list[Seat], used: frozenset[object], held: Counter[int]) -> int:
        if not left:
            return 0
        one, others = left[0], left[1:]
        best = rest(others, used, held)
        for ready in one.texts:
            taken = (one.page, ready.draft_id)
            if not ready.fits(one.at) or taken in used:
                continue
            for person in one.pool.people.values():
                moment = (person.id, one.at)
                if moment not in used and one.at not in person.busy and held[person.id] < person.cap:
                    more = rest(others, used | {taken, moment}, held + Counter([person.id]))
                    best = max(best, 1 + more)
        return best

    return rest(seats, frozenset(), Counter())


@given(rounds())
def test_as_many_as_any_matching_fills_are_filled_within_all_limits(seats: list[Seat]) -> None:
    possible = most(seats)
    before = {p.id: (set(p.busy), p.cap) for s in seats for p in s.pool.people.values()}
    fill(seats, SOON)
    filled = [s for s in seats if s.text is not None and s.poster is not None]
    assert len(filled) == possible
    assert all((s.text is None) == (s.poster is None) for s in seats)
    assert len({(s.page, s.text and s.text.draft_id) for s in filled}) == len(filled)
    assert len({(s.poster and s.poster.id, s.at) for s in filled}) == len(filled)
    for one in filled:
        assert one.text is not None
        assert one.text.fits(one.at)
        assert one.poster is not None
        assert one.poster.id in one.pool.people
        assert one.at not in before[one.poster.id][0]
    for number, times in Counter(s.poster.id for s in filled if s.poster).items():
        assert times <= before[number][1]
    for s in seats:
        for p in s.pool.people.values():
            mine = [f.at for f in filled if f.poster is p]
            assert p.held.get(DAY, 0) == len(mine)
            assert p.busy == before[p.id][0] | set(mine)


def test_people_who_are_added_to_a_pool_fill_what_was_left_and_nothing_is_given_twice() -> None:
    anna, boris = poster(1, cap=1), poster(2)
    pool = Pool([anna])
    seats = [seat("p", n, pool, [text(1), text(2)]) for n in (0, 1)]
    fill(seats, SOON)
    assert given_to(seats) == [(1, 1), (None, None)]
    pool.widen([anna, boris])
    fill(seats, SOON)
    assert given_to(seats) == [(1, 1), (2, 2)]
    assert (anna.held[DAY], boris.held[DAY]) == (1, 1)


def test_a_round_again_over_what_is_filled_gives_the_same() -> None:
    pool = Pool([poster(n) for n in (1, 2)])
    made = [seat("p", n, pool, [text(1), text(2)]) for n in (0, 1)]
    fill(made, SOON)
    same = Pool([poster(n) for n in (1, 2)])
    again = [replace(one, pool=same, text=None, poster=None) for one in made]
    fill(again, SOON)
    assert given_to(again) == given_to(made)
