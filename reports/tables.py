"""The tables of an export: their columns in words, and each row as plain values. Workbooks and CSV are written from these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from domain.commitments import CommitmentState
from domain.export_rows import ApprovalRow, CommitmentRow, FigureRow, NormRow, PersonRow, PostRow
from domain.exports import ExportSubject, neutral
from domain.figures import POST_METRICS
from domain.targets import Outlook
from domain.usecases.export_packs import Extent
from reports.table_words import (
    EXCUSES,
    FIGURE_SOURCES,
    FIGURE_STATES,
    METRICS,
    PROMISES,
    SLOTS,
    VERDICTS,
)
from texts.names import platform_name, reason_name
from texts.roles import place_name, role_lines
from texts.targets import target_name
from texts.words import Words

Cell = str | int | float | date | datetime | None
"""None: nobody knows, which is not 0. Times are naive, on the clock that the column names."""


class Kind(Enum):
    """What stands in a column. SHARE: 0.83 is 83 %. HOURS: a length of time in hours."""

    TEXT = auto()
    NUMBER = auto()
    SHARE = auto()
    HOURS = auto()
    DAY = auto()
    MOMENT = auto()


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind
    width: int


@dataclass(frozen=True)
class View:
    """Whose words, and what the codes are called. `rubrics`: titles by code."""

    words: Words
    of: Extent
    rubrics: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.of.campaign.zone)

    def region(self, code: str) -> str:
        return place_name(code, self.of.names, self.words)

    def moment(self, at: datetime | None, zone: str = "") -> datetime | None:
        """On headquarters' clock, or on a page's own."""
        return None if at is None else at.astimezone(ZoneInfo(zone) if zone else self.zone).replace(tzinfo=None)

    def word(self, table: Mapping[Any, str], key: object) -> str:
        return self.words.plain(table[key])  # texts: dynamic


def columns(subject: ExportSubject, w: Words) -> tuple[Column, ...]:
    """In the order of `cells`."""
    return {
        ExportSubject.NORM: _norm_columns,
        ExportSubject.POSTS: _post_columns,
        ExportSubject.FIGURES: _figure_columns,
        ExportSubject.APPROVALS: _approval_columns,
        ExportSubject.TARGETS: _target_columns,
        ExportSubject.COMMITMENTS: _commitment_columns,
        ExportSubject.PEOPLE: _person_columns,
    }[subject](w)


def cells(row: Any, view: View) -> tuple[Cell, ...]:
    """One row in the order of its table's columns; somebody's words in it begin no formula."""
    made = _CELLS[type(row)](row, view)
    return tuple(neutral(cell) if isinstance(cell, str) else cell for cell in made)


# -- norm --------------------------------------------------------------------------------------------------------------


def _place(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Region"), Kind.TEXT, 20),
        Column(w.plain_ctx("column", "Page"), Kind.TEXT, 30),
        Column(w.plain_ctx("column", "Network"), Kind.TEXT, 14),
    )


def _norm_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Day"), Kind.DAY, 11),
        *_place(w),
        Column(w.plain_ctx("column", "Posts wanted"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "With text and person"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "On time"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "Late"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "Missed"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "Excused"), Kind.NUMBER, 10),
        Column(w.plain_ctx("column", "Norm kept"), Kind.SHARE, 10),
    )


def _norm(row: NormRow, view: View) -> tuple[Cell, ...]:
    network = platform_name(row.platform, view.words)
    counts = (row.slots, row.filled, row.on_time, row.late, row.missed, row.excused)
    return (row.day, view.region(row.region), row.title, network, *counts, row.kept)


# -- posts -------------------------------------------------------------------------------------------------------------


def _post_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Number"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "Day"), Kind.DAY, 11),
        *_place(w),
        Column(w.plain_ctx("column", "Planned (page's clock)"), Kind.MOMENT, 16),
        Column(w.plain_ctx("column", "State"), Kind.TEXT, 14),
        Column(w.plain_ctx("column", "Excuse"), Kind.TEXT, 16),
        Column(w.plain_ctx("column", "Posted (page's clock)"), Kind.MOMENT, 16),
        Column(w.plain_ctx("column", "Who"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "Stepped in"), Kind.TEXT, 10),
        Column(w.plain_ctx("column", "Rubric"), Kind.TEXT, 18),
        Column(w.plain_ctx("column", "Link"), Kind.TEXT, 34),
        *(Column(w.plain(METRICS[metric]), Kind.NUMBER, 11) for metric in POST_METRICS),  # texts: dynamic
        Column(w.plain_ctx("column", "Figures given (headquarters' clock)"), Kind.MOMENT, 16),
    )


def _post(row: PostRow, view: View) -> tuple[Cell, ...]:
    w = view.words
    return (
        row.slot_id,
        row.day,
        view.region(row.region),
        row.title,
        platform_name(row.platform, w),
        view.moment(row.at, row.zone),
        view.word(SLOTS, row.state),
        None if row.excuse is None else view.word(EXCUSES, row.excuse),
        view.moment(row.posted_at, row.zone),
        row.who or None,
        w.plain_ctx("cell", "yes") if row.substitute else None,
        view.rubrics.get(row.rubric, row.rubric) or None,
        row.url or None,
        *(row.figures.get(metric) for metric in POST_METRICS),
        view.moment(row.read_at),
    )


# -- figures -----------------------------------------------------------------------------------------------------------


def _figure_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Day"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "Region"), Kind.TEXT, 20),
        Column(w.plain_ctx("column", "Page"), Kind.TEXT, 30),
        Column(w.plain_ctx("column", "Post number"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "What"), Kind.TEXT, 14),
        Column(w.plain_ctx("column", "Value"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "State"), Kind.TEXT, 14),
        Column(w.plain_ctx("column", "Source"), Kind.TEXT, 14),
        Column(w.plain_ctx("column", "Given by"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "For"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "Given (headquarters' clock)"), Kind.MOMENT, 16),
    )


def _figure(row: FigureRow, view: View) -> tuple[Cell, ...]:
    return (
        row.day,
        view.region(row.region),
        row.title,
        row.slot_id,
        view.word(METRICS, row.metric),
        row.value,
        view.word(FIGURE_STATES, row.state),
        view.word(FIGURE_SOURCES, row.source),
        row.typed_by,
        row.for_person,
        view.moment(row.at),
    )


# -- approvals ---------------------------------------------------------------------------------------------------------


def _approval_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Draft"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "Version"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "Region"), Kind.TEXT, 20),
        Column(w.plain_ctx("column", "Author"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "Decided by"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "Decision"), Kind.TEXT, 16),
        Column(w.plain_ctx("column", "Reason"), Kind.TEXT, 18),
        Column(w.plain_ctx("column", "Handed in (headquarters' clock)"), Kind.MOMENT, 16),
        Column(w.plain_ctx("column", "Decided (headquarters' clock)"), Kind.MOMENT, 16),
        Column(w.plain_ctx("column", "Waited, hours"), Kind.HOURS, 10),
    )


def _approval(row: ApprovalRow, view: View) -> tuple[Cell, ...]:
    waited = row.waited
    return (
        row.draft_id,
        row.version,
        view.region(row.region),
        row.author,
        row.approver,
        view.word(VERDICTS, row.verdict),
        None if row.reason is None else reason_name(row.reason, view.words),
        view.moment(row.submitted_at),
        view.moment(row.at),
        None if waited is None else round(waited.total_seconds() / 3600, 2),
    )


# -- targets and commitments -------------------------------------------------------------------------------------------


def _target_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Target"), Kind.TEXT, 40),
        Column(w.plain_ctx("column", "Due"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "Goal"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Fact"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Share of the goal"), Kind.SHARE, 10),
        Column(w.plain_ctx("column", "Planned by then"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Growth a day"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Needed a day"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Forecast"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "± (19 of 20)"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Pages"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "Pages without data"), Kind.NUMBER, 9),
        Column(w.plain_ctx("column", "Oldest figure"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "As of"), Kind.DAY, 11),
    )


def _target(row: Outlook, view: View) -> tuple[Cell, ...]:
    goal, found = row.target.value, row.forecast
    return (
        target_name(row.target, view.words),
        row.target.due,
        goal,
        row.fact,
        None if row.fact is None or not goal else row.fact / goal,
        row.planned,
        None if row.pace is None else round(row.pace.daily, 1),
        None if row.needed is None else round(row.needed, 1),
        None if found is None else found.value,
        None if found is None else found.spread,
        row.pages,
        row.silent,
        row.oldest,
        row.today,
    )


def _commitment_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Commitment"), Kind.TEXT, 44),
        Column(w.plain_ctx("column", "Who"), Kind.TEXT, 24),
        Column(w.plain_ctx("column", "Region"), Kind.TEXT, 20),
        Column(w.plain_ctx("column", "First promised for"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "Due"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "Settled"), Kind.DAY, 11),
        Column(w.plain_ctx("column", "State"), Kind.TEXT, 16),
        Column(w.plain_ctx("column", "Reason"), Kind.TEXT, 30),
        Column(w.plain_ctx("column", "Proof"), Kind.TEXT, 30),
    )


def _commitment(row: CommitmentRow, view: View) -> tuple[Cell, ...]:
    one = row.commitment
    late = one.is_late(view.of.today)
    done_late = one.state is CommitmentState.DONE and one.settled_on is not None and one.settled_on > one.due
    state = "late" if late else "done_late" if done_late else one.state
    return (
        one.title,
        row.person,
        view.region(one.region),
        one.first_due,
        one.due,
        one.settled_on,
        view.word(PROMISES, state),
        one.reason or None,
        one.proof or None,
    )


# -- people ------------------------------------------------------------------------------------------------------------


def _person_columns(w: Words) -> tuple[Column, ...]:
    return (
        Column(w.plain_ctx("column", "Name"), Kind.TEXT, 28),
        Column(w.plain_ctx("column", "Roles"), Kind.TEXT, 40),
        Column(w.plain_ctx("column", "Posts published"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Of them for somebody else"), Kind.NUMBER, 12),
        Column(w.plain_ctx("column", "Missed"), Kind.NUMBER, 10),
    )


def _person(row: PersonRow, view: View) -> tuple[Cell, ...]:
    roles = "; ".join(role_lines(row.memberships, view.of.names, view.words))
    return row.name, roles or None, row.posted, row.stepped_in, row.missed


_CELLS: Mapping[type, Callable[[Any, View], tuple[Cell, ...]]] = {
    NormRow: _norm,
    PostRow: _post,
    FigureRow: _figure,
    ApprovalRow: _approval,
    Outlook: _target,
    CommitmentRow: _commitment,
    PersonRow: _person,
}
