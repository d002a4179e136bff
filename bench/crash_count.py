"""After the crashes: what people did against what the database holds and what they got to read."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bench.crash_load import PAGE, Deeds
from domain.drafts import Decision, DraftState, Verdict
from domain.notices import Guarantee, Notice
from domain.ports import UnitOfWork
from playground import Message, User
from storage.database import open_database
from storage.tally import Aftermath, aftermath
from storage.verify import verify

DECIDED = re.compile(r"\bApproved\b.*?(text \d{6}\.)", re.DOTALL)
NAMED = 10
NUDGE = re.compile(r"nudge \d{6}\.")


async def plant_nudges(uow: UnitOfWork, people: Sequence[int], press: int, first: datetime, every: timedelta) -> None:
    """One class B message after the other, each with words of its own: news of a decision, sent at most once."""
    for number, person in enumerate(people):
        draft = await uow.drafts.add(
            author_id=person,
            region="kazan",
            text=nudge(number),
            media=(),
            source="",
            message_id=None,
            album="",
            now=first,
        )
        await uow.drafts.set_page(draft.id, PAGE, chosen=True)
        await uow.drafts.set_state(
            replace(draft, state=DraftState.SUBMITTED, submitted_at=first, decide_by=first), [DraftState.WRITING]
        )
        decision = Decision(draft.id, draft.version, press, "", Verdict.APPROVE, None, "", first)
        await uow.drafts.decide(decision, DraftState.APPROVED)
        params = {"draft": draft.id, "version": draft.version, "approver": press}
        at, key = first + number * every, f"nudge:{number}"
        notice = Notice("draft.decided", draft.subject, at, key, person_id=person, guarantee=Guarantee.B, params=params)
        await uow.outbox.add(notice)


def nudge(number: int) -> str:
    return f"nudge {number:06d}."


@dataclass
class Copies:
    """In which life of the bot each message was sent; `kills` holds the newest message's number at each kill."""

    kills: list[int]
    lives: dict[tuple[int, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, user: User, message: Message, text: str) -> None:
        self.lives[user.user_id, text][bisect_left(self.kills, message.message_id)] += 1

    def of(self, user: User, text: str) -> int:
        return sum(self.lives.get((user.user_id, text), Counter()).values())

    @property
    def worst_life(self) -> int:
        """A kill may cost one copy of what was in flight: no life may send anything twice."""
        return max((max(lives.values()) for lives in self.lives.values()), default=0)

    @property
    def extra(self) -> list[int]:
        return [sum(lives.values()) - 1 for lives in self.lives.values()]


async def count(
    url: str, deeds: Deeds, volunteers: Sequence[User], press: User, kills: list[int], now: datetime
) -> dict[str, Any]:
    """What must be 0, the copies that a kill may cost, and how much there was."""
    db = await open_database(url, migrate=False)
    left = await db.read(aftermath, now)
    await db.close()
    problems = await verify(url, None)
    decided, nudges, to_all = Copies(kills), Copies(kills), Copies(kills)
    for user in (*volunteers, press):
        for message in user.chat.by_id.values():
            if message.from_bot:
                _sort(user, message, decided, nudges, to_all, left.broadcasts)
    told = {text for _, text in decided.lives}
    lost = [text for draft, text in left.texts.items() if draft in deeds.approved and draft in left.decided]
    lost = [f"{text} news of the decision" for text in lost if text not in told]
    lost += [
        f"{text} to {user.user_id}"
        for text in left.broadcasts
        for user in (*volunteers, press)
        if not to_all.of(user, text)
    ]
    extra = decided.extra + to_all.extra
    return {
        **_effects(left, deeds),
        "class_a_messages": len(extra),
        "class_a_lost": len(lost) + len(left.class_a),
        **({"lost": (lost + left.class_a)[:NAMED]} if lost or left.class_a else {}),
        "class_a_extra_copies": sum(extra),
        "class_a_extra_copies_max_per_message": max(decided.worst_life, to_all.worst_life) if any(extra) else 0,
        "class_a_copies_max_after_several_kills": max(extra, default=0) + 1,
        "class_b_messages": len(nudges.lives),
        "class_b_uncertain": left.uncertain,
        "class_b_duplicates": sum(number > 0 for number in nudges.extra),
        "integrity_failures": len(problems),
        **({"integrity": [str(problem) for problem in problems]} if problems else {}),
    }


def _effects(left: Aftermath, deeds: Deeds) -> dict[str, int]:
    drafts = Counter(left.texts.values())
    missing = {
        "texts": sum(not drafts[text] for text in deeds.texts),
        "submitted": sum(not left.submitted.get(draft) for draft in deeds.submitted),
        "approved": sum(not left.decided.get(draft) for draft in deeds.approved),
        "updates": sum(number for status, number in left.inbox.items() if status != "shown"),
    }
    times = [*left.submitted.values(), *left.decided.values(), *(drafts[text] for text in deeds.texts)]
    return {
        "texts": len(deeds.texts),
        "submitted": len(deeds.submitted),
        "approved": len(deeds.approved),
        "confirmed_but_missing": sum(missing.values()),
        **{f"missing_{name}": number for name, number in missing.items() if number},
        "effects_twice": sum(number > 1 for number in times),
    }


def _sort(
    user: User, message: Message, decided: Copies, nudges: Copies, to_all: Copies, broadcasts: Collection[str]
) -> None:
    if message.body in broadcasts:
        to_all.add(user, message, message.body)
    elif "It goes into the plan" in message.body:
        for pattern, copies in ((DECIDED, decided), (NUDGE, nudges)):
            match = pattern.search(message.body)
            if match is not None:
                copies.add(user, message, match.group(match.lastindex or 0))
