"""A campaign lived at random from a seed, so that every kind of row exists and every kind of button has been seen.

People press what was pressed least so far, answer what they are asked, and the clock moves on. What comes of it: the buttons that the
bot really drew (`Harvest.buttons`) and the questions that it really asked (`Harvest.questions`).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.rights_judge import commands, kind_of
from bench.rights_stage import ELSEWHERE, HOME, MARK, Somebody, Stage
from domain.pages import page_key
from domain.people import EVERYWHERE, Role
from domain.usecases import drafts
from domain.usecases.drafts import Incoming
from playground.model import Message

CAST = (
    ("Олег", Role.OWNER, EVERYWHERE),
    ("Глеб", Role.MANAGER, EVERYWHERE),
    ("Майя", Role.MANAGER, HOME),
    ("Вера", Role.PRESS_SECRETARY, HOME),
    ("Павел", Role.PRESS_SECRETARY, EVERYWHERE),
    ("Кира", Role.COORDINATOR, HOME),
    ("Анна", Role.VOLUNTEER, HOME),
    ("Борис", Role.VOLUNTEER, HOME),
    (f"Дина {MARK}", Role.VOLUNTEER, HOME),
    (f"Женя {MARK}", Role.VOLUNTEER, HOME),
    ("Фёдор", Role.CANDIDATE, EVERYWHERE),
    ("Степан", Role.VOLUNTEER, ELSEWHERE),
)
TEXTS = (
    f"{MARK} Сегодня открыли площадку, приходите.",
    f"{MARK} потому что так надо",
    "12",
    "2500",
    "20.09 18:00",
    "10:30",
    "https://vk.com/wall-123_{n}",
    "https://t.me/kazan_hq/{n}",
    "Борис",
    "по 3 поста в день",
    "50 000 подписчиков вк к 20.09",
    "позвонить в штаб до пятницы",
)
STOPS = frozenset(
    {"si:announce", "ha:why", "ha:pick", "aw:set", "aw:from", "dy:off", "d:delete!", "md:withdraw!", "pf:block"}
)
EVERY = 12
"""Steps between two moves of the clock."""
AHEAD = (10, 45, 180)
"""Minutes by which it moves."""


@dataclass
class Harvest:
    """`buttons`: data → who saw it. `questions`: (kind, subject, params, version) as they stood in the database."""

    buttons: dict[str, set[str]] = field(default_factory=dict)
    questions: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    @property
    def kinds(self) -> set[str]:
        """Prefixes and verbs that were seen and have a handler."""
        return {found[0] for data in self.buttons if (found := kind_of(data)) is not None}


async def live(stage: Stage, steps: int, seed: int) -> Harvest:
    """Let the cast live so many steps."""
    random = Random(seed)  # noqa: S311 - a play, no secret
    for name, role, region in CAST:
        await stage.somebody(name, role, region)
    await stage.somebody("Чужой", None)
    harvest = Harvest()
    cast = list(stage.people.values())
    await _begin(stage, cast, harvest)
    for step in range(steps):
        who = random.choice(cast)
        await _act(stage, who, harvest, random, (step, steps))
        if step % EVERY == EVERY - 1:
            await _move(stage, random.choice(AHEAD))
        _look(stage, cast, harvest)
    await stage.settle()
    return harvest


async def _begin(stage: Stage, cast: list[Somebody], harvest: Harvest) -> None:
    """Everybody looks at everything they may once, and volunteers write."""
    for who in cast:
        for command in sorted(commands()):
            who.user.send(command)
            await stage.settle()
            _look(stage, cast, harvest)
        if who.person:
            who.user.send("/cancel")
            who.user.send(f"{who.user.first_name}: {TEXTS[0]}")
        await stage.settle()
        _look(stage, cast, harvest)
    stage.people["Глеб"].user.send("/bind", chat=stage.group)
    await stage.settle()
    _look(stage, cast, harvest)
    await _approved(stage)
    for _ in range(3):
        await _move(stage, 30)
        _look(stage, cast, harvest)


async def _approved(stage: Stage) -> None:
    """Enough texts that the day's plan is full of assignments."""
    vera = stage.people["Вера"]
    for name in ("Анна", "Борис", f"Дина {MARK}"):
        for number, page in enumerate(("vk-kazan", "tg-kazan") * 3):
            text = (
                f"{MARK} {name} {number} {number * 7} рассказывает, что открыто на улице {page} {name * (number + 1)}."
            )
            draft, version = await stage.app.db.run(
                _handed_in, stage.people[name].user.user_id, text, page, stage.clock.now()
            )
            await stage.press(vera, f"a:ok!:{draft}:{version}:")
    await stage.settle()
    await _move(stage, 5)


async def _handed_in(uow: Any, account: int, text: str, page: str, now: datetime) -> tuple[int, int]:
    actor = await uow.people.find_actor(account)
    view = await drafts.write(uow, actor, Incoming(text, (), "", 1, ""), now=now)
    about = (view.draft.id, view.draft.version)
    await drafts.toggle_page(uow, actor, *about, page_key(page), now=now)
    await drafts.submit(uow, actor, *about, hours=4, now=now)
    return about


async def _move(stage: Stage, minutes: int) -> None:
    """Through what falls due on the way, in order."""
    moment = stage.clock.now() + timedelta(minutes=minutes)
    for _ in range(50):
        due = await stage.app.next_due()
        if due is None or due > moment:
            break
        stage.move_to(max(due, stage.clock.now()))
        await stage.settle()
    stage.move_to(moment)
    await stage.settle()


async def _act(stage: Stage, who: Somebody, harvest: Harvest, random: Random, at: tuple[int, int]) -> None:
    step, steps = at
    asked = stage.rows("expectation", f"person_id = {who.person}")
    if asked and random.random() < 0.6:
        who.user.send(random.choice(TEXTS).format(n=step))
        harvest.tried[asked[0]["kind"]] += 1
    else:
        choices = _pressable(stage, who)
        if not choices or random.random() < 0.08:
            who.user.send(random.choice([*sorted(commands()), TEXTS[0], TEXTS[6].format(n=step)]))
        else:
            message, data = _newest_to_them(choices, harvest, random, late=step > steps * 0.8)
            harvest.tried[_key(data)] += 1
            harvest.tried[_action(data)] += 1
            who.user.press(data=data, message=message)
    await stage.settle()


def _newest_to_them(
    choices: list[tuple[Message, str]], harvest: Harvest, random: Random, *, late: bool
) -> tuple[Message, str]:
    """Of the action that was tried least, mostly, the button that was; what stops the campaign comes late."""
    wanted = [c for c in choices if late or _key(c[1]) not in STOPS] or choices
    if random.random() < 0.5:
        fewest = min(harvest.tried[_action(data)] for _, data in wanted)
        wanted = [c for c in wanted if harvest.tried[_action(c[1])] == fewest]
    least = min(harvest.tried[_key(data)] for _, data in wanted)
    return random.choice([c for c in wanted if harvest.tried[_key(c[1])] == least])


def _action(data: str) -> str:
    found = kind_of(data)
    return "" if found is None else found[1].value


def _key(data: str) -> str:
    found = kind_of(data)
    return data if found is None or data.startswith("n:") else found[0]


def _pressable(stage: Stage, who: Somebody) -> list[tuple[Message, str]]:
    chats = [who.user.chat, stage.group] if who.person else [who.user.chat]
    messages = [m for chat in chats for m in chat.messages[-25:] if m.from_bot and not m.deleted]
    return [(m, b.data) for m in messages for b in m.all_buttons() if b.data]


def _look(stage: Stage, cast: list[Somebody], harvest: Harvest) -> None:
    for who in cast:
        for message in who.user.chat.messages[-8:]:
            for button in message.all_buttons() if message.from_bot else ():
                if button.data:
                    harvest.buttons.setdefault(button.data, set()).add(who.user.first_name)
    for message in stage.group.messages[-8:]:
        for button in message.all_buttons() if message.from_bot else ():
            if button.data:
                harvest.buttons.setdefault(button.data, set()).add("")
    for row in stage.rows("expectation"):
        harvest.questions[row["kind"]] = (row["subject"], row["params"], row["version"])
