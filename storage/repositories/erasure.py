"""Erasing a person: their identity and their own words leave; the record, and what was published, stays.

Statement by statement over one transaction, from the inventory in `storage.personal`: the same for a tap in the chat, for the operator
and for an older backup that is being restored.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, cast, delete, exists, false, func, literal, or_, select, true, update
from sqlalchemy import String as SqlString

from domain.content_digest import content_digest
from domain.drafts import DraftState
from domain.errors import NotFound
from domain.exports import ExportState
from domain.notices import NoticeStatus
from domain.pages import PageKind
from domain.people import PersonStatus
from domain.plan import OPEN_ASSIGNMENTS, AssignmentState, EmptyReason, SlotState
from domain.privacy import NOBODY, Erased, ErasureMark, account_hash, number_hash
from domain.rollups import Measure
from storage.personal import LEAVES, MEDIA, WORDS, Fate
from storage.repositories.base import Repository
from storage.rows import as_
from storage.tables import (
    access_request,
    assignment,
    authority,
    content,
    decision,
    draft,
    draft_comment,
    draft_edit,
    erasure,
    export,
    inbox,
    invite,
    invite_entry,
    journal,
    journal_payload,
    master,
    master_fill,
    media,
    metadata,
    outbox,
    page,
    person,
    proof,
    recall,
    risk_check,
    rollup,
    slot,
    telegram_account,
)

_OPEN_DRAFTS = (DraftState.WRITING, DraftState.SUBMITTED, DraftState.APPROVED, DraftState.RETURNED)


class ErasureRepository(Repository):
    """See `domain.ports.privacy.Erasures`."""

    async def open_drafts(self, person_id: int) -> list[tuple[int, int]]:
        ids = await self._unpublished(person_id)
        mine = select(draft.c.id, draft.c.version).where(draft.c.id.in_(ids), draft.c.state.in_(_OPEN_DRAFTS))
        return [(row.id, row.version) for row in await self._session.execute(mine.order_by(draft.c.id))]

    async def named(self, username: str) -> int | None:
        mine = select(telegram_account.c.person_id).where(
            func.lower(telegram_account.c.username) == username.lower(), telegram_account.c.active
        )
        found = (await self._session.execute(mine)).scalars().all()
        return found[0] if len(found) == 1 else None

    # -- the list of the erased ----------------------------------------------------------------------------------------

    async def marks(self) -> list[ErasureMark]:
        """All of them, oldest first."""
        rows = await self._session.execute(select(erasure).order_by(erasure.c.at, erasure.c.person_id))
        return [as_(ErasureMark, row) for row in rows]

    async def unsettled(self) -> list[Erased]:
        """Those of whom files may still hold what rows no longer do."""
        rows = await self._session.execute(
            select(erasure.c.person_id, erasure.c.files).where(erasure.c.settled_at.is_(None))
        )
        return [as_(Erased, row) for row in rows]

    async def settle(self, people: Iterable[int], now: datetime) -> None:
        """Nothing is left in any file of these."""
        these = list(people)
        late = update(outbox).where(outbox.c.person_id.in_(these))  # what was on its way has noted where it went
        await self._session.execute(late.values(chat_id=None, message_id=None, last_error=""))
        await self._session.execute(
            update(erasure).where(erasure.c.person_id.in_(these)).values(settled_at=now, files=())
        )

    async def find_marked(self, mark: ErasureMark) -> int | None:
        """Who in this database it is, if they are here at all."""
        rows = await self._session.execute(select(person.c.id, person.c.number).order_by(person.c.id))
        return next((row.id for row in rows if number_hash(mark.salt, row.number) == mark.mark), None)

    async def forget_requests(self, marks: Iterable[ErasureMark]) -> None:
        """Delete what the erased had asked for before they were erased; each account is hashed once for each salt."""
        known = {(one.salt, account): one.at for one in marks for account in one.accounts}
        for table, asked_at in (
            (access_request, access_request.c.requested_at),
            (invite_entry, invite_entry.c.asked_at),
        ):
            asking = select(table.c.id, table.c.telegram_id, asked_at.label("at"))
            rows = (await self._session.execute(asking.where(table.c.telegram_id.is_not(None)))).all()
            for salt in {salt for salt, _ in known}:
                for row in rows:
                    at = known.get((salt, account_hash(salt, row.telegram_id)))
                    if at is not None and row.at <= at:
                        await self._session.execute(delete(table).where(table.c.id == row.id))

    # -- erasing -------------------------------------------------------------------------------------------------------

    async def erase(
        self, person_id: int, *, by_operator: str, now: datetime, mark: ErasureMark | None = None
    ) -> Erased:
        """All of it; `mark`: it was done before, and this is an older state of the same headquarters."""
        row = (await self._session.execute(select(person.c.number).where(person.c.id == person_id))).one_or_none()
        if row is None:
            raise NotFound("person")
        accounts = await self._accounts(person_id)
        await self._remember(mark or await self._marked(person_id, row.number, accounts, by_operator, now))
        unpublished = await self._unpublished(person_id)
        files = await self._files(person_id, unpublished)
        await self._leave_plan(person_id, unpublished)
        await self._drafts(unpublished)
        await self._words(person_id, unpublished)
        await self._journal(person_id, row.number, unpublished)
        await self._messages(person_id, accounts)
        for name, columns in LEAVES.items():
            table = metadata.tables[name]
            await self._session.execute(delete(table).where(or_(*(table.c[column] == person_id for column in columns))))
        await self._identity(person_id, now)
        gone = (*await self._without_use(files), *await self._exported())
        await self._session.execute(update(erasure).where(erasure.c.person_id == person_id).values(files=gone))
        return Erased(person_id, gone)

    async def _accounts(self, person_id: int) -> list[int]:
        rows = await self._session.execute(
            select(telegram_account.c.telegram_id).where(telegram_account.c.person_id == person_id)
        )
        return sorted(rows.scalars())

    async def _marked(
        self, person_id: int, number: int, accounts: Iterable[int], by_operator: str, now: datetime
    ) -> ErasureMark:
        """One salt for all, so that a restore hashes each account of a backup once."""
        salt = (await self._session.execute(select(erasure.c.salt).limit(1))).scalar() or secrets.token_hex(16)
        hashed = tuple(account_hash(salt, account) for account in accounts)
        return ErasureMark(person_id, now, by_operator, salt, number_hash(salt, number), hashed)

    async def _remember(self, mark: ErasureMark) -> None:
        new = self._insert(erasure).values(**vars(mark))
        await self._session.execute(new.on_conflict_do_nothing())

    async def _unpublished(self, person_id: int) -> list[int]:
        """Their drafts that were never public."""
        out = select(slot.c.id).where(
            slot.c.draft_id == draft.c.id,
            or_(slot.c.posted_at.is_not(None), slot.c.state == SlotState.POSTED),
        )
        mine = select(draft.c.id).where(draft.c.author_id == person_id, ~exists(out))
        return list((await self._session.execute(mine)).scalars())

    async def _drafts(self, ids: list[int]) -> None:
        """No text, no file, nothing that others said about them."""
        if not ids:
            return
        empty = {"text": "", "media": [], "variants": [], "fills": [], "sources": "", "digest": content_digest("", ())}
        for table, values in (
            (content, empty),
            (decision, {"note": "", "checks": []}),
            (draft_comment, {"text": ""}),
            (risk_check, {"because": ""}),
        ):
            await self._session.execute(update(table).where(table.c.draft_id.in_(ids)).values(**values))
        await self._session.execute(delete(draft_edit).where(draft_edit.c.draft_id.in_(ids)))
        open_ = update(draft).where(draft.c.id.in_(ids), draft.c.state.in_(_OPEN_DRAFTS))
        await self._session.execute(open_.values(state=DraftState.WITHDRAWN))

    async def _leave_plan(self, person_id: int, drafts: list[int]) -> None:
        """What was still to be published of them, or by them, has neither text nor person any more."""
        held = select(assignment.c.slot_id).where(
            assignment.c.person_id == person_id, assignment.c.state == AssignmentState.ASSIGNED
        )
        wanted = or_(slot.c.draft_id.in_(drafts), slot.c.id.in_(held))
        rows = (await self._session.execute(select(slot).where(slot.c.state == SlotState.FILLED, wanted))).all()
        for row in rows:
            why = EmptyReason.NO_TEXT if row.draft_id in drafts else EmptyReason.NO_PERSON
            values = {"state": SlotState.EMPTY, "empty_reason": why, "draft_id": None, "draft_version": None}
            await self._session.execute(
                update(slot).where(slot.c.id == row.id).values(version=slot.c.version + 1, **values)
            )
            counted = update(rollup).where(
                rollup.c.page == row.page, rollup.c.day == row.day, rollup.c.measure == Measure.FILLED
            )
            await self._session.execute(counted.values(value=rollup.c.value - 1))
        theirs = or_(assignment.c.person_id == person_id, assignment.c.slot_id.in_([row.id for row in rows]))
        await self._session.execute(
            update(assignment)
            .where(theirs, assignment.c.state.in_(OPEN_ASSIGNMENTS))
            .values(state=AssignmentState.CANCELLED, version=assignment.c.version + 1)
        )

    async def _words(self, person_id: int, unpublished: list[int]) -> None:
        """Their own words in rows that stay."""
        personal = select(page.c.code).where(page.c.kind == PageKind.PERSONAL)
        slots = select(slot.c.id).where(slot.c.page.in_(personal))
        for name, words in WORDS.items():
            table_name, _, column = name.partition(".")
            table = metadata.tables[table_name]
            if words.fate is Fate.STAYS or words.by in {"", "draft", "id"}:
                continue
            if words.by == "master":
                unsent = select(master.c.id).where(master.c.author_id == person_id, master.c.sent_at.is_(None))
                await self._session.execute(update(table).where(table.c.master_id.in_(unsent)).values({column: ""}))
                continue
            where = [table.c[words.by] == person_id]
            if words.fate is Fate.PERSONAL:
                where.append(table.c.code.in_(personal) if table is page else table.c.slot_id.in_(slots))
            if words.fate is Fate.UNPUBLISHED:
                where.append(_never_public(table, unpublished))
            await self._session.execute(update(table).where(*where).values({column: _empty(table, column)}))

    async def _journal(self, person_id: int, number: int, drafts: list[int]) -> None:
        """The details go, the chain stays: no name and no number of Telegram enters a hash."""
        about = [f"person:{person_id}", *(f"draft:{one}" for one in drafts)]
        theirs = select(journal.c.seq).where(or_(journal.c.actor == number, journal.c.object.in_(about)))
        await self._session.execute(delete(journal_payload).where(journal_payload.c.seq.in_(theirs)))

    async def _messages(self, person_id: int, accounts: list[int]) -> None:
        """What came from them and what was to go to them."""
        await self._session.execute(
            update(inbox)
            .where(inbox.c.lane.in_(accounts), inbox.c.status != "done")  # the one that asks for it is "done" itself
            .values(status="shown", body=None, lane=0, error="")
        )
        for table in (access_request, invite_entry):
            await self._session.execute(delete(table).where(table.c.telegram_id.in_(accounts)))
        mine = or_(outbox.c.person_id == person_id, outbox.c.chat_id.in_(accounts))
        waiting = outbox.c.status.in_([NoticeStatus.WAITING, NoticeStatus.SENDING])
        await self._session.execute(update(outbox).where(mine, waiting).values(status=NoticeStatus.CANCELLED))
        await self._session.execute(
            update(outbox).where(mine).values(chat_id=None, message_id=None, params={}, last_error="")
        )

    async def _identity(self, person_id: int, now: datetime) -> None:
        """What is left: a number, where they lived as a region, when they agreed."""
        values: dict[str, Any] = {"name": NOBODY, "language": "en", "zone": "UTC", "status": PersonStatus.LEFT}
        hours = {"digest_at": time(8), "quiet_from": time(0), "quiet_to": time(0), "reachable": False}
        await self._session.execute(
            update(person).where(person.c.id == person_id).values(version=person.c.version + 1, **values, **hours)
        )
        own = and_(page.c.keeper_id == person_id, page.c.kind == PageKind.PERSONAL)
        await self._session.execute(update(page).where(own).values(active=False))
        await self._session.execute(update(page).where(page.c.keeper_id == person_id).values(keeper_id=None))
        await self._session.execute(
            update(authority)
            .where(authority.c.owner_id == person_id)
            .values(token_hash="", ended_at=func.coalesce(authority.c.ended_at, now))
        )
        await self._session.execute(
            update(invite).where(invite.c.created_by == person_id, invite.c.revoked_at.is_(None)).values(revoked_at=now)
        )

    # -- media ---------------------------------------------------------------------------------------------------------

    async def _files(self, person_id: int, drafts: list[int]) -> set[str]:
        """The media files that they brought in."""
        found: set[str] = set()
        for name in sorted(MEDIA):
            table_name, _, column = name.partition(".")
            table, by = metadata.tables[table_name], WORDS[name].by
            mine = table.c.draft_id.in_(drafts) if by == "draft" else table.c[by] == person_id
            for value in (await self._session.execute(select(table.c[column]).where(mine))).scalars():
                found.update([value] if isinstance(value, str) else [str(one[0]) for one in value or ()])
        return found - {""}

    async def _without_use(self, files: set[str]) -> tuple[str, ...]:
        """Those of them that nothing names any more; their rows leave. The others lose the name that the file had."""
        gone = [sha256 for sha256 in sorted(files) if not await self._named(sha256)]
        await self._session.execute(delete(media).where(media.c.sha256.in_(gone)))
        await self._session.execute(update(media).where(media.c.sha256.in_(files)).values(name=""))
        return tuple(gone)

    async def _exported(self) -> tuple[str, ...]:
        """Whatever was exported may name them: all files that still lie there go at once, whoever asked for them."""
        lying = export.c.state == ExportState.MADE
        hashes = (await self._session.execute(select(export.c.sha256).where(lying).distinct())).scalars().all()
        await self._session.execute(update(export).where(lying).values(state=ExportState.GONE))
        kept = set((await self._session.execute(select(media.c.sha256).where(media.c.sha256.in_(hashes)))).scalars())
        return tuple(sorted({*hashes} - kept))

    async def _named(self, sha256: str) -> bool:
        for name in sorted(MEDIA):
            table_name, _, column = name.partition(".")
            stored = metadata.tables[table_name].c[column]
            if (await self._session.execute(select(true()).where(_names(stored, sha256)).limit(1))).first() is not None:
                return True
        return False


def _names(column: "ColumnElement[Any]", sha256: str) -> ColumnElement[bool]:
    return column == sha256 if isinstance(column.type, SqlString) else cast(column, SqlString).contains(sha256)


def _never_public(table: Table, drafts: list[int]) -> ColumnElement[bool]:
    """Of a correction: never declared. Of answers to a master: their draft was never published."""
    if table is recall:
        return recall.c.declared_at.is_(None)
    if table is master_fill:
        return or_(master_fill.c.draft_id.is_(None), master_fill.c.draft_id.in_(drafts))
    return false()


def _empty(table: Table, column: str) -> Any:
    """What stands there afterwards. A link's one form stays unique: it proves one slot only."""
    if table is proof and column == "normal":
        return literal("erased:") + cast(proof.c.slot_id, SqlString)
    if table is page and column == "title":
        return NOBODY
    if column == "params":
        return {}
    return "" if isinstance(table.c[column].type, SqlString) else []
