"""/norm: setting a page's norm in one line or step by step; both lead to the same preview, and nothing holds before [Save]."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import norm_making, norm_pages, typed_norm
from domain.errors import NotFound
from domain.norm_making import IsHoliday
from domain.norm_settings import NormChanged, NormSetting, NormSettingChanged, SettingState
from domain.norms import Norm
from domain.pages import Page, page_key
from domain.peaks import Peaks
from domain.people import Actor
from domain.planning import PlanRules
from domain.ports import UnitOfWork
from domain.ports.norms import OwnNorm
from domain.rights import Action, ensure_may, may
from domain.rubrics import Rubric
from domain.typed_norm import TypedNorm
from domain.typed_norm_hours import BadNorm
from domain.usecases import norm_days
from domain.usecases.norm_days import Effect

TEXT = "norm.text"
"""Expectation: the next message says the norm `norm:N`, or one part of it (`step`)."""
_DAY = timedelta(days=1)
_SAYS = {"gap": "gap ", "cap": "cap ", "peak": "peak ", "dates": "from ", "mix": "rubrics "}
"""What a bare answer to one step is about."""


@dataclass(frozen=True)
class NormLine:
    page: Page
    norm: Norm | None


@dataclass(frozen=True)
class NormView:
    """A page's norm as it stands, or (`setting`) as it is being set. `by_hand`: set in chat. `today`: of the page.

    `stored`: what would be stored now. `effect` is set for a preview. `stale`: the page's norm was changed meanwhile.
    """

    page: Page
    today: date
    old: OwnNorm | None
    setting: NormSetting | None = None
    effect: Effect | None = None
    rubrics: tuple[Rubric, ...] = ()
    ends: date | None = None
    """The campaign's last day."""
    peaks: Peaks | None = None
    """Hours at which posts did better, of the page or its network's pages; None: too little to say, or not asked."""

    @property
    def later(self) -> date | None:
        """The first day of a norm that is saved already while another one still holds."""
        norm = None if self.old is None else self.old.norm
        return None if norm is None or norm.on(self.today) is norm else norm.starts

    @property
    def stale(self) -> bool:
        seen = 0 if self.old is None else self.old.version
        return self.setting is not None and self.setting.state is SettingState.OPEN and self.setting.seen != seen

    @property
    def stored(self) -> Norm | None:
        old = None if self.old is None else self.old.norm
        if self.setting is None:
            return old
        return norm_making.from_day(self.setting.norm, old, self.today, at_once=self.setting.at_once)


# -- looking ----------------------------------------------------------------------------------------------------------


async def list_mine(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[NormLine]:
    """Pages whose norm the actor may set, with what holds there today, in the order of titles. Read-only."""
    ensure_may(actor, Action.NORM_SET)
    pages = await _pages(uow, actor)
    own = await uow.norms.own(pages)
    lines = [
        NormLine(page, own[code].norm.on(page.local_day(now)) if code in own else None) for code, page in pages.items()
    ]
    return sorted(lines, key=lambda line: (line.page.region, line.page.title))


async def _pages(uow: UnitOfWork, actor: Actor) -> Mapping[str, Page]:
    known = await uow.campaign.pages()
    return {code: page for code, page in known.items() if may(actor, Action.NORM_SET, page.region)}


async def look(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> NormView:
    """The norm of the page behind a button's short key, with the week to come. Read-only."""
    ensure_may(actor, Action.NORM_SET)
    page = next((page for code, page in (await _pages(uow, actor)).items() if page_key(code) == key), None)
    if page is None:
        raise NotFound("page")
    view = await _view(uow, page, None, now)
    if view.old is None:
        return view
    return replace(view, effect=await norm_days.effect(uow, page, view.old.norm, view.today, now=now))


async def see(uow: UnitOfWork, actor: Actor, setting_id: int, *, now: datetime) -> NormView:
    """A norm being set, for the steps. Read-only."""
    setting, page = await _setting(uow, actor, setting_id)
    return await _view(uow, page, setting, now)


async def preview(uow: UnitOfWork, actor: Actor, setting_id: int, *, now: datetime) -> NormView:
    """The week it means, and what it does to slots that are planned already. Read-only."""
    setting, page = await _setting(uow, actor, setting_id)
    return await _with_effect(uow, await _view(uow, page, setting, now), now)


async def _view(uow: UnitOfWork, page: Page, setting: NormSetting | None, now: datetime) -> NormView:
    campaign = await uow.campaign.find_campaign()
    return NormView(
        page,
        page.local_day(now),
        (await uow.norms.own([page.code])).get(page.code),
        setting,
        rubrics=tuple(await uow.rubrics.all()),
        ends=None if campaign is None else campaign.ends,
    )


async def _with_effect(uow: UnitOfWork, view: NormView, now: datetime) -> NormView:
    assert view.setting is not None and view.stored is not None  # noqa: S101, PT018 - only of norms being set
    effect = await norm_days.effect(uow, view.page, view.stored, _first(view), now=now)
    return replace(view, effect=effect)


def _first(view: NormView) -> date:
    """The first day that is shown: from which on the new norm holds."""
    assert view.setting is not None  # noqa: S101 - only of norms being set
    first = view.today if view.setting.at_once else view.today + _DAY
    starts = view.setting.norm.starts
    return first if starts is None else max(first, starts)


# -- setting ----------------------------------------------------------------------------------------------------------


async def begin(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> NormView:
    """Step by step, from the norm as it stands."""
    view = await _begin(uow, actor, await look(uow, actor, key, now=now), now=now)
    await _expect(uow, actor, view.setting, "", now)
    return view


async def say(uow: UnitOfWork, actor: Actor, text: str, is_holiday: IsHoliday, *, now: datetime) -> NormView:
    """`/norm` with a page and what is said of it: a preview; with a page alone: its norm as it stands."""
    ensure_may(actor, Action.NORM_SET)
    page, rest = norm_pages.split(text, (await _pages(uow, actor)).values())
    if not rest.strip():
        return await look(uow, actor, page_key(page.code), now=now)
    view = await _view(uow, page, None, now)
    typed = typed_norm.parse(rest, view.today, view.rubrics)
    new = norm_making.make(typed, _current(view), view.today, is_holiday, view.ends)
    return await _with_effect(uow, await _begin(uow, actor, view, new, at_once=typed.at_once, now=now), now)


async def _begin(
    uow: UnitOfWork, actor: Actor, view: NormView, norm: Norm | None = None, *, at_once: bool = False, now: datetime
) -> NormView:
    seen = 0 if view.old is None else view.old.version
    setting = await uow.norms.begin(actor.id, norm or _current(view), seen, at_once=at_once, now=now)
    return replace(view, setting=setting, effect=None)


def _current(view: NormView) -> Norm:
    """The norm that holds or is to hold, without the one before it; where nothing was agreed yet, one post a day."""
    if view.old is None:
        return norm_making.blank(view.page.code)
    norm = view.old.norm
    begun = norm.starts is not None and norm.starts <= view.today
    return replace(norm, before=None, starts=None if begun else norm.starts)


async def ask(uow: UnitOfWork, actor: Actor, setting_id: int, version: int, step: str, *, now: datetime) -> NormView:
    """One part (empty: any) is being chosen by a button, or by the next message."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    await _expect(uow, actor, setting, step, now)
    return await _view(uow, page, setting, now)


async def change(
    uow: UnitOfWork,
    actor: Actor,
    setting_id: int,
    version: int,
    text: str,
    is_holiday: IsHoliday,
    *,
    now: datetime,
) -> NormView:
    """What a button says, in the words of the line."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    return await _change(uow, actor, setting, page, text, "", is_holiday, now)


async def typed(
    uow: UnitOfWork, actor: Actor, setting_id: int, step: str, text: str, is_holiday: IsHoliday, *, now: datetime
) -> NormView:
    """A message: one part of the norm when a step asked for it, else anything; then with its preview."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, setting.version)
    view = await _change(uow, actor, setting, page, text, step, is_holiday, now)
    if step:
        return view
    await uow.expectations.clear(actor.id, TEXT)
    return await _with_effect(uow, view, now)


async def _change(
    uow: UnitOfWork,
    actor: Actor,
    setting: NormSetting,
    page: Page,
    text: str,
    step: str,
    is_holiday: IsHoliday,
    now: datetime,
) -> NormView:
    view = await _view(uow, page, setting, now)
    said = _parse(text, step, view)
    new = norm_making.make(said, setting.norm, view.today, is_holiday, view.ends)
    at_once = setting.at_once if said.starts is None else False
    saved = await uow.norms.save_setting(replace(setting, norm=new, at_once=at_once or said.at_once))
    await _expect(uow, actor, saved, "", now)
    return replace(view, setting=saved)


def _parse(text: str, step: str, view: NormView) -> TypedNorm:
    """A bare "2h" to the question for the gap is the gap."""
    if step in _SAYS:
        try:
            return typed_norm.parse(_SAYS[step] + text, view.today, view.rubrics)
        except BadNorm:
            pass  # said in full, perhaps with other parts
    return typed_norm.parse(text, view.today, view.rubrics)


async def when(
    uow: UnitOfWork, actor: Actor, setting_id: int, version: int, *, at_once: bool, now: datetime
) -> NormView:
    """From today on, or from tomorrow."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    norm = replace(setting.norm, starts=None) if at_once else setting.norm
    saved = await uow.norms.save_setting(replace(setting, at_once=at_once, norm=norm))
    return await _with_effect(uow, await _view(uow, page, saved, now), now)


async def rebase(uow: UnitOfWork, actor: Actor, setting_id: int, version: int, *, now: datetime) -> NormView:
    """The page's norm was changed by somebody else: this one is to replace that one too."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    old = (await uow.norms.own([page.code])).get(page.code)
    saved = await uow.norms.save_setting(replace(setting, seen=0 if old is None else old.version))
    return await _with_effect(uow, await _view(uow, page, saved, now), now)


async def drop(uow: UnitOfWork, actor: Actor, setting_id: int, version: int, *, now: datetime) -> NormView:
    """[Cancel]: the page keeps its norm."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    gone = await uow.norms.save_setting(replace(setting, state=SettingState.DROPPED))
    await uow.expectations.clear(actor.id, TEXT)
    return await _view(uow, page, gone, now)


async def save(
    uow: UnitOfWork, actor: Actor, setting_id: int, version: int, rules: PlanRules, *, now: datetime
) -> NormView:
    """It holds from now on: surplus slots are withdrawn, missing ones planned, as the preview said. Raises NormChanged."""
    setting, page = await _setting(uow, actor, setting_id)
    _ensure_open(setting, version)
    view = await _with_effect(uow, await _view(uow, page, setting, now), now)
    assert view.stored is not None and view.effect is not None  # noqa: S101, PT018 - it is being set
    if not await uow.norms.set_by_hand(view.stored, setting.seen):
        raise NormChanged
    replaced = None if view.old is None else view.old.norm
    saved = await uow.norms.save_setting(replace(setting, state=SettingState.SAVED, replaced=replaced))
    await uow.expectations.clear(actor.id, TEXT)
    await norm_days.carry_out(uow, page, view.effect, rules, now)
    await uow.journal.add(
        at=now,
        actor=actor.number,
        action="norm.set",
        object_=f"page:{page.code}"[:64],
        payload={
            "per_weekday": list(view.stored.per_weekday),
            "from": None if view.stored.starts is None else view.stored.starts.isoformat(),
            "added": view.effect.added,
            "withdrawn": [slot.id for slot in view.effect.withdrawn],
        },
    )
    return replace(view, setting=saved)


async def take_back(uow: UnitOfWork, actor: Actor, setting_id: int, *, now: datetime) -> NormView:
    """A preview of the norm that this one replaced, from today on. Raises NormChanged when another has followed it."""
    setting, page = await _setting(uow, actor, setting_id)
    view = await _view(uow, page, None, now)
    if setting.replaced is None:
        raise NotFound("button")
    if view.old is None or view.old.version != setting.seen + 1:
        raise NormChanged
    old = replace(setting.replaced.on(view.today), before=None)
    return await _with_effect(uow, await _begin(uow, actor, view, old, at_once=True, now=now), now)


# -- shared -----------------------------------------------------------------------------------------------------------


async def _setting(uow: UnitOfWork, actor: Actor, setting_id: int) -> tuple[NormSetting, Page]:
    """One's own, of a page whose norm one may set."""
    setting = await uow.norms.get_setting(setting_id)
    page = await uow.campaign.get_page(setting.page)
    ensure_may(actor, Action.NORM_SET, page.region)
    if setting.person_id != actor.id:
        raise NotFound("button")
    return setting, page


def _ensure_open(setting: NormSetting, version: int) -> None:
    if setting.state is not SettingState.OPEN or setting.version != version:
        raise NormSettingChanged(setting.state)


async def _expect(uow: UnitOfWork, actor: Actor, setting: NormSetting | None, step: str, now: datetime) -> None:
    if setting is None:
        return
    params = {"setting": setting.id, "step": step}
    await uow.expectations.set(actor.id, TEXT, setting.subject, version=setting.version, params=params, now=now)
