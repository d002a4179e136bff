"""Everything that is known about one post, as it is handed to whoever has to answer for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.content_digest import content_digest
from domain.drafts import MediaRef, Reason, Variant, Verdict
from domain.pages import Page
from domain.plan import AssignmentState, Slot
from domain.published import TextVerdict
from domain.recalls import RecallKind, RecallReason, RecallState, TaskState
from domain.record import HeadView, Named, Sealed
from domain.spot_checks import CheckState, ProofEnd, WrongReason
from domain.typed_figures import Metric

SPAN = "post:"
"""Before the post's number, in the row of the file that was asked for."""


@dataclass(frozen=True)
class VersionOf:
    """One version of the text. `edited_by`: who wrote it, when not the author. `digest`: what decisions were bound to."""

    version: int
    text: str
    media: tuple[MediaRef, ...]
    variants: tuple[Variant, ...]
    fills: tuple[tuple[str, str], ...]
    sources: str
    edited_by: int | None
    digest: str
    created_at: datetime

    @property
    def genuine(self) -> bool:
        """Whether what is stored is still what the hash says."""
        return self.digest == content_digest(self.text, self.media, self.variants, self.fills, self.sources)


@dataclass(frozen=True)
class DecisionOf:
    """`imprints`: (page, rule, line) it held for; None: older than the record of them."""

    version: int
    approver_id: int
    verdict: Verdict
    reason: Reason | None
    note: str
    at: datetime
    imprints: tuple[tuple[str, str, str], ...] | None


@dataclass(frozen=True)
class AskedOf:
    """Somebody who was asked to publish it."""

    person_id: int
    state: AssignmentState
    substitute: bool
    created_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True)
class ProofOf:
    """`media`: SHA-256 of a screenshot. `ended` None: it stands. `given_by`: who gave it, when not the person."""

    person_id: int
    url: str
    media: str
    at: datetime
    given_by: int | None
    ended: ProofEnd | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class PublishedOf:
    """What stood on the page, as its publisher sent it."""

    person_id: int
    text: str
    media: str
    verdict: TextVerdict
    imprint_missing: bool
    at: datetime


@dataclass(frozen=True)
class LookOf:
    """A spot check."""

    by_id: int
    at: datetime
    state: CheckState
    reason: WrongReason | None
    note: str
    settled_by: int | None
    settled_at: datetime | None


@dataclass(frozen=True)
class RecallOf:
    """A recall of the text and, of this post, how it was answered."""

    kind: RecallKind
    state: RecallState
    reason: RecallReason
    note: str
    text: str
    by_id: int
    at: datetime
    approved_by: int | None
    task: TaskState | None
    proof_url: str
    proof_media: str
    done_at: datetime | None
    looked_by: int | None


@dataclass(frozen=True)
class FigureOf:
    """A number of this post. `screenshot`: SHA-256 of what it was read off."""

    metric: Metric
    value: int
    at: datetime
    typed_by: int
    screenshot: str


@dataclass(frozen=True)
class FileOf:
    """A file that belongs to it. `stored`: it lies in the media folder, else Telegram alone has it."""

    sha256: str
    size: int
    mime: str
    name: str
    stored: bool


@dataclass(frozen=True)
class Rows:
    """What is stored about a post; people by their numbers."""

    author_id: int | None
    versions: tuple[VersionOf, ...]
    decisions: tuple[DecisionOf, ...]
    asked: tuple[AskedOf, ...]
    proofs: tuple[ProofOf, ...]
    published: PublishedOf | None
    looks: tuple[LookOf, ...]
    recalls: tuple[RecallOf, ...]
    figures: tuple[FigureOf, ...]

    @property
    def people(self) -> frozenset[int]:
        """Everybody who is named anywhere in it."""
        found: list[int | None] = [self.author_id]
        found += [one.edited_by for one in self.versions]
        found += [one.approver_id for one in self.decisions]
        found += [one.person_id for one in self.asked]
        found += [who for one in self.proofs for who in (one.person_id, one.given_by)]
        found += [self.published.person_id] if self.published else []
        found += [who for one in self.looks for who in (one.by_id, one.settled_by)]
        found += [who for one in self.recalls for who in (one.by_id, one.approved_by, one.looked_by)]
        found += [one.typed_by for one in self.figures]
        return frozenset(who for who in found if who is not None)

    @property
    def files(self) -> tuple[str, ...]:
        """Hashes of everything that was shown, sent or photographed, in this order and once each."""
        shown = [file.sha256 for one in self.versions for file in one.media]
        shown += [one.media for one in self.proofs] + ([self.published.media] if self.published else [])
        shown += [one.proof_media for one in self.recalls] + [one.screenshot for one in self.figures]
        return tuple(dict.fromkeys(sha256 for sha256 in shown if sha256))


@dataclass(frozen=True)
class Evidence:
    """All of it at one moment. `zone`: the clock of the page; `names` by person, `by_number` by the journal's numbers."""

    campaign: str
    now: datetime
    zone: str
    slot: Slot
    page: Page
    region: str
    rows: Rows
    files: Mapping[str, FileOf]
    journal: tuple[Sealed, ...]
    head: HeadView
    names: Mapping[int, Named]
    by_number: Mapping[int, Named]
