"""What stands in the cells of exports for the domain's own words."""

from collections.abc import Mapping

from domain.commitments import CommitmentState
from domain.drafts import Verdict
from domain.figures import FigureSource, FigureState
from domain.plan import Excuse, SlotState
from domain.typed_figures import Metric
from texts.words import mark_plain

SLOTS: Mapping[SlotState, str] = {
    SlotState.EMPTY: mark_plain("empty"),
    SlotState.FILLED: mark_plain("assigned"),
    SlotState.POSTED: mark_plain("posted"),
    SlotState.MISSED: mark_plain("missed"),
    SlotState.CANCELLED: mark_plain("taken out"),
}
EXCUSES: Mapping[Excuse, str] = {
    Excuse.REMOVED: mark_plain("removed by the network"),
    Excuse.BLOCKED: mark_plain("account blocked"),
    Excuse.SKIPPED: mark_plain("taken out by hand"),
    Excuse.DAY_OFF: mark_plain("day off"),
}
METRICS: Mapping[Metric, str] = {
    Metric.MEMBERS: mark_plain("Members"),
    Metric.FOLLOWERS: mark_plain("Followers"),
    Metric.VIEWS: mark_plain("Views"),
    Metric.LIKES: mark_plain("Likes"),
    Metric.COMMENTS: mark_plain("Comments"),
    Metric.REPOSTS: mark_plain("Reposts"),
}
FIGURE_STATES: Mapping[FigureState, str] = {
    FigureState.CONFIRMED: mark_plain("holds"),
    FigureState.DOUBTFUL: mark_plain("doubtful"),
    FigureState.REPLACED: mark_plain("updated later"),
}
FIGURE_SOURCES: Mapping[FigureSource, str] = {
    FigureSource.TYPED: mark_plain("typed in"),
    FigureSource.IMPORTED: mark_plain("from a file"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVE: mark_plain("approved"),
    Verdict.RETURN: mark_plain("sent back"),
    Verdict.REJECT: mark_plain("rejected"),
}
PROMISES: Mapping[str, str] = {
    CommitmentState.OPEN: mark_plain("running"),
    CommitmentState.DONE: mark_plain("kept in time"),
    CommitmentState.DROPPED: mark_plain("given up"),
    "done_late": mark_plain("kept late"),
    "late": mark_plain("overdue"),
}
