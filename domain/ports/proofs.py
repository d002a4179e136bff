"""Port: proofs in depth: earlier ones, what was published, spot checks, blocked accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.mishaps import AccountBlock
from domain.plan import Proof, Slot
from domain.platforms import Platform
from domain.published import PublishedText
from domain.spot_checks import PastProof, ProofEnd, SpotCheck, Why, WrongReason


@dataclass(frozen=True)
class ToCheck:
    """A proof that is waiting for a look."""

    slot_id: int
    assignment_id: int
    proof_at: datetime
    why: Why


class Proofs(Protocol):
    # -- proofs --------------------------------------------------------------------------------------------------------

    async def find(self, slot_id: int) -> Proof | None:
        """The one that stands."""

    async def proven_by(self, normal: str) -> int | None:
        """Whose proof of some slot a post is already; None: nobody's."""

    async def end(self, slot_id: int, why: ProofEnd, now: datetime) -> None:
        """The proof that stands, if any, becomes a past one; what was pasted for it is dropped."""

    async def last_past(self, slot_id: int) -> PastProof | None: ...

    # -- what was published ----------------------------------------------------------------------------------------------

    async def find_text(self, slot_id: int) -> PublishedText | None: ...

    async def put_text(self, text: PublishedText) -> None:
        """In place of an earlier one of the slot."""

    # -- spot checks -------------------------------------------------------------------------------------------------------

    async def to_check(
        self, regions: Iterable[str], reader: int, since: datetime, percent: int, limit: int
    ) -> list[ToCheck]:
        """Proofs since then that nobody has looked at, not the reader's own: whatever needs a look, then the sample."""

    async def count_to_check(self, regions: Iterable[str], reader: int, since: datetime, percent: int) -> int: ...

    async def add_check(
        self,
        proof: Proof,
        *,
        fine: bool,
        reason: WrongReason | None,
        note: str,
        by_id: int,
        now: datetime,
        deadline: datetime | None,
    ) -> SpotCheck:
        """Raises CheckDecided when somebody looked at this proof before."""

    async def get_check(self, check_id: int) -> SpotCheck:
        """Raises NotFound."""

    async def find_check(self, slot_id: int) -> SpotCheck | None:
        """The newest of a slot."""

    async def given_back(self, day: date) -> list[SpotCheck]:
        """Looks at filled slots of this local day whose proof is not right, or is disputed."""

    async def disputed(self, regions: Iterable[str]) -> list[SpotCheck]:
        """Looks in these regions ("*": everywhere) that wait for a second person, the oldest first."""

    async def save_check(self, check: SpotCheck) -> SpotCheck:
        """Save with `check.version` as the seen one; CheckDecided when it is another."""

    # -- blocked accounts ----------------------------------------------------------------------------------------------------

    async def blocks(self, person_id: int | None = None) -> list[AccountBlock]:
        """Those that hold, of everybody or of one."""

    async def get_block(self, block_id: int) -> AccountBlock:
        """Raises NotFound."""

    async def add_block(self, person_id: int, platform: Platform, page: str, now: datetime) -> AccountBlock:
        """The one that holds already, if there is one."""

    async def rested(self, person_id: int, now: datetime) -> list[Slot]:
        """Slots ahead that were excused because this person, who had them, could not post, and nobody else can."""

    async def end_block(self, block_id: int, now: datetime) -> bool:
        """False when it had ended before."""
