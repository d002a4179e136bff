"""The one table of actions: who may do what, where.

Every handler, command, button, deep link and notice button declares one of these (a test fails on an undeclared one); every use case
checks it at the tap, from the database, with `ensure_may`.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Forbidden, NoRole
from domain.people import Actor, Role

_ALL = frozenset(Role)
_STAFF = _ALL - {Role.VOLUNTEER}
_LEADERS = frozenset({Role.OWNER, Role.MANAGER})
_PEOPLE = _LEADERS | {Role.COORDINATOR}
_DECIDERS = _LEADERS | {Role.PRESS_SECRETARY}


class Action(StrEnum):
    """What a person can do. The value is stored in the journal and must not change."""

    START = "start"
    HELP = "help"
    PRIVACY = "privacy"
    CANCEL = "cancel"
    ANYTHING_ELSE = "anything_else"
    JOIN = "join"
    REQUEST_ACCESS = "request_access"
    SETTINGS = "settings"
    DRAFT_WRITE = "draft_write"
    DRAFT_DECIDE = "draft_decide"
    QUEUE = "queue"
    TODAY = "today"
    ASSIGNMENT_ANSWER = "assignment_answer"
    SUBSTITUTE = "substitute"
    OPEN_SLOTS = "open_slots"
    SWAP = "swap"
    QUESTION_ANSWER = "question_answer"
    FIGURES_REPORT = "figures_report"
    STATUS = "status"
    PAGES_SEE = "pages_see"
    PAGE_MANAGE = "page_manage"
    TEAM_SEE = "team_see"
    INVITE = "invite"
    ACCESS_DECIDE = "access_decide"
    BROADCAST = "broadcast"
    PLAN_LOAD = "plan_load"
    URGENT = "urgent"
    URGENT_ANSWER = "urgent_answer"
    LANE_SET = "lane_set"
    PLAN_SEE = "plan_see"
    PLAN_CHANGE = "plan_change"
    AWAY = "away"
    HOURS = "hours"
    FEED = "feed"
    FEED_REGION = "feed_region"
    MASTER_WRITE = "master_write"
    MASTER_FILL = "master_fill"
    HALT = "halt"
    HALT_RESUME = "halt_resume"
    RECALL = "recall"
    RECALL_ANSWER = "recall_answer"
    SPOT_CHECK = "spot_check"
    MIX = "mix"
    EVERGREEN = "evergreen"
    STAFF_CHAT = "staff_chat"
    SILENCE = "silence"
    SILENCE_LIFT = "silence_lift"
    AUTHORITY = "authority"
    AUTHORITY_VETO = "authority_veto"
    NORM_SET = "norm_set"
    FIGURES_IMPORT = "figures_import"
    TARGET_SET = "target_set"
    COMMIT = "commit"
    COMMIT_ASK = "commit_ask"
    BEST_POSTS = "best_posts"
    EXPORT = "export"
    COURSE = "course"
    SUSPEND = "suspend"
    ROLE_SET = "role_set"
    ACCOUNT_MOVE = "account_move"
    REPORT_FOR = "report_for"
    LEAVE = "leave"
    CORRECTION_DECIDE = "correction_decide"
    JOURNAL = "journal"
    JOURNAL_HEAD = "journal_head"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Rule:
    """`public`: strangers too. `roles`: who may, in the region asked for. `own`: also whoever it concerns (author, keeper, assignee)."""

    roles: frozenset[Role] = frozenset()
    public: bool = False
    own: bool = False


RULES: dict[Action, Rule] = {
    Action.START: Rule(public=True),
    Action.HELP: Rule(public=True),
    Action.PRIVACY: Rule(public=True),
    Action.CANCEL: Rule(public=True),
    Action.ANYTHING_ELSE: Rule(public=True),
    Action.JOIN: Rule(public=True),
    Action.REQUEST_ACCESS: Rule(public=True),
    Action.SETTINGS: Rule(_ALL, own=True),  # what is wrong about oneself is put right without any role, too
    Action.DRAFT_WRITE: Rule(_ALL),
    Action.DRAFT_DECIDE: Rule(_DECIDERS),
    Action.QUEUE: Rule(_DECIDERS),
    Action.TODAY: Rule(_ALL),
    Action.ASSIGNMENT_ANSWER: Rule(own=True),
    Action.SUBSTITUTE: Rule(own=True),
    Action.OPEN_SLOTS: Rule(_ALL),
    Action.SWAP: Rule(own=True),
    Action.QUESTION_ANSWER: Rule(_DECIDERS | {Role.COORDINATOR}),
    Action.FIGURES_REPORT: Rule(_PEOPLE, own=True),
    Action.STATUS: Rule(_STAFF),
    Action.PAGES_SEE: Rule(_ALL),
    Action.PAGE_MANAGE: Rule(_PEOPLE),
    Action.TEAM_SEE: Rule(_DECIDERS | {Role.COORDINATOR}),
    Action.INVITE: Rule(_PEOPLE),
    Action.ACCESS_DECIDE: Rule(_PEOPLE),
    Action.BROADCAST: Rule(_LEADERS),
    Action.PLAN_LOAD: Rule(_LEADERS),
    Action.URGENT: Rule(_DECIDERS),
    Action.URGENT_ANSWER: Rule(own=True),
    Action.LANE_SET: Rule(_LEADERS),
    Action.PLAN_SEE: Rule(_DECIDERS | {Role.COORDINATOR}),
    Action.PLAN_CHANGE: Rule(_DECIDERS),
    Action.AWAY: Rule(_ALL),
    Action.HOURS: Rule(_ALL),
    Action.FEED: Rule(_ALL),
    Action.FEED_REGION: Rule(_STAFF),
    Action.MASTER_WRITE: Rule(_DECIDERS),
    Action.MASTER_FILL: Rule(_ALL),
    Action.HALT: Rule(_DECIDERS, own=True),
    Action.HALT_RESUME: Rule(_DECIDERS),
    Action.RECALL: Rule(_DECIDERS),
    Action.RECALL_ANSWER: Rule(own=True),
    Action.SPOT_CHECK: Rule(_DECIDERS),
    Action.MIX: Rule(_DECIDERS),
    Action.EVERGREEN: Rule(_DECIDERS),
    Action.STAFF_CHAT: Rule(_DECIDERS | {Role.COORDINATOR}),
    Action.SILENCE: Rule(_DECIDERS),
    Action.SILENCE_LIFT: Rule(_DECIDERS),
    Action.AUTHORITY: Rule(_LEADERS),
    Action.AUTHORITY_VETO: Rule(own=True),
    Action.NORM_SET: Rule(_DECIDERS),
    Action.FIGURES_IMPORT: Rule(_PEOPLE),
    Action.TARGET_SET: Rule(_LEADERS),
    Action.COMMIT: Rule(_STAFF, own=True),
    Action.COMMIT_ASK: Rule(_LEADERS),
    Action.BEST_POSTS: Rule(_ALL),
    Action.EXPORT: Rule(_DECIDERS | {Role.COORDINATOR}),
    Action.COURSE: Rule(_ALL),
    Action.SUSPEND: Rule(_PEOPLE),
    Action.ROLE_SET: Rule(_PEOPLE),
    Action.ACCOUNT_MOVE: Rule(_PEOPLE),
    Action.REPORT_FOR: Rule(_PEOPLE),
    Action.LEAVE: Rule(_ALL, own=True),
    Action.CORRECTION_DECIDE: Rule(_PEOPLE),
    Action.JOURNAL: Rule(_DECIDERS | {Role.COORDINATOR}, own=True),
    Action.JOURNAL_HEAD: Rule(_LEADERS),
    Action.EVIDENCE: Rule(_DECIDERS),
}

DECIDERS = _DECIDERS
LEADERS = _LEADERS
STAFF = _STAFF
POSTERS = frozenset({Role.VOLUNTEER})

_MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.OWNER: _ALL,
    Role.MANAGER: _ALL - {Role.OWNER},
    Role.COORDINATOR: frozenset({Role.VOLUNTEER}),
}


def may(actor: Actor | None, action: Action, region: str | None = None, *, mine: bool = False) -> bool:
    """Whether `actor` (`None`: a stranger) may do `action` in `region` (`None`: somewhere); `mine`: it concerns them."""
    rule = RULES[action]
    if rule.public:
        return True
    if actor is None:
        return False
    return (rule.own and mine) or actor.holds(rule.roles, region)


def ensure_may(actor: Actor, action: Action, region: str | None = None, *, mine: bool = False) -> None:
    """Raise `Forbidden` unless `may`; `NoRole` when it is because there is none at all."""
    if not may(actor, action, region, mine=mine):
        raise Forbidden(action.value) if actor.memberships else NoRole(action.value)


def may_grant(actor: Actor, role: Role, region: str) -> bool:
    """Whether `actor` may bring somebody in as `role` for `region`: up to their own rank, inside their own regions."""
    return any(role in _MAY_GRANT.get(m.role, frozenset()) and m.covers(region) for m in actor.memberships)
