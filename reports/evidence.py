"""The evidence about one post: a page to read that needs nothing else, and the same for a machine."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from domain.drafts import Verdict
from domain.evidence import Evidence, FileOf, ProofOf, RecallOf, VersionOf
from domain.plan import AssignmentState
from domain.published import TextVerdict
from domain.record import Entry, Named, Sealed, Who, seal_fields
from domain.spot_checks import CheckState
from reports.table_words import EXCUSES, METRICS, SLOTS
from texts.journal import sentence, who
from texts.names import reason_name
from texts.words import Words, mark

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h2{margin-top:2.5rem;"
    "border-bottom:1px solid #999}pre{padding:.6rem .8rem;background:#f4f4f4;white-space:pre-wrap;overflow-wrap:anywhere}"
    "code{overflow-wrap:anywhere}table{border-collapse:collapse}td,th{padding:.2rem .6rem;border:1px solid #ccc;"
    "text-align:left;vertical-align:top}img{max-width:20rem;max-height:20rem}.bad{color:#b00020;font-weight:bold}"
)
_SAFE = "default-src 'none'; img-src 'self' data: file:; style-src 'unsafe-inline'"
"""What the page may load: its own pictures. Nothing in it can run."""
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})

_ASKED: Mapping[AssignmentState, str] = {
    AssignmentState.ASSIGNED: mark("{who}: to post it"),
    AssignmentState.OFFERED: mark("{who}: asked to step in"),
    AssignmentState.POSTED: mark("{who}: posted it"),
    AssignmentState.DECLINED: mark("{who}: passed it on"),
    AssignmentState.REPLACED: mark("{who}: somebody else took over"),
    AssignmentState.MISSED: mark("{who}: missed it"),
    AssignmentState.CANCELLED: mark("{who}: it was cancelled"),
}
_LOOKS: Mapping[CheckState, str] = {
    CheckState.FINE: mark("{who} looked: all is right"),
    CheckState.WRONG: mark("{who} looked: something is wrong"),
    CheckState.DISPUTED: mark("{who} looked: something is wrong; the publisher disagrees"),
    CheckState.RIGHT: mark("{who} looked: something seemed wrong; a second person found the post right"),
    CheckState.UPHELD: mark("{who} looked: something is wrong; a second person found so too"),
}
_PUBLISHED: Mapping[TextVerdict, str] = {
    TextVerdict.SAME: mark("It is the approved text."),
    TextVerdict.DIFFERS: mark("It differs from the approved text."),
    TextVerdict.PICTURE: mark("There is a screenshot to compare by eye."),
}


def file_name(one: FileOf) -> str:
    """Where a file lies in the bundle; its name is what it must hash to."""
    return f"media/{one.sha256}{_ENDINGS.get(one.mime, '')}"


def page(found: Evidence, left_out: frozenset[str], w: Words) -> str:
    """HTML. `left_out`: hashes of files that are not in the bundle."""
    body = Markup("\n").join(_Page(found, left_out, w).all())
    title = escape(w.plain("Evidence about post {n}", n=found.slot.id))
    head = Markup('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{}">').format(_SAFE)
    style = Markup("<title>{}</title><style>{}</style>").format(title, Markup(_STYLE))  # noqa: S704 - a constant of this module
    return f'<!doctype html>\n<html lang="{w.language}"><head>{head}{style}</head><body>\n{body}\n</body></html>\n'


class _Page:
    """One reading of the evidence, section by section."""

    def __init__(self, found: Evidence, left_out: frozenset[str], w: Words) -> None:
        self.found, self.left_out, self.w = found, left_out, w

    def all(self) -> Iterator[Markup]:
        yield from self._post()
        yield from self._texts()
        yield from self._people()
        yield from self._proofs()
        yield from self._after()
        yield from self._journal()

    # -- small parts ---------------------------------------------------------------------------------------------------

    def _by(self, person_id: int | None) -> str:
        none = Named(Who.HIDDEN)
        return who(self.found.names.get(person_id, none) if person_id is not None else none, self.w)

    def _when(self, at: datetime) -> str:
        local = at.astimezone(self.found.page.tz)
        return f"{local:%Y-%m-%d %H:%M:%S %z}"

    def _section(self, title: str, parts: list[Markup]) -> Iterator[Markup]:
        if parts:
            yield Markup("<h2>{}</h2>").format(title)
            yield from parts

    def _list(self, lines: list[Markup | str]) -> list[Markup]:
        items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
        return [Markup("<ul>{}</ul>").format(items)] if lines else []

    def _timed(self, at: datetime, told: Markup | str, *more: Markup | str | None) -> Markup:
        rest = Markup("").join(Markup("<br>{}").format(part) for part in more if part)
        return Markup("{} · {}{}").format(self._when(at), told, rest)

    def _file(self, sha256: str) -> Markup | None:
        if not sha256:
            return None
        one = self.found.files.get(sha256)
        if one is None or sha256 in self.left_out:
            return self.w("File <code>{hash}</code>: not in this bundle", hash=sha256)
        name = file_name(one)
        picture = Markup('<br><img src="{}" alt="">').format(name) if one.mime in PICTURES else Markup()
        return Markup('<a href="{}"><code>{}</code></a>{}').format(name, name, picture)

    def _link(self, url: str) -> Markup | None:
        safe = url.startswith(("https://", "http://"))
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, url) if safe else escape(url) if url else None

    # -- sections ------------------------------------------------------------------------------------------------------

    def _post(self) -> Iterator[Markup]:
        found, w = self.found, self.w
        slot = found.slot
        yield Markup("<h1>{}</h1>").format(w.plain("Evidence about post {n}", n=slot.id))
        lines: list[Markup | str] = [
            w("Campaign: {name}", name=found.campaign or "–"),
            w("Page: {page}", page=found.page.title) + (w(" · {region}", region=found.region) if found.region else ""),
            w("Planned for {when}", when=self._when(slot.at)),
            w("State: {state}", state=w.plain(SLOTS[slot.state])),  # texts: dynamic
        ]
        lines += [self._link(url) or "" for url in found.page.addresses[:1]]
        lines += [w("Published: {when}", when=self._when(slot.posted_at))] if slot.posted_at else []
        if slot.excuse is not None:
            lines.append(w("Excused: {why}", why=w.plain(EXCUSES[slot.excuse])))  # texts: dynamic
        lines.append(w("Collected {when}", when=self._when(found.now)))
        yield from self._list(lines)
        yield Markup("<p>{}</p>").format(w("Times are those of the page’s own clock."))

    def _texts(self) -> Iterator[Markup]:
        parts = [part for one in self.found.rows.versions for part in self._version(one)]
        yield from self._section(self.w.plain("Text, version by version"), parts)

    def _version(self, one: VersionOf) -> Iterator[Markup]:
        w, slot = self.w, self.found.slot
        title = w.plain("Version {n}", n=one.version)
        if one.version == slot.draft_version:
            title = w.plain("Version {n}: the one of this post", n=one.version)
        yield Markup("<h3>{}</h3>").format(title)
        wrote = one.edited_by or self.found.rows.author_id
        yield Markup("<p>{}</p>").format(
            self._timed(one.created_at, w("written by {who}", who=self._by(wrote)), self._hash(one))
        )
        yield Markup("<pre>{}</pre>").format(one.text)
        for own in one.variants:
            yield Markup("<p>{}</p><pre>{}</pre>").format(own.platform.value, own.text)
        if one.sources:
            yield Markup("<p>{}</p><pre>{}</pre>").format(w("Sources"), one.sources)
        files = [Markup("{} {}").format(self._file(file.sha256), file.alt) for file in one.media]
        yield from self._list([*files])

    def _hash(self, one: VersionOf) -> Markup:
        w = self.w
        if one.genuine:
            return w("Hash <code>{hash}</code>: the stored text matches it", hash=one.digest)
        bad = w("Hash <code>{hash}</code>: the stored text does NOT match it", hash=one.digest)
        return Markup('<span class="bad">{}</span>').format(bad)

    def _people(self) -> Iterator[Markup]:
        w, rows = self.w, self.found.rows
        decided: list[Markup | str] = []
        for one in rows.decisions:
            payload = {"verdict": one.verdict.value}
            entry = Entry(0, one.at, 0, "draft_decide", "", one.version, payload)
            by = self.found.names.get(one.approver_id, Named(Who.HIDDEN))
            why = None
            if one.reason is not None and one.verdict is not Verdict.APPROVE:
                why = reason_name(one.reason, w)
            lines = [w("Imprint line: {line}", line=line) for _, _, line in one.imprints or ()]
            decided.append(self._timed(one.at, sentence(entry, by, w), why, one.note, *lines))
        yield from self._section(w.plain("Decisions"), self._list(decided))
        asked = [
            self._timed(one.created_at, w(_ASKED[one.state], who=self._by(one.person_id)))  # texts: dynamic
            for one in rows.asked
        ]
        yield from self._section(w.plain("Who was asked to publish it"), self._list([*asked]))

    def _proofs(self) -> Iterator[Markup]:
        w, rows = self.w, self.found.rows
        yield from self._section(w.plain("Proof"), self._list([self._proof(one) for one in rows.proofs]))
        if rows.published is not None:
            sent = rows.published
            told = w("sent by {who}", who=self._by(sent.person_id))
            verdict = w(_PUBLISHED[sent.verdict])  # texts: dynamic
            missing = w("The imprint line is missing.") if sent.imprint_missing else None
            parts = [Markup("<p>{}</p>").format(self._timed(sent.at, told, verdict, missing, self._file(sent.media)))]
            parts += [Markup("<pre>{}</pre>").format(sent.text)] if sent.text else []
            yield from self._section(w.plain("What stood on the page"), parts)

    def _proof(self, one: ProofOf) -> Markup:
        w = self.w
        told = w("published by {who}", who=self._by(one.person_id))
        if one.given_by is not None and one.given_by != one.person_id:
            told = w("published by {who}, typed by {by}", who=self._by(one.person_id), by=self._by(one.given_by))
        ended = None
        if one.ended_at is not None:
            ended = w("It stands no longer since {when}.", when=self._when(one.ended_at))
        return self._timed(one.at, told, self._link(one.url), self._file(one.media), ended)

    def _after(self) -> Iterator[Markup]:
        w, rows = self.w, self.found.rows
        looks = [
            self._timed(one.at, w(_LOOKS[one.state], who=self._by(one.by_id)), one.note)  # texts: dynamic
            for one in rows.looks
        ]
        yield from self._section(w.plain("Looks at the post"), self._list([*looks]))
        yield from self._section(w.plain("Recalls"), self._list([self._recall(one) for one in rows.recalls]))
        numbers = [
            self._timed(
                one.at,
                w("{name}: {value}", name=w.plain(METRICS[one.metric]), value=w.number(one.value)),  # texts: dynamic
                w("typed by {by}", by=self._by(one.typed_by)),
                self._file(one.screenshot),
            )
            for one in rows.figures
        ]
        yield from self._section(w.plain("Figures of the post"), self._list([*numbers]))

    def _recall(self, one: RecallOf) -> Markup:
        w = self.w
        by = self._by(one.by_id)
        told = w("{who} wants the text corrected", who=by) if one.text else w("{who} wants the text removed", who=by)
        done = w("Done: {when}", when=self._when(one.done_at)) if one.done_at else w("Not done at this post.")
        corrected = Markup("<pre>{}</pre>").format(one.text) if one.text else None
        return self._timed(
            one.at, told, one.note, corrected, done, self._link(one.proof_url), self._file(one.proof_media)
        )

    def _journal(self) -> Iterator[Markup]:
        w, found = self.w, self.found
        rows = Markup("\n").join(self._entry(one) for one in found.journal)
        names = (w.plain("Place"), w.plain("When"), w.plain("What"), w.plain("Seal"))
        heads = Markup().join(Markup("<th>{}</th>").format(name) for name in names)
        yield from self._section(
            w.plain("Journal"), [Markup("<table><tr>{}</tr>\n{}</table>").format(heads, rows)] if rows else []
        )
        count = w.n("The journal has {n} entry.", "The journal has {n} entries.", found.head.entries)
        how = w(
            "How to check it: <code>sha256sum -c SHA256SUMS</code> tells whether a file was changed. In journal.json every"
            " entry stands with the seal before it and its own: a seal is the SHA-256 of the list “sealed”, written as"
            " JSON. The headquarters’ own journal tells with <code>hq journal verify --head</code> whether a seal is in it."
        )
        parts = [Markup("<p>{}</p>").format(part) for part in (count, how)]
        if found.head.seal:
            parts.insert(1, Markup("<p>{}</p>").format(w("Its head: <code>{head}</code>", head=found.head.seal)))
        yield from self._section(w.plain("Checking"), parts)

    def _entry(self, one: Sealed) -> Markup:
        entry = one.entry
        by = self.found.by_number.get(entry.actor, Named(Who.HIDDEN))
        place = "–" if one.place is None else str(one.place)
        seal = one.seal[:16] if one.seal else self.w.plain("not sealed yet")
        cells = (place, self._when(entry.at), sentence(entry, by, self.w), Markup("<code>{}</code>").format(seal))
        return Markup("<tr>{}</tr>").format(Markup().join(Markup("<td>{}</td>").format(cell) for cell in cells))


# -- for a machine -----------------------------------------------------------------------------------------------------


def post_json(found: Evidence, left_out: frozenset[str], w: Words) -> str:
    """Everything that is stored about the post; people by number, with the names this reader may know."""
    rows = _plain(found.rows)
    for stored, one in zip(found.rows.versions, rows["versions"], strict=True):
        one["matches_digest"] = stored.genuine
    files = [_plain(one) | {"file": None if sha in left_out else file_name(one)} for sha, one in found.files.items()]
    told = {
        "campaign": found.campaign,
        "collected_at": found.now.isoformat(),
        "page": {"code": found.page.code, "title": found.page.title, "addresses": list(found.page.addresses)},
        "post": _plain(found.slot),
        "people": {str(number): who(one, w) for number, one in sorted(found.names.items())},
        "stored": rows,
        "files": files,
    }
    return _json(told)


def journal_json(found: Evidence, w: Words) -> str:
    """The entries with what their seals are made of. "details" null: there were none, or they were erased."""
    entries = [
        {
            "place": one.place,
            "by": who(found.by_number.get(one.entry.actor, Named(Who.HIDDEN)), w),
            "told": Markup(sentence(one.entry, found.by_number.get(one.entry.actor, Named(Who.HIDDEN)), w)).striptags(),  # noqa: S704 - made by `sentence`
            "sealed": seal_fields(one.previous, one.entry, one.digest),
            "seal": one.seal,
            "digest": one.digest,
            "salt": one.salt or None,
            "details": dict(one.entry.payload) if one.salt else None,
        }
        for one in found.journal
    ]
    names = ["seal before", "number", "at", "who", "action", "object", "version", "digest of salt and details"]
    return _json(
        {"sealed_is": names, "entries": entries, "head": {"entries": found.head.entries, "seal": found.head.seal}}
    )


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime | date) else value
