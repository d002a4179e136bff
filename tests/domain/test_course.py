"""The short course, as a row."""

from datetime import UTC, datetime

import pytest

from domain.course import CARDS, Course, CourseState, PracticeLink, at_card, at_practice, hand_in, skip

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
READING = Course(1, CourseState.READING, 1, NOW, None, 1)
DONE = Course(1, CourseState.FINISHED, CARDS, NOW, NOW, 4)


@pytest.mark.parametrize(("asked", "shown"), [(1, 1), (3, 3), (99, 3), (-1, 1)])
def test_a_card_that_is_none_becomes_the_nearest(asked: int, shown: int) -> None:
    assert at_card(READING, asked).card == shown


def test_whoever_left_it_out_can_take_it_up_again() -> None:
    left = skip(READING, NOW)
    assert (left.state, left.ended_at) == (CourseState.SKIPPED, NOW)
    again = at_card(left, 2)
    assert (again.state, again.ended_at) == (CourseState.READING, None)


def test_finished_stays_finished_however_often_it_is_read() -> None:
    assert at_card(DONE, 1).state is CourseState.FINISHED
    assert at_practice(DONE) == DONE
    assert skip(DONE, NOW) == DONE
    assert hand_in(DONE, "anything", NOW) == DONE


@pytest.mark.parametrize("text", ["https://vk.com/wall-1_1", "вот: vk.com/wall-1_1", "http://ok.ru/group/1/topic/2"])
def test_a_link_finishes_the_practice_post(text: str) -> None:
    done = hand_in(at_practice(READING), text, NOW)
    assert (done.state, done.ended_at) == (CourseState.FINISHED, NOW)


@pytest.mark.parametrize("text", ["", "готово", "vk.com", "1200"])
def test_what_is_no_link_does_not(text: str) -> None:
    with pytest.raises(PracticeLink):
        hand_in(at_practice(READING), text, NOW)
