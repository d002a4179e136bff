"""The races of `bench.races`: two sides each, and what the rows may say afterwards. An `AssertionError` is a wrong outcome."""
# ruff: noqa: S101 - here an assertion is a finding that is counted

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bench.race_stage import AUTHOR, BORIS, STRICT, UNDO, VERA, RaceStage, Standing
from domain.drafts import AlreadyDecided, DraftChanged, DraftState, EditLeftOut, Reason, Verdict
from domain.errors import Forbidden
from domain.people import Role
from domain.ports import UnitOfWork
from domain.undo import CannotUndo, TooLate
from domain.usecases import approvals, decided, drafts, undo


@dataclass(frozen=True)
class Race:
    """`run` makes one round and returns who won."""

    name: str
    run: Callable[[RaceStage], Awaitable[str]]


def _one(standing: Standing, state: DraftState, *verdicts: Verdict) -> None:
    """The draft is in this state, with exactly these decisions on its version."""
    assert standing.draft.state is state, f"state {standing.draft.state} instead of {state}"
    assert [made.verdict for made in standing.decisions] == list(verdicts), "decisions in rows differ"
    assert all(made.version == standing.draft.version for made in standing.decisions), "a decision on another version"


async def edit_against_approve(stage: RaceStage) -> str:
    """The author edits the message while the press secretary approves what it said before."""
    draft = await stage.hand_in()
    edited, done = await stage.both(
        stage.act(AUTHOR, drafts.edited, stage.drafts, "Another text", now=stage.now),
        stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, undo_seconds=UNDO, now=stage.now),
    )
    standing = await stage.standing(draft.id)
    if isinstance(done, approvals.Decided):
        assert isinstance(edited, EditLeftOut), "both won"
        _one(standing, DraftState.APPROVED, Verdict.APPROVE)
        assert (standing.draft.version, standing.draft.text) == (1, draft.text), "another text than read was approved"
        return "approve"
    assert isinstance(done, DraftChanged), f"refused with {type(done).__name__}"
    _one(standing, DraftState.SUBMITTED)
    assert (standing.draft.version, standing.draft.text) == (2, "Another text"), "the edit was lost"
    return "edit"


async def double_press(stage: RaceStage) -> str:
    """The same finger twice."""
    draft = await stage.hand_in()
    press = {"undo_seconds": UNDO, "now": stage.now}
    first, second = await stage.both(
        stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, **press),
        stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, **press),
    )
    standing = await stage.standing(draft.id)
    _one(standing, DraftState.APPROVED, Verdict.APPROVE)
    assert standing.settling == 1, f"{standing.settling} tasks settle it"
    assert sorted(type(result).__name__ for result in (first, second)) == ["AlreadyDecided", "Decided"], (
        "both or neither"
    )
    return "first" if isinstance(first, approvals.Decided) else "second"


async def two_approvers(stage: RaceStage) -> str:
    """One approves, the other asks for changes."""
    draft = await stage.hand_in()
    press = {"undo_seconds": UNDO, "now": stage.now}
    yes, no = await stage.both(
        stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, **press),
        stage.act(VERA, approvals.decide, draft.id, 1, Verdict.RETURN, reason=Reason.TONE, **press),
    )
    standing = await stage.standing(draft.id)
    if isinstance(yes, approvals.Decided):
        assert isinstance(no, AlreadyDecided), "both won"
        _one(standing, DraftState.APPROVED, Verdict.APPROVE)
        return "approve"
    assert isinstance(yes, AlreadyDecided), f"refused with {type(yes).__name__}"
    _one(standing, DraftState.RETURNED, Verdict.RETURN)
    return "return"


async def demotion(stage: RaceStage) -> str:
    """Boris has the card before him and loses his role while he presses; a press after that decides nothing."""
    draft, later = await stage.hand_in(), await stage.hand_in()
    numbers: list[int] = []

    async def demote(uow: UnitOfWork) -> None:
        boris = await uow.people.find_actor(BORIS)
        assert boris is not None
        numbers.append(boris.id)
        await uow.people.remove_memberships(boris.id)

    _, done = await stage.both(
        stage.db.run(demote),
        stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, undo_seconds=UNDO, now=stage.now),
    )
    again = await stage.act(BORIS, approvals.decide, later.id, 1, Verdict.APPROVE, now=stage.now)
    taken = await stage.act(BORIS, undo.undo, draft.id, 1, now=stage.now)
    standing, untouched = await stage.standing(draft.id), await stage.standing(later.id)
    await stage.db.run(
        lambda uow: uow.people.add_membership(numbers[0], Role.PRESS_SECRETARY, "kazan", None, stage.now)
    )
    assert isinstance(again, Forbidden), "decided without a role"
    assert isinstance(taken, Forbidden), "undone without a role"
    _one(untouched, DraftState.SUBMITTED)
    if isinstance(done, approvals.Decided):
        _one(standing, DraftState.APPROVED, Verdict.APPROVE)
        return "press"
    assert isinstance(done, Forbidden), f"refused with {type(done).__name__}"
    _one(standing, DraftState.SUBMITTED)
    return "demotion"


async def undo_against_second(stage: RaceStage) -> str:
    """The first of two approvers takes it back while the second approves."""
    draft = await stage.hand_in(STRICT)
    press = {"undo_seconds": UNDO, "now": stage.now}
    first = await stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, **press)
    assert isinstance(first, approvals.Decided), "the first approval failed"
    back, second = await stage.both(
        stage.act(BORIS, undo.undo, draft.id, 1, now=stage.now),
        stage.act(VERA, approvals.decide, draft.id, 1, Verdict.APPROVE, **press),
    )
    assert isinstance(second, approvals.Decided), f"the second approval failed with {type(second).__name__}"
    standing = await stage.standing(draft.id)
    if back is None:
        _one(standing, DraftState.SUBMITTED, Verdict.APPROVE)
        assert standing.decisions[0].approver_name == "Vera", "the wrong decision was taken back"
        assert standing.settling == 1, "what was taken back would still settle"
        return "undo"
    assert isinstance(back, CannotUndo), f"refused with {type(back).__name__}"
    assert back.why is TooLate.OTHER, f"refused because of {back.why}"
    _one(standing, DraftState.APPROVED, Verdict.APPROVE, Verdict.APPROVE)
    return "second"


async def undo_against_settle(stage: RaceStage) -> str:
    """At the last moment the approver takes it back while the decision settles."""
    draft = await stage.hand_in()
    done = await stage.act(BORIS, approvals.decide, draft.id, 1, Verdict.APPROVE, undo_seconds=UNDO, now=stage.now)
    assert isinstance(done, approvals.Decided), "the approval failed"
    until = stage.now + timedelta(seconds=UNDO)
    back, settled = await stage.both(
        stage.act(BORIS, undo.undo, draft.id, 1, now=until - timedelta(microseconds=1)),
        stage.due(undo.settle_key(done.decision), decided.settled, until),
    )
    standing = await stage.standing(draft.id)
    if back is None:
        assert not settled, "taken back and settled"
        _one(standing, DraftState.SUBMITTED)
        assert (standing.told, standing.planned, standing.draft.settled_at) == (0, 0, None), "it was heard of"
        return "undo"
    assert isinstance(back, CannotUndo), f"refused with {type(back).__name__}"
    assert settled, "neither"
    _one(standing, DraftState.APPROVED, Verdict.APPROVE)
    assert (standing.told, standing.planned) == (1, 1), "the author or the plan did not hear of it"
    assert standing.draft.settled_at == until, "it has not settled"
    return "settle"


KINDS = tuple(
    Race(run.__name__, run)
    for run in (edit_against_approve, double_press, two_approvers, demotion, undo_against_second, undo_against_settle)
)
