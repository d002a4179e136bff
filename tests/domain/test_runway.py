"""For how many days texts last: embargo, expiry and rest are heeded, and a text serves once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from domain.runway import HORIZON, covered, runway, usable

START = datetime(2026, 9, 7, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    number: int
    not_before: datetime | None = None
    expires_at: datetime | None = None
    rests_until: datetime | None = None


def at(day: int, hour: int = 0) -> datetime:
    return START + timedelta(days=day, hours=hour)


def test_each_text_serves_one_slot() -> None:
    needs = [[at(0), at(0, 8)], [at(1), at(1, 8)]]
    assert covered(needs, [Text(1), Text(2)]) == 1
    assert covered(needs, [Text(n) for n in range(3)]) == 1, "half a day is not covered"
    assert covered(needs, [Text(n) for n in range(4)]) == 2


def test_a_day_on_which_nothing_is_wanted_is_covered() -> None:
    assert covered([[], [at(1)], [], [at(3)]], [Text(1)]) == 3


def test_an_evening_after_the_last_post_is_no_day_that_texts_last_for() -> None:
    needs = [[], [at(1)], [at(2)]]
    assert runway(needs, [], bare=True).lasting == 0, "the next post has no text"
    assert runway(needs, []).lasting == 1, "what is ahead today has its text"
    assert runway(needs, [Text(1)], bare=True).lasting == 2
    assert runway([[], [at(1), at(1, 8)]], [Text(1)], bare=True).lasting == 1, (
        "the next post has one, the one after it has none"
    )
    assert runway([[], [], [], [at(3)]], [], bare=True).lasting == 3, "nothing to hurry for"


def test_a_text_under_embargo_covers_only_what_comes_after() -> None:
    assert covered([[at(0)], [at(1)]], [Text(1, not_before=at(1))]) == 0
    assert covered([[at(0)], [at(1)]], [Text(1, not_before=at(1)), Text(2)]) == 2


def test_a_text_that_expires_is_taken_first() -> None:
    assert covered([[at(0)], [at(1)]], [Text(1), Text(2, expires_at=at(0, 1))]) == 2
    assert covered([[at(0)], [at(1)]], [Text(1, expires_at=at(0)), Text(2)]) == 1


def test_evergreen_texts_are_said_apart() -> None:
    found = runway([[at(0)], [at(1)], [at(2)]], [Text(1)], [Text(2, rests_until=at(1))])
    assert (found.fresh, found.lasting) == (1, 2)
    assert not found.is_short
    assert runway([[at(0)], [at(1)]], [Text(1)]).is_short
    assert not runway([[]] * HORIZON, [], wants=False).is_short, "nothing is wanted there"


def test_what_else_a_text_must_be_there_is_asked() -> None:
    assert covered([[at(0)], [at(1)]], [Text(1), Text(2)], lambda text, when: text.number == 2 or when == at(0)) == 2
    assert covered([[at(0)], [at(1)]], [Text(1), Text(2)], lambda text, _: text.number == 2) == 1


_DAYS = st.lists(st.lists(st.integers(0, 3), max_size=2, unique=True), max_size=4)
_EDGE = st.none() | st.integers(0, 100).map(lambda hours: START + timedelta(hours=hours))
_TEXTS = st.lists(st.builds(Text, number=st.integers(0, 99), not_before=_EDGE, expires_at=_EDGE), max_size=4)


@given(_DAYS, _TEXTS)
def test_no_way_of_giving_out_the_texts_lasts_longer(days: list[list[int]], texts: list[Text]) -> None:
    needs = [[at(n, hour) for hour in hours] for n, hours in enumerate(days)]
    assert covered(needs, texts) == _brute_force(needs, texts)


def _brute_force(needs: list[list[datetime]], texts: list[Text]) -> int:
    """Days that some assignment of texts to the moments of the first of them covers."""
    for days in range(len(needs), 0, -1):
        moments = [moment for some in needs[:days] for moment in some]
        if len(moments) <= len(texts) and any(
            all(usable(text, moment) for text, moment in zip(order, moments, strict=True))
            for order in permutations(texts, len(moments))
        ):
            return days
    return 0
