"""A file of figures: read, shown, and taken in as a whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from domain.errors import NotFound
from domain.figure_import import (
    OLDEST,
    SHOWN_CELLS,
    WAITS,
    Cell,
    Fault,
    FigureImport,
    ImportOver,
    ImportState,
    ImportView,
    Mistake,
    NobodyToImportFor,
    Sheet,
    of_page,
)
from domain.figures import MEASURES, PAGE_METRICS, Figure, FigureState, is_jump
from domain.pages import Page
from domain.people import EVERYWHERE, Actor, Role
from domain.ports import UnitOfWork
from domain.ports.figure_imports import NewFigure, Rolled
from domain.rights import RULES, Action, ensure_may
from domain.typed_figures import Metric

COMPARED = timedelta(days=60)
"""How far back a figure is looked for that those of the file are compared with."""

_Key = tuple[str, date, Metric]


@dataclass(frozen=True)
class _Checked:
    mistakes: tuple[Mistake, ...]
    pages: Mapping[str, Page]
    cells: Mapping[_Key, Cell]
    """What the file changes; figures that stand already are left out."""
    standing: Mapping[_Key, list[Figure]]
    same: int
    jumps: int


async def look(uow: UnitOfWork, actor: Actor | None, name: str, sheet: Sheet, *, now: datetime) -> ImportView:
    """What a file would change. `actor` None: the operator, who may everything."""
    return _view(name, sheet, await _check(uow, actor, sheet, now))


async def receive(uow: UnitOfWork, actor: Actor, name: str, text: str, sheet: Sheet, *, now: datetime) -> ImportView:
    """The same, kept until it is decided; a file with mistakes is not."""
    ensure_may(actor, Action.FIGURES_IMPORT)
    view = await look(uow, actor, name, sheet, now=now)
    await uow.figure_imports.put_away(actor.id, now)
    if view.mistakes or not view.figures:
        return view
    row = await uow.figure_imports.add(
        person_id=actor.id, name=name, text=text, state=ImportState.WAITING, figures=view.figures, at=now
    )
    return replace(view, row=row)


async def text_of(uow: UnitOfWork, actor: Actor, import_id: int, version: int, *, now: datetime) -> FigureImport:
    """The file that a button is about, while it waits."""
    row = await _mine(uow, actor, import_id)
    if row.state is not ImportState.WAITING or row.version != version or now - row.at > WAITS:
        raise ImportOver(row.state)
    return row


async def take(
    uow: UnitOfWork, actor: Actor, import_id: int, version: int, sheet: Sheet, *, now: datetime
) -> ImportView:
    """All of the file. What does not hold any more since it was shown is named, and nothing is taken."""
    row = await text_of(uow, actor, import_id, version, now=now)
    ensure_may(actor, Action.FIGURES_IMPORT)
    checked = await _check(uow, actor, sheet, now)
    if checked.mistakes:
        return _view(row.name, sheet, checked)
    done = await uow.figure_imports.decide(row, ImportState.DONE, now)
    if done is None:
        raise ImportOver(ImportState.DONE)
    await _write(uow, checked, done.id, actor.id, now)
    await _write_down(uow, actor.number, done, len(checked.cells), now)
    return replace(_view(row.name, sheet, checked), row=done, by=actor.person.name)


async def take_at_once(uow: UnitOfWork, name: str, sheet: Sheet, *, now: datetime) -> ImportView:
    """The operator's way: shown before, taken in one step. The figures are the first owner's, the file's name says whence."""
    checked = await _check(uow, None, sheet, now)
    view = _view(name, sheet, checked)
    if checked.mistakes or not checked.cells:
        return view
    owners = await uow.people.holders(frozenset({Role.OWNER}), EVERYWHERE)
    if not owners:
        raise NobodyToImportFor
    row = await uow.figure_imports.add(
        person_id=None, name=name, text="", state=ImportState.DONE, figures=view.figures, at=now
    )
    await _write(uow, checked, row.id, owners[0].id, now)
    await _write_down(uow, 0, row, view.figures, now)
    return replace(view, row=row)


async def cancel(uow: UnitOfWork, actor: Actor, import_id: int, version: int, *, now: datetime) -> FigureImport:
    """Put it away; saying it twice changes nothing."""
    row = await _mine(uow, actor, import_id)
    if row.state is ImportState.CANCELLED:
        return row
    done = await uow.figure_imports.decide(replace(row, version=version), ImportState.CANCELLED, now)
    if done is None:
        raise ImportOver(row.state)
    return done


async def _mine(uow: UnitOfWork, actor: Actor, import_id: int) -> FigureImport:
    row = await uow.figure_imports.get(import_id)
    if row.person_id != actor.id:
        raise NotFound("import")
    return row


# -- comparing with the campaign ----------------------------------------------------------------------------------------


async def _check(uow: UnitOfWork, actor: Actor | None, sheet: Sheet, now: datetime) -> _Checked:
    pages = await uow.campaign.pages({cell.page for cell in sheet.cells}, inactive=True) if sheet.cells else {}
    led = None if actor is None else actor.regions(RULES[Action.FIGURES_IMPORT].roles)
    mistakes = [*sheet.mistakes, *_not_ours(sheet, pages, led, now)]
    wrong = {mistake.line for mistake in mistakes}
    cells = {
        (cell.page, cell.day, of_page(cell, pages[cell.page])): cell
        for cell in sheet.cells
        if cell.line not in wrong and cell.page in pages
    }
    if not cells:
        return _Checked(_in_order(mistakes), pages, {}, {}, 0, 0)
    mistakes += await _counted_by_post(uow, cells)
    standing = await _standing(uow, cells)
    same = {key for key, cell in cells.items() if _stands(standing.get(key, ()), cell.value)}
    changed = {key: cell for key, cell in cells.items() if key not in same}
    return _Checked(_in_order(mistakes), pages, changed, standing, len(same), _jumps(changed, standing))


def _in_order(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda m: m.line))


def _not_ours(sheet: Sheet, pages: Mapping[str, Page], led: frozenset[str] | None, now: datetime) -> Iterable[Mistake]:
    """Pages nobody knows or of other regions, days that cannot be. `led` None: every region."""
    told: set[tuple[int, Fault]] = set()
    for cell in sheet.cells:
        page, fault, head, said = pages.get(cell.page), None, sheet.page_head, cell.page
        if page is None:
            fault = Fault.PAGE_UNKNOWN
        elif led is not None and EVERYWHERE not in led and page.region not in led:
            fault = Fault.PAGE_FOREIGN
        else:
            today, head, said = page.local_day(now), sheet.day_head, cell.day.isoformat()
            fault = Fault.DAY_AHEAD if cell.day > today else Fault.DAY_OLD if today - cell.day > OLDEST else None
        if fault is not None and (cell.line, fault) not in told:
            told.add((cell.line, fault))
            yield Mistake(cell.line, head, fault, said)


async def _counted_by_post(uow: UnitOfWork, cells: Mapping[_Key, Cell]) -> list[Mistake]:
    """A day's sum beside figures of that day's posts would count them twice."""
    sums = {key: cell for key, cell in cells.items() if key[2] not in PAGE_METRICS}
    if not sums:
        return []
    days = [day for _, day, _ in sums]
    known = await uow.figure_imports.with_posts({page for page, _, _ in sums}, min(days), max(days))
    return [
        Mistake(cell.line, cell.column, Fault.HAS_POSTS, str(cell.value)) for key, cell in sums.items() if key in known
    ]


async def _standing(uow: UnitOfWork, cells: Mapping[_Key, Cell]) -> dict[_Key, list[Figure]]:
    days = [day for _, day, _ in cells]
    found: dict[_Key, list[Figure]] = defaultdict(list)
    for figure in await uow.figure_imports.standing({page for page, _, _ in cells}, min(days) - COMPARED, max(days)):
        found[figure.page, figure.day, figure.metric].append(figure)
    return found


def _stands(figures: Iterable[Figure], value: int) -> bool:
    return any(f.state is FigureState.CONFIRMED and f.value == value for f in figures)


def _jumps(cells: Mapping[_Key, Cell], standing: Mapping[_Key, list[Figure]]) -> int:
    """How many page figures lie far from the one before them, in the file or in what stands."""
    known: dict[tuple[str, Metric], dict[date, int]] = defaultdict(dict)
    for (page, day, metric), figures in standing.items():
        for figure in figures:
            if figure.state is FigureState.CONFIRMED:
                known[page, metric][day] = figure.value
    for (page, day, metric), cell in cells.items():
        known[page, metric][day] = cell.value
    jumps = 0
    for (page, metric), values in known.items():
        if metric in PAGE_METRICS:
            days = sorted(values)
            jumps += sum(is_jump(values[a], values[b]) for a, b in pairwise(days) if (page, b, metric) in cells)
    return jumps


def _view(name: str, sheet: Sheet, checked: _Checked) -> ImportView:
    days = sorted({day for _, day, _ in checked.cells})
    replaced = sum(bool(checked.standing.get(key)) for key in checked.cells)
    return ImportView(
        name=name,
        lines=sheet.lines,
        cells=tuple(replace(cell, metric=metric) for (_, _, metric), cell in list(checked.cells.items())[:SHOWN_CELLS]),
        figures=len(checked.cells),
        pages=len({page for page, _, _ in checked.cells}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        same=checked.same,
        replaced=replaced,
        jumps=checked.jumps,
        mistakes=checked.mistakes,
    )


# -- taking in ------------------------------------------------------------------------------------------------------------


async def _write(uow: UnitOfWork, checked: _Checked, import_id: int, person_id: int, now: datetime) -> None:
    old = [figure for key in checked.cells for figure in checked.standing.get(key, ())]
    await uow.figure_imports.replace([figure.id for figure in old])
    new, latest, deltas = [], [], []
    for key, cell in checked.cells.items():
        page, metric = checked.pages[cell.page], key[2]
        new.append(NewFigure(page.code, cell.day, metric, cell.value, person_id, page.keeper_id or person_id))
        counted = sum(f.value for f in checked.standing.get(key, ()) if f.state is FigureState.CONFIRMED)
        if metric in PAGE_METRICS:
            latest.append(Rolled(page.code, page.region, cell.day, MEASURES[metric], cell.value))
        else:
            deltas.append(Rolled(page.code, page.region, cell.day, MEASURES[metric], cell.value - counted))
    await uow.figure_imports.write(new, import_id, now)
    await uow.figure_imports.roll_up(latest, deltas)


async def _write_down(uow: UnitOfWork, number: int, row: FigureImport, figures: int, now: datetime) -> None:
    await uow.journal.add(
        at=now,
        actor=number,
        action=Action.FIGURES_IMPORT.value,
        object_=f"figure_import:{row.id}",
        payload={"file": row.name, "figures": figures},
    )
