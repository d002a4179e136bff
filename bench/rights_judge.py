"""Who may have caused what: the action behind a press, and whether a changed row lies within somebody's rights of this moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter

from bench.rights_stage import Outcome, Stage
from domain.people import EVERYWHERE, Membership, Role
from domain.rights import RULES, Action, may_grant
from handlers.filters import Expecting
from handlers.routers import all_routers
from storage.tables import metadata

FOR_ALL = frozenset({Action.HALT})
"""Whoever may stop anything may stop everything (docs/desk/stop-and-recall.md)."""
ITS_AUTHORS = frozenset({Action.BROADCAST, Action.COMMIT})
"""Whoever may begin one, wherever that is, goes on with it themselves; somebody else's may be refused to whoever holds the role."""
FOLLOWS = frozenset(
    {"outbox", "due_task", "journal", "journal_payload", "card_copy", "reminder_tally", "rollup", "media"}
)
"""What is written because something else is: notices, tasks, the record. Judged by what they follow."""
OWN = frozenset({"person_id", "author_id", "keeper_id", "from_id", "to_id", "owner_id", "asked_by", "for_person"})
"""Columns that say whose a row is. Others (by_id, approver_id…) only say who did it, and whoever does it stands there."""
_NOT_UP = frozenset({"person", "page", "media"})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Presser:
    """Somebody's rights of this moment; `person` 0: a stranger, or nobody any more."""

    person: int
    memberships: tuple[Membership, ...]

    def holds(self, roles: Iterable[Role], regions: Iterable[str]) -> bool:
        wanted = frozenset(roles)
        return any(m.role in wanted and any(m.covers(region) for region in regions) for m in self.memberships)


def handlers() -> Iterator[tuple[str, HandlerObject]]:
    """Every registration, in the order in which it is asked."""
    for root in all_routers():
        for router in root.chain_tail:
            for name, observer in router.observers.items():
                for handler in observer.handlers:
                    yield name, handler


@cache
def presses() -> list[tuple[type[CallbackData], Any, Action]]:
    """Kind of button, rule of the filter, declared action."""
    return [
        (wanted.callback.callback_data, wanted.callback.rule, handler.flags["action"])
        for name, handler in handlers()
        for wanted in handler.filters or ()
        if name == "callback_query" and isinstance(wanted.callback, CallbackQueryFilter)
    ]


@cache
def commands() -> dict[str, Action]:
    """Every command with its action."""
    return {
        f"/{command}": handler.flags["action"]
        for _, handler in handlers()
        for wanted in handler.filters or ()
        if isinstance(wanted.callback, Command)
        for command in wanted.callback.commands
    }


@cache
def answers() -> dict[str, Action]:
    """Every kind of question that a person's next message answers, with its action."""
    return {
        kind: handler.flags["action"]
        for _, handler in handlers()
        for wanted in handler.filters or ()
        if isinstance(wanted.callback, Expecting)
        for kind in wanted.callback.kinds
    }


@cache
def kind_of(data: str) -> tuple[str, Action] | None:
    """Prefix and verb of a press, and the action its handler declares; None when no handler takes it."""
    for kind, rule, action in presses():
        if data.partition(":")[0] != kind.__prefix__:
            continue
        try:
            value = kind.unpack(data)
        except (TypeError, ValueError):
            continue
        if rule is None or rule.resolve(value):
            return ":".join(data.split(":")[:2]), action
    return None


class Judge:
    """Finds the changed rows that lie outside the presser's rights for an action."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._keys = {
            table.name: [
                (column.name, key.column.table.name, key.column.name)
                for column in table.columns
                for key in column.foreign_keys
            ]
            for table in metadata.tables.values()
        }

    def wrong(self, who: Presser, action: Action, outcome: Outcome) -> list[str]:
        """The tables of rows that were changed without a right."""
        rows = [
            (table, old or new, new)
            for table, old, new in outcome.changed
            if table not in FOLLOWS and not (table == "person" and _only_reached(who, old, new))
        ]
        refused = [(table, row) for table, row, new in rows if row and not self._may(who, action, table, row, new)]
        if RULES[action].own:  # their answer moves on what they were asked for
            above = {
                (target, str(found))
                for table, row, new in rows
                if row and (table, row) not in refused
                for name, up, column in self._up(table)
                for target, found in self._find(up, column, row[name])
            }
            refused = [one for one in refused if (one[0], str(self._as_now(*one))) not in above]
        return sorted({table for table, _ in refused})

    def _as_now(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        found = self._stage.rows(table, f"id = {row['id']}") if "id" in row else []
        return found[0] if found else row

    def _may(self, who: Presser, action: Action, table: str, row: dict[str, Any], new: dict[str, Any] | None) -> bool:
        rule, owners = RULES[action], self._owners(table, row)
        if table in {"person", "telegram_account"}:
            owners = {row.get("id" if table == "person" else "person_id")}
        mine = who.person in owners
        if action is Action.JOIN and not who.person and row is new and table in {"person", "telegram_account"}:
            return True  # whoever has a link comes in by it: what is written is they themselves
        special = self._special(who, action, table, new)
        if special is not None:
            return special
        if rule.public or not who.person:
            return rule.public and mine
        if rule.roles == EVERYBODY:  # whoever is here without a role may still leave
            return mine and (rule.own or bool(who.memberships))
        return (rule.own and mine) or self._held(who, action, table, row) or self._personal(who, action, table, mine)

    def _special(self, who: Presser, action: Action, table: str, new: dict[str, Any] | None) -> bool | None:
        """Roles are given up to one's own rank; anybody may ask to be let in; a question is dropped with what it was about."""
        if table == "expectation" and new is None:
            return True
        if table in {"invite", "membership"} and new is not None:
            return self._grants(who, action, new)
        return True if table == "access_request" and action is Action.REQUEST_ACCESS else None

    def _held(self, who: Presser, action: Action, table: str, row: dict[str, Any]) -> bool:
        regions = set() if table in {"person", "telegram_account"} else self._regions(table, row)
        if action in FOR_ALL and regions <= {EVERYWHERE}:
            regions = {m.region for m in who.memberships}
        return who.holds(RULES[action].roles, regions or {EVERYWHERE})

    def _personal(self, who: Presser, action: Action, table: str, mine: bool) -> bool:
        """Their own view, filter, open question or message to the team, for an action they hold somewhere."""
        rule = RULES[action]
        anywhere = any(m.role in rule.roles for m in who.memberships)
        theirs = "author_id" if action in ITS_AUTHORS else "person_id"
        own_columns = {name for name, target, _ in self._keys[table] if target == "person"}
        return mine and anywhere and bool({theirs, "person_id"} & own_columns) and not self._up(table)

    def _grants(self, who: Presser, action: Action, new: dict[str, Any]) -> bool:
        if action is Action.JOIN:
            return True  # by a code that only who was given it has; forged ones are refused as unknown
        region, role = str(new["region"]), Role(new["role"])
        return may_grant(who, role, region)  # type: ignore[arg-type]  # asks for the memberships alone

    def _up(self, table: str) -> list[tuple[str, str, str]]:
        return [key for key in self._keys[table] if key[1] not in _NOT_UP]

    def _owners(self, table: str, row: dict[str, Any]) -> set[Any]:
        """Whose it is: theirs who stand in it, for what hangs on something theirs whose that is."""
        up = [r for name, target, column in self._up(table) for r in self._find(target, column, row[name])]
        direct = {row[c] for c in OWN & row.keys()} - {None}
        above: set[Any] = set()
        for target, found in up:
            above |= self._owners(target, found)
        if table == "slot":
            above |= {a["person_id"] for a in self._stage.rows("assignment", f"slot_id = {row.get('id', 0)}")}
        return direct | above

    def _regions(self, table: str, row: dict[str, Any]) -> set[str]:
        found = {row["region"]} if row.get("region") else set()
        page = row.get("code") if table == "page" else row.get("page")
        if isinstance(page, str) and page:
            found |= {r["region"] for r in self._stage.rows("page", f"code = '{page}'")}
        for name, target, column in self._up(table):
            for above, values in self._find(target, column, row[name]):
                found |= self._regions(above, values)
        return found

    def _find(self, table: str, column: str, value: Any) -> list[tuple[str, dict[str, Any]]]:
        if not isinstance(value, int):
            return []
        return [(table, row) for row in self._stage.rows(table, f"{column} = {value}")]


def _only_reached(who: Presser, old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    """Whoever writes can be reached: that is noted of themselves, whatever they may."""
    if old is None or new is None or new["id"] != who.person:
        return False
    return {name for name in new if new[name] != old[name]} <= {"reachable", "version"}
