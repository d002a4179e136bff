"""Polls and quizzes: what people choose, what the bot is told, and when they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, InputPollOption, PollAnswer

from playground import LocalTelegram, Message, User

STOP = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Stop", callback_data="stop")]])


def shown(person: User) -> Message:
    """The newest message from the bot."""
    assert person.last is not None
    return person.last


async def test_a_vote_comes_as_the_polls_state_and_as_the_answer(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A poll that is not anonymous names who chose what."""
    sent = await bot.send_poll(1001, "When?", ["Monday", InputPollOption(text="Friday")], is_anonymous=False)
    assert sent.poll is not None
    anna.vote(shown(anna), [1])

    state, answer = await bot.get_updates()

    assert state.poll is not None
    assert [(option.text, option.voter_count) for option in state.poll.options] == [("Monday", 0), ("Friday", 1)]
    assert answer.poll_answer is not None
    assert answer.poll_answer.user is not None
    assert (answer.poll_answer.poll_id, answer.poll_answer.option_ids) == (sent.poll.id, [1])
    assert answer.poll_answer.user.id == 1001
    assert tg.world.violations == []


async def test_a_vote_can_be_changed_and_taken_back(bot: Bot, anna: User) -> None:
    """An empty answer says that it was."""
    await bot.send_poll(1001, "When?", ["Monday", "Friday"], is_anonymous=False)
    anna.vote(shown(anna), [0])
    anna.vote(shown(anna), [1])
    anna.vote(shown(anna), [])

    answers = [update.poll_answer for update in await bot.get_updates() if isinstance(update.event, PollAnswer)]

    assert [answer.option_ids for answer in answers if answer is not None] == [[0], [1], []]
    assert shown(anna).content["poll"]["total_voter_count"] == 0


async def test_an_anonymous_poll_tells_only_counts(bot: Bot, anna: User) -> None:
    """Several choices where they are allowed."""
    await bot.send_poll(1001, "What?", ["Tea", "Juice", "Water"], allows_multiple_answers=True)
    anna.vote(shown(anna), [0, 2])

    (update,) = await bot.get_updates()

    assert update.poll is not None
    assert [option.voter_count for option in update.poll.options] == [1, 0, 1]
    assert update.poll.total_voter_count == 1


async def test_a_quiz_takes_one_answer_for_good(bot: Bot, anna: User) -> None:
    """The right one travels with the bot's own poll."""
    sent = await bot.send_poll(
        1001, "2 + 2?", ["3", "4"], type="quiz", correct_option_ids=[1], explanation="<i>Count</i>"
    )
    assert sent.poll is not None
    assert sent.poll.correct_option_ids == [1]

    anna.vote(shown(anna), [0])

    with pytest.raises(AssertionError, match="no second choice"):
        anna.vote(shown(anna), [1])


async def test_a_stopped_poll_is_closed_and_keeps_its_counts(bot: Bot, anna: User) -> None:
    """Once; the keyboard is replaced; nobody votes afterwards."""
    sent = await bot.send_poll(1001, "When?", ["Monday", "Friday"], reply_markup=STOP)
    anna.vote(shown(anna), [0])

    poll = await bot.stop_poll(1001, sent.message_id)

    assert (poll.is_closed, poll.options[0].voter_count) == (True, 1)
    assert shown(anna).buttons == []
    assert [update.poll.is_closed for update in await bot.get_updates() if update.poll] == [False, True]
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await bot.stop_poll(1001, sent.message_id)
    with pytest.raises(AssertionError, match="closed"):
        anna.vote(shown(anna), [1])


async def test_what_cannot_be_stopped(bot: Bot, anna: User) -> None:
    """A text, a message that is not there."""
    text = await bot.send_message(1001, "text")

    with pytest.raises(TelegramBadRequest, match="message is not a poll"):
        await bot.stop_poll(1001, text.message_id)
    with pytest.raises(TelegramBadRequest, match="message with poll to stop not found"):
        await bot.stop_poll(1001, 99)


async def test_a_poll_closes_by_itself_when_its_time_is_over(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """On the world's clock."""
    await bot.send_poll(1001, "Now?", ["Yes", "No"], open_period=60)
    anna.vote(shown(anna), [0])

    tg.world.clock.advance(timedelta(seconds=61))

    assert [update.poll.is_closed for update in await bot.get_updates() if update.poll] == [False, True]


async def test_a_forwarded_poll_is_the_same_a_copied_one_is_new(bot: Bot, anna: User) -> None:
    """Votes show in the first two, not in the third."""
    sent = await bot.send_poll(1001, "When?", ["Monday", "Friday"])
    original = shown(anna)
    await bot.forward_message(1001, 1001, sent.message_id)
    forwarded = shown(anna)
    await bot.copy_message(1001, 1001, sent.message_id)
    copied = shown(anna)

    anna.vote(forwarded, [0])

    counts = [message.content["poll"]["total_voter_count"] for message in (original, forwarded, copied)]
    assert counts == [1, 1, 0]
    assert copied.content["poll"]["id"] != original.content["poll"]["id"]


@pytest.mark.parametrize(
    ("question", "options", "more", "problem"),
    [
        ("x" * 301, ["a", "b"], {}, "poll question length must not exceed 300"),
        ("x", ["a" * 101, "b"], {}, "poll options length must not exceed 100"),
        ("x", ["", "b"], {}, "poll option must be non-empty"),
        ("x", [], {}, "poll must have at least one answer option"),
        ("x", [str(n) for n in range(13)], {}, "poll can't have more than 12 options"),
        ("x", ["a", "b"], {"type": "quiz"}, "correct quiz option list must be non-empty"),
        ("x", ["a", "b"], {"type": "quiz", "correct_option_ids": [2]}, "wrong quiz correct_option_id"),
        ("x", ["a", "b"], {"type": "vote"}, "unsupported poll type specified"),
    ],
)
async def test_malformed_polls_are_violations(
    tg: LocalTelegram, bot: Bot, anna: User, question: str, options: list[str], more: dict[str, object], problem: str
) -> None:
    """Nothing is sent."""
    with pytest.raises(TelegramBadRequest, match=problem):
        await bot.send_poll(1001, question, list(options), **more)  # type: ignore[arg-type]

    assert len(tg.world.violations) == 1
    assert anna.last is None


async def test_channels_take_anonymous_polls_only(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """Everybody may vote there."""
    channel = tg.world.add_channel(-1001002, "News")
    with pytest.raises(TelegramBadRequest, match="non-anonymous polls can't be sent to channel chats"):
        await bot.send_poll(-1001002, "When?", ["a", "b"], is_anonymous=False)

    await bot.send_poll(-1001002, "When?", ["a", "b"])

    assert anna.vote(channel.messages[-1], [1]) > 0


async def test_other_ordinary_kinds_arrive(tg: LocalTelegram, bot: Bot, anna: User) -> None:
    """A place, a named place, a contact, dice."""
    await bot.send_location(1001, 55.75, 37.61)
    venue = await bot.send_venue(1001, 55.75, 37.61, "Headquarters", "Main street 1")
    await bot.send_contact(1001, "+79990000000", "Anna")
    dice = await bot.send_dice(1001, emoji="🎯")

    assert [message.kind for message in anna.chat.messages] == ["location", "venue", "contact", "dice"]
    assert venue.venue is not None
    assert venue.venue.location.latitude == 55.75
    assert dice.dice is not None
    assert 1 <= dice.dice.value <= 6
    assert tg.world.violations == []
