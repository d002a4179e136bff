"""Who gets which text of many slots at once: fairly, and as many as can be filled at all. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from domain.sharing import Key, Poster, Ready, Seat


def fill(seats: Iterable[Seat], soon: datetime, *, looks: int = 100_000) -> None:
    """Give each seat a text and a poster where that can be; afterwards no other way would fill more.

    Slots far enough ahead (from `soon` on) come first, among them those for which only one person is asked, then by moment.
    What the fair turn leaves empty is tried again by moving others of this round; `looks` bounds how long, in steps.
    """
    order = sorted(seats, key=lambda seat: (seat.at < soon, len(seat.pool.people) > 1, seat.at, seat.page))
    used = {seat.key(seat.text) for seat in order if seat.text is not None}
    for seat in order:
        if seat.poster is not None:  # filled by a round before, with fewer people
            continue
        text = _next(seat, used)
        poster = None if text is None else seat.pool.best(seat)
        if text is not None and poster is not None:
            _give(seat, text, poster)
            used.add(seat.key(text))
    left = [seat for seat in order if seat.poster is None and seat.texts and seat.pool.people]
    if left:
        _Moves(_around(left, order), looks).all()


def _next(seat: Seat, used: set[Key]) -> Ready | None:
    """The text whose turn it is."""
    if len(seat.texts) == 1:
        (only,) = seat.texts
        return only if only.fits(seat.at) and seat.key(only) not in used else None
    fitting = [text for text in seat.texts if text.fits(seat.at) and seat.key(text) not in used]
    return min(fitting, key=seat.rank) if len(fitting) > 1 else fitting[0] if fitting else None


def _give(seat: Seat, text: Ready, poster: Poster) -> None:
    seat.text, seat.poster = text, poster
    poster.take(seat.at)
    if seat.mix is not None:
        seat.mix.have[text.rubric] = seat.mix.have.get(text.rubric, 0) + 1


def _around(left: Sequence[Seat], order: Sequence[Seat]) -> list[Seat]:
    """Seats that share a page or people with one that is left, however remotely."""
    pages: set[str] = {seat.page for seat in left}
    people: set[int] = set().union(*(seat.pool.people for seat in left))
    near: dict[int, Seat] = {}
    while True:
        found = [s for s in order if id(s) not in near and (s.page in pages or not people.isdisjoint(s.pool.people))]
        if not found:
            return [seat for seat in order if id(seat) in near]
        near |= {id(seat): seat for seat in found}
        pages |= {seat.page for seat in found}
        people = people.union(*(seat.pool.people for seat in found))


Node = tuple[Any, ...]


class _Moves:
    """Augmenting paths: text → slot → person's moment → person's day. Each path fills one more slot than before."""

    def __init__(self, seats: Sequence[Seat], looks: int) -> None:
        self._seats = {id(seat): seat for seat in seats}
        self._looks = looks
        self._by_page: dict[str, list[Seat]] = {}
        self._texts: dict[Node, Ready] = {}
        self._people: dict[int, Poster] = {}
        for seat in seats:
            self._by_page.setdefault(seat.page, []).append(seat)
            self._texts |= {("text", *seat.key(text)): text for text in seat.texts}
            self._people |= seat.pool.people

    def all(self) -> None:
        """Until there is no path left."""
        while self._looks > 0 and (path := self._path()):
            before = {number: seat.poster for number, seat in self._seats.items()}
            for here, there in pairwise(path):
                self._step(here, there)
            self._settle(before)

    def _path(self) -> list[Node]:
        """From a text that is free to a day on which somebody has room; empty: there is none."""
        self._holds = {("text", *seat.key(seat.text)): seat for seat in self._seats.values() if seat.text is not None}
        self._posts = {(s.poster.id, s.at): s for s in self._seats.values() if s.poster is not None}
        came: dict[Node, Node | None] = {node: None for node in self._texts if node not in self._holds}
        queue = list(came)
        for node in queue:
            for after in self._after(node):
                self._looks -= 1
                if after in came:
                    continue
                came[after] = node
                if after[0] == "room":
                    path = [node]
                    while (before := came[path[-1]]) is not None:
                        path.append(before)
                    return path[::-1]
                queue.append(after)
            if self._looks <= 0:
                break
        return []

    def _after(self, node: Node) -> list[Node]:
        match node[0]:
            case "text":
                return self._after_text(node)
            case "in":
                seat = self._seats[node[1]]
                return [("out", node[1])] if seat.text is None else [("text", *seat.key(seat.text))]
            case "out":
                seat = self._seats[node[1]]
                free = [p.id for p in seat.pool.people.values() if p is not seat.poster and p.may_take(seat)]
                back = [("in", node[1])] if seat.poster is not None else []
                return [*(("moment", number, seat.at) for number in free), *back]
            case "moment":
                return self._after_moment(node)
            case _:
                return self._after_day(node)

    def _after_text(self, node: Node) -> list[Node]:
        text, holder = self._texts[node], self._holds.get(node)
        seats = (s for s in self._by_page[node[1]] if s is not holder and text in s.texts and text.fits(s.at))
        return [("in", id(seat)) for seat in seats]

    def _after_moment(self, node: Node) -> list[Node]:
        number, at = node[1:]
        other = self._posts.get((number, at))
        if other is not None:
            return [("out", id(other))]
        person = self._people[number]
        return [] if at in person.busy else [("day", number, person.clock.day(at))]

    def _after_day(self, node: Node) -> list[Node]:
        number, day = node[1:]
        person = self._people[number]
        if person.held.get(day, 0) < person.cap:
            return [("room",)]
        return [("moment", one, at) for one, at in self._posts if one == number and person.clock.day(at) == day]

    def _step(self, here: Node, there: Node) -> None:
        """One edge of a path: what is given, what is given up."""
        match here[0], there[0]:
            case "text", "in":
                self._seats[there[1]].text = self._texts[here]
            case "in", "text":
                seat = self._seats[here[1]]
                if seat.text is not None and seat.key(seat.text) == there[1:]:
                    seat.text = None
            case "out", "moment":
                self._seats[here[1]].poster = self._people[there[1]]
            case "moment", "out":
                seat = self._seats[there[1]]
                if seat.poster is not None and seat.poster.id == here[1]:
                    seat.poster = None

    def _settle(self, before: Mapping[int, Poster | None]) -> None:
        """Whoever gave something up has it no longer, whoever got something has it."""
        changed = [(seat, before[number]) for number, seat in self._seats.items() if seat.poster is not before[number]]
        for seat, poster in changed:
            if poster is not None:
                poster.take(seat.at, -1)
        for seat, _ in changed:
            if seat.poster is not None:
                seat.poster.take(seat.at)
