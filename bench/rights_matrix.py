"""Every action × role × region × relation × state of the person × chat, tried through the running bot."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from bench.rights_judge import EVERYBODY, ITS_AUTHORS, Judge, Presser, answers, commands, kind_of, presses
from bench.rights_live import Harvest
from bench.rights_stage import ELSEWHERE, HOME, MARK, Outcome, Somebody, Stage
from domain.errors import Forbidden
from domain.people import EVERYWHERE, Membership, Role, Stranger
from domain.rights import RULES, Action
from handlers.screens import general, group_cards, join
from handlers.screens.plain import as_plain
from texts.words import words_for

ROLES: tuple[Role | None, ...] = (*Role, None)
SCOPES = (HOME, ELSEWHERE, EVERYWHERE)
"""What is tried lies in Kazan: the person's own region, another one, all."""
RELATIONS = {"none": "Никто", "author": "Анна", "keeper": "Кира", "assignee": "Борис"}
STRANGER = "Прохожий"
STATES = ("active", "unreachable", "suspended", "left", "no consent")
CHATS = ("private", "group")
GONE = frozenset({"suspended", "left", "no consent"})
NOT_IN_CHAT = frozenset({Action.PLAN_LOAD, Action.ANYTHING_ELSE})
"""From the command line; and what no button or command is for."""
_TOO_FINE = frozenset({Action.INVITE, Action.ACCESS_DECIDE, Action.ROLE_SET})
"""Whether these are allowed depends on the rank that is given or taken, too."""

_NAMES = {"key": "vk-kazan", "page": "vk-kazan", "region": HOME, "area": HOME, "role": "volunteer", "day": "2026-09-07"}
"""What a made button says where a drawn one would name something of Kazan."""


@dataclass(frozen=True)
class Try:
    """One way to attempt an action: a press, a text, or an answer to a question that was asked earlier."""

    action: Action
    how: str
    value: str
    subject: tuple[str, str, int] = ("", "{}", 0)

    @property
    def kind(self) -> str:
        """The same in every play, whatever it is about there: the button's kind, the command, the question."""
        return ":".join(self.value.split(":")[:2]) if self.how == "press" else f"{self.how} {self.value}"


@dataclass(frozen=True)
class Case:
    """Who tries it, as what, where, in which state."""

    role: Role | None
    scope: str
    relation: str
    state: str
    chat: str

    @property
    def memberships(self) -> tuple[Membership, ...]:
        gone = self.state in GONE or self.role is None
        return () if gone or self.role is None else (Membership(self.role, self.scope),)


@dataclass
class Findings:
    """`allowed`, `denied`: what went wrong, as text for whoever mends it. `mute`: refused without a word; `failed`: neither.

    `ways`: how each action can be tried; `tried`: by whom it was, in which way.
    """

    combinations: int = 0
    ways: set[tuple[Action, str]] = field(default_factory=set)
    tried: set[tuple[Action, str, Role | None]] = field(default_factory=set)
    cases: set[tuple[Action, Case]] = field(default_factory=set)
    allowed: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    mute: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    effects: Counter[str] = field(default_factory=Counter)


def ways(harvest: Harvest) -> dict[Action, list[Try]]:
    """Every way to try each action: the buttons that were drawn, one of each kind; commands; questions that were asked."""
    found: dict[Action, list[Try]] = defaultdict(list)
    kinds = set()
    for data in reversed(harvest.buttons):  # the newest of each kind: what it is about is most likely still there
        known = kind_of(data)
        if known is not None and known[0] not in kinds:
            kinds.add(known[0])
            found[known[1]].append(Try(known[1], "press", data))
    for command, action in commands().items():
        found[action].append(Try(action, "say", command))
    for kind, action in answers().items():
        subject = harvest.questions.get(kind)
        if subject is not None:
            found[action].append(Try(action, kind, "12", subject))
    for action, data in made():
        if not any(one.how == "press" and one.value.split(":")[:2] == data.split(":")[:2] for one in found[action]):
            found[action].append(Try(action, "press", data))
    return dict(found)


def made() -> Iterator[tuple[Action, str]]:
    """A button of every kind that a handler takes, about the first thing there is."""
    for kind, rule, action in presses():
        for verb in _verbs(rule):
            values: dict[str, Any] = {}
            for name, about in kind.model_fields.items():
                if "int" in str(about.annotation):
                    values[name] = 1 if about.is_required() or name in {"id", "version", "person"} else about.default
                elif name in _NAMES or about.is_required():
                    values[name] = _NAMES.get(name, "1")
            values["to" if "to" in kind.model_fields else "verb"] = verb
            try:
                yield action, kind(**values).pack()
            except (TypeError, ValueError):
                continue


def _verbs(rule: Any) -> Iterable[str]:
    """What the filter compares with: `F.verb == "x"` or `F.verb.in_({"x", "y"})`."""
    for step in getattr(rule, "_operations", ()):
        right = getattr(step, "right", None)
        if isinstance(right, str):
            yield right
        for among in getattr(step, "args", None) or ():
            yield from sorted(among) if isinstance(among, (set, frozenset, tuple, list)) else ()


async def ready(stage: Stage) -> None:
    """After the play: somebody without any relation, somebody without consent, a keeper; from here tables are put back."""
    await stage.somebody(RELATIONS["none"], Role.VOLUNTEER, HOME)
    await stage.somebody(STRANGER, None)
    keeper = stage.people[RELATIONS["keeper"]].person
    stage.tables.write(("update page set keeper_id = ? where region = ?", (keeper, HOME)))
    for who in stage.people.values():
        await stage.say(who, "/cancel")
    await stage.keep()


def undeclared(tries: dict[Action, list[Try]]) -> list[str]:
    """Actions that nothing here tries."""
    return [action.value for action in Action if action not in NOT_IN_CHAT and not tries.get(action)]


def cases() -> list[Case]:
    """The whole product; somebody without consent has neither role nor relation."""
    full = itertools.product(ROLES, SCOPES, RELATIONS, STATES, CHATS)
    return [
        Case(*one)
        for one in full
        if not (one[0] is None and one[1] != EVERYWHERE)
        and not (one[3] == "no consent" and (one[0] is not None or one[2] != "none"))
    ]


def deal(
    tries: dict[Action, list[Try]], seed: int, share: float, part: int = 0, parts: int = 1
) -> dict[Case, list[Try]]:
    """What is tried in which case: every action in all cases and in every way by every role (`share` 1), or in a sample of
    the cases of every role. Of several processes each has its part of every role's cases, and tries all ways in them: what
    buttons they met differs a little."""
    random = Random(seed)  # noqa: S311 - a sample, no secret
    dealt: dict[Case, list[Try]] = {case: [] for case in cases()}
    wheels = {
        action: itertools.cycle(random.sample(known, len(known)))
        for action in Action
        if (known := sorted(tries.get(action, ()), key=lambda one: (one.kind, one.value)))
    }
    for role in ROLES:
        some = [case for case in dealt if case.role is role][part::parts]
        for action, wheel in wheels.items():
            count = max(len(some), len(tries[action])) if share >= 1 else max(1, round(len(some) * share))
            # Mixed anew for each action: in the order of the product, a way would always meet the same chat.
            for case in itertools.islice(itertools.cycle(random.sample(some, len(some))), count):
                dealt[case].append(next(wheel))
    return {case: chosen for case, chosen in dealt.items() if chosen}


async def run(
    stage: Stage, tries: dict[Action, list[Try]], seed: int, share: float, part: int = 0, parts: int = 1
) -> Findings:
    """Try what `deal` says."""
    findings, judge = Findings(), Judge(stage)
    findings.ways = {(one.action, one.kind) for some in tries.values() for one in some}
    for case, some in deal(tries, seed, share, part, parts).items():
        await _all_of(stage, judge, case, some, findings)
    return findings


async def _all_of(stage: Stage, judge: Judge, case: Case, some: list[Try], findings: Findings) -> None:
    who = stage.people[STRANGER if case.state == "no consent" else RELATIONS[case.relation]]
    presser = Presser(0 if case.state in GONE else who.person, case.memberships)
    fresh = False
    for one in some:
        if not fresh and who.person:
            status = case.state if case.state in {"suspended", "left"} else "active"
            stage.become(who, case.role, case.scope, status, reachable=case.state != "unreachable")
        outcome = await attempt(stage, who, one, case.chat)
        findings.combinations += 1
        findings.tried.add((one.action, one.kind, case.role))
        findings.cases.add((one.action, case))
        _judge(judge, presser, case, one, outcome, findings)
        fresh = not outcome.changed and one.how in {"press", "say"}
        if not fresh:
            await stage.put_back()
    await stage.put_back()


@cache
def _dead_ends() -> frozenset[str]:
    """First lines of what is said to strangers, in groups, and under buttons that nobody answers."""
    found = set()
    for language in ("ru", "en"):
        w = words_for(language)
        screens = (
            general.help_for_strangers(w),
            general.only_private("playground_bot", w),
            general.dead_button(w),
            general.unknown_command(w),
            general.not_understood(w),
            join.dead_end(w),
            join.answer_the_question(w),
        )
        found |= {as_plain(screen.text).strip().splitlines()[0] for screen in screens}
        found.add(group_cards.strangers_toast(w))
    return frozenset(found)


def refused(outcome: Outcome) -> bool:
    """Whether the answer is a refusal: an error in words, or a dead end."""
    return outcome.error is not None or any(line in outcome.said for line in _dead_ends())


async def attempt(stage: Stage, who: Somebody, one: Try, chat: str) -> Outcome:
    """A press, a text, or an answer: for that the question is put into the database first."""
    place = stage.group if chat == "group" else None
    if one.how == "press":
        return await stage.press(who, one.value, place)
    if one.how != "say" and who.person:
        stage.expect(who, one.how, *one.subject)
    return await stage.say(who, one.value, place)


def _judge(judge: Judge, who: Presser, case: Case, one: Try, outcome: Outcome, findings: Findings) -> None:
    what = f"{one.action.value}: {one.how} {one.value} by {case}"
    action = _done(one, outcome)
    wrong = judge.wrong(who, action, outcome)
    if outcome.failed:
        findings.failed.append(f"{what}: {outcome.failed}")
    findings.effects.update({one.action.value: bool(outcome.changed)})
    if wrong:
        findings.allowed.append(f"{what} changed {wrong}")
    elif MARK in outcome.said and _must_not_read(who, case, action):
        findings.allowed.append(f"{what} read {outcome.said[:300]!r}")
    elif outcome.said and not refused(outcome) and must_be_refused(who, action):
        findings.allowed.append(f"{what} was answered {outcome.said[:300]!r}")
    elif _must_be_allowed(case, one) and isinstance(outcome.error, (Forbidden, Stranger)):
        findings.denied.append(f"{what}: {outcome.error}")
    elif outcome.error is not None and not outcome.said.strip():
        findings.mute.append(what)


def _done(one: Try, outcome: Outcome) -> Action:
    """What was done in fact: a text that cannot be the answer that was asked for is a draft of their own."""
    written = any(table == "draft" and before is None for table, before, _ in outcome.changed)
    return Action.DRAFT_WRITE if written and one.how not in {"press", "say"} else one.action


def _must_not_read(who: Presser, case: Case, action: Action) -> bool:
    """Nothing of Kazan is theirs to see: no rights there and no relation to anything of it."""
    rule = RULES[action]
    if not who.person:
        return True
    if case.relation != "none":
        return False
    return case.scope == ELSEWHERE or not who.holds(rule.roles, {HOME})


def must_be_refused(who: Presser, action: Action) -> bool:
    """They hold no role with this action anywhere, and it is none that is theirs because it concerns them."""
    rule = RULES[action]
    if rule.public or (who.person and (rule.own or rule.roles == EVERYBODY)):
        return False
    return not any(m.role in rule.roles for m in who.memberships)


def _must_be_allowed(case: Case, one: Try) -> bool:
    """Certain by the table alone: the role holds everywhere, or it is a command and holds in Kazan."""
    if case.state in GONE or case.role is None or case.chat == "group" or one.action in _TOO_FINE:
        return False
    rule = RULES[one.action]
    if one.how == "say":
        return case.role in rule.roles or rule.public
    if one.how != "press" or rule.roles == EVERYBODY or one.action in ITS_AUTHORS:
        return False
    return case.role in rule.roles and case.scope == EVERYWHERE
