"""Polls: what people chose, how the counts look, and the updates the bot gets of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.actors import User
    from playground.model import Message
    from playground.world import World

Json = dict[str, Any]


@dataclass(slots=True)
class Poll:
    """One poll, however many messages show it. `facts` is the Bot API object without counts."""

    facts: Json
    options: list[Json]  # text, text_entities, persistent_id
    closes_at: datetime | None = None
    messages: list[Message] = field(default_factory=list)
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def poll_id(self) -> str:
        """The id that updates name."""
        return str(self.facts["id"])

    @property
    def closed(self) -> bool:
        """Whether nobody can vote any more."""
        return bool(self.facts["is_closed"])

    def payload(self) -> Json:
        """As the Bot API shows it now; a new object each time, because queued updates keep theirs."""
        counts = [sum(number in chosen for chosen in self.votes.values()) for number in range(len(self.options))]
        options = [{**option, "voter_count": count} for option, count in zip(self.options, counts, strict=True)]
        return {**self.facts, "options": options, "total_voter_count": len(self.votes)}

    def show(self) -> None:
        """Put the present counts into every message that shows this poll."""
        for message in self.messages:
            message.content = {**message.content, "poll": self.payload()}


def poll_of(world: World, message: Message) -> Poll | None:
    """The poll a message shows."""
    shown = message.content.get("poll")
    return None if shown is None else world.polls.get(shown["id"])


def vote(world: World, user: User, poll: Poll, options: Sequence[int]) -> int:
    """Choose, choose anew, or take a vote back with []; returns the id of the last update it caused."""
    close_due(world)
    _ensure_possible(user, poll, options)
    if options:
        poll.votes[user.user_id] = tuple(sorted(set(options)))
    else:
        poll.votes.pop(user.user_id, None)
    update_id = _changed(world, poll)
    if poll.facts["is_anonymous"] or not _own(poll):
        return update_id
    chosen = poll.votes.get(user.user_id, ())
    payload = {
        "poll_id": poll.poll_id,
        "user": user.payload(),
        "option_ids": list(chosen),
        "option_persistent_ids": [poll.options[number]["persistent_id"] for number in chosen],
    }
    return world.deliver("poll_answer", payload, f"poll:{poll.poll_id}") or update_id


def _ensure_possible(user: User, poll: Poll, options: Sequence[int]) -> None:
    name = user.first_name
    assert not poll.closed, f"the poll is closed, {name} cannot vote"
    assert all(0 <= number < len(poll.options) for number in options), f"there is no such option: {list(options)}"
    assert len(options) <= 1 or poll.facts["allows_multiple_answers"], "this poll takes one answer"
    voted = user.user_id in poll.votes
    assert not voted or poll.facts["allows_revoting"], f"{name} has voted, and this poll takes no second choice"
    assert voted or options, f"{name} has no vote to take back"


def close(world: World, poll: Poll) -> None:
    """Nobody votes any more; the bot is told when it sent the poll (D poll)."""
    poll.facts["is_closed"] = True
    _changed(world, poll)


def close_due(world: World) -> None:
    """Close what has reached its end on the world's clock."""
    now = world.clock.now()
    for poll in world.polls.values():
        if poll.closes_at is not None and not poll.closed and poll.closes_at <= now:
            close(world, poll)


def _own(poll: Poll) -> bool:
    return bool(poll.messages) and poll.messages[0].from_bot


def _changed(world: World, poll: Poll) -> int:
    poll.show()
    for message in poll.messages:
        world.tell_chat(message.chat)
    return world.deliver("poll", poll.payload(), f"poll:{poll.poll_id}") if _own(poll) else 0
