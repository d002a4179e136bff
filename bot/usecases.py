"""Which use case a due task names, with the configuration it needs bound to it."""

from datetime import timedelta
from functools import partial

from bot.config import Settings
from bot.schedule import TaskUseCase
from bot.worktime import work_rules
from domain.lanes import Lane
from domain.planning import PlanRules
from domain.published import ProofRules
from domain.usecases import (
    access,
    authority,
    away,
    best_posts,
    broadcasts,
    calendar,
    calendar_days,
    claims,
    commitment_steps,
    deadlines,
    decided,
    figures,
    figures_posts,
    gaps,
    halted,
    halts,
    imprint_rules,
    invites_entries,
    ladder,
    ladder_settings,
    masters,
    patterns,
    planning,
    praise,
    proofs,
    recall_tasks,
    recalling,
    reminders,
    rounds,
    rungs,
    silence_cards,
    silence_desk,
    silence_follows,
    silence_lifts,
    spot_checks,
    status_digests,
    swaps,
    timing,
    urgent_asking,
)


def plan_rules(settings: Settings) -> PlanRules:
    """The numbers of the plan."""
    plan = settings.plan
    return PlanRules(
        lead=timedelta(minutes=plan.lead_minutes),
        on_time=timedelta(minutes=plan.on_time_minutes),
        substitute_after=timedelta(minutes=plan.substitute_after_minutes),
        press_after=timedelta(minutes=plan.press_after_minutes),
        person_daily_cap=plan.person_daily_cap,
        owner_notice=timedelta(minutes=settings.authority.notice_minutes),
        per_second=settings.pace.overall,
        reminders_a_day=plan.reminders_a_day,
    )


def proof_rules(settings: Settings) -> ProofRules:
    """Which texts are compared, which proofs are looked at."""
    proof = settings.proof
    return ProofRules(frozenset(map(Lane, proof.ask_text_in)), proof.check_percent, proof.check_days)


def task_usecases(settings: Settings) -> dict[str, TaskUseCase]:
    """By kind of task; stored kinds are a contract: they keep working after an upgrade."""
    plan = settings.plan
    hours = calendar.Hours(plan.morning, plan.evening, plan.figures_at, plan.manager_at)
    rules = plan_rules(settings)
    return {
        "calendar": partial(calendar.lay_out, hours=hours),
        access.FORGET: access.forget,
        invites_entries.FORGET: invites_entries.forget,
        broadcasts.PROGRESS: broadcasts.progress,
        "draft.submitted": decided.submitted,
        "draft.decided": decided.decided,
        "draft.settled": decided.settled,
        "draft.undone": decided.undone,
        "draft.overdue": partial(deadlines.step, work=work_rules(settings.approvals)),
        calendar_days.APPLY: partial(calendar_days.apply, rules=rules),
        authority.WARN: authority.warn,
        away.BEGIN: away.begin,
        away.END: away.end,
        best_posts.COMPARE: best_posts.compare,
        "claim.lapsed": claims.lapsed,
        commitment_steps.STEP: commitment_steps.step,
        "pattern.week": patterns.week,
        "figures.ask": figures.ask,
        recalling.CHASE: recall_tasks.chase,
        masters.SEND: masters.spread,
        halts.BEGAN: halted.began,
        halts.LIFTED: partial(halted.lifted, rules=rules),
        silence_cards.EDGE: silence_cards.edge,
        silence_desk.BEGAN: silence_follows.began,
        silence_lifts.LIFTED: partial(silence_follows.lifted, rules=rules),
        silence_lifts.AGAIN: silence_follows.again,
        "figures.post": figures_posts.ask,
        **{one.kind: status_digests.send for one in status_digests.DIGESTS.values()},
        imprint_rules.TURN: imprint_rules.turn,
        imprint_rules.WARN: imprint_rules.warn,
        proofs.DEADLINE: partial(spot_checks.deadline, rules=rules),
        "plan.evening": partial(planning.evening, rules=rules),
        "plan.morning": partial(planning.morning, rules=rules),
        "plan.fill": partial(planning.fill_draft, rules=rules),
        "plan.recheck": partial(planning.recheck, rules=rules),
        planning.PART: partial(planning.part, rules=rules),
        gaps.TELL: gaps.tell,
        "day.close": partial(rounds.close_day, rules=rules),
        "manager.evening": partial(rounds.manager_evening, rules=rules),
        "ladder": partial(ladder.step, rules=rules),
        praise.WEEK: praise.week,
        rungs.RETIME: partial(reminders.retime, rules=rules),
        rungs.TAKEN: partial(reminders.taken, rules=rules),
        ladder_settings.RETIME: partial(ladder_settings.retime, rules=rules),
        swaps.LAPSE: swaps.lapse,
        timing.EXPIRED: partial(timing.expired, rules=rules),
        urgent_asking.STEP: partial(urgent_asking.step, plan=rules),
    }
