"""The plan file: TOML in, domain values out. Every mistake is named by its key before anything is changed."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.config import ConfigError, first_problem
from bot.imprint_file import PackError, ensure_fits, parse_pack, read_pack, read_utf8
from bot.plan_entries import NormEntry, PageEntry, PlanFile, TargetEntry, parse_window
from domain.lanes import Lane, lane_for
from domain.links import page_address
from domain.norms import Norm
from domain.pages import BY_RULES, Page, PageKind, Region
from domain.people import EVERYWHERE
from domain.plan_load import CampaignPlan, silence_key
from domain.platforms import Platform
from domain.rubrics import Rubric
from domain.targets import Campaign, Target

T = TypeVar("T")


class PlanError(ConfigError):
    """The plan cannot be loaded; one line with the key and the reason."""


def read_plan(path: Path) -> tuple[str, CampaignPlan]:
    """The text at `path` and the plan it is; `PlanError` names the file, the first wrong key and why."""
    text, _, plan = read_files(path)
    return text, plan


def read_files(path: Path) -> tuple[str, str | None, CampaignPlan]:
    """The same with the text of the imprint rules that the plan names, if it does."""
    try:
        text = read_utf8(path)
        name = _imprints_named(text)
        rules = None if name is None else read_pack(path, name)
        return text, rules, parse_plan(text, rules)
    except PackError as error:
        raise PlanError(str(error)) from None
    except PlanError as error:
        raise PlanError(f"{path}: {error}") from None


def _imprints_named(text: str) -> str | None:
    """The key `imprints`, before anything else is looked at; a mistake in the file is named later."""
    try:
        name = tomllib.loads(text).get("imprints")
    except tomllib.TOMLDecodeError:
        return None
    return name if isinstance(name, str) else None


def parse_plan(text: str, imprints: str | None = None) -> CampaignPlan:
    """The plan in a TOML text; `PlanError` without the file's name. `imprints`: the text of the rules it names."""
    try:
        plan = PlanFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"not TOML: {error}") from None
    except ValidationError as error:
        raise PlanError(first_problem(error)) from None
    _ensure_distinct("regions", (r.code for r in plan.regions))
    _ensure_distinct("pages", (p.code for p in plan.pages))
    _ensure_distinct("targets", (t.code for t in plan.targets))
    _ensure_distinct("rubrics", (r.code for r in plan.rubrics))
    if sum(r.share for r in plan.rubrics) > 100:
        raise PlanError("rubrics: the shares add up to more than 100 percent")
    _ensure_regions_known(plan)
    _ensure_rubrics_known(plan)
    _ensure_addresses_of_one_page(plan)
    _ensure_imprints(plan, imprints)
    return _with_rules(_as_domain(plan), plan.imprints, imprints)


def _ensure_imprints(plan: PlanFile, imprints: str | None) -> None:
    """Without rules every page says its line itself, be it that none is due."""
    if plan.imprints is not None:
        if imprints is None:
            raise PlanError(f"imprints: {plan.imprints!r} is not at hand")
        return
    for number, page in enumerate(plan.pages, 1):
        if page.imprint is None:
            raise PlanError(f"pages[{number}].imprint: is missing")


def _with_rules(plan: CampaignPlan, name: str | None, text: str | None) -> CampaignPlan:
    if name is None or text is None:
        return plan
    try:
        pack, rules = parse_pack(text)
        ensure_fits(rules.values(), plan.pages.values(), plan.regions)
    except PackError as error:
        raise PlanError(f"{name}: {error}") from None
    return replace(plan, packs={pack.name: pack}, imprints=rules)


def _ensure_distinct(where: str, keys: Iterable[str]) -> None:
    for key, times in Counter(keys).items():
        if times > 1:
            raise PlanError(f"{where}: {key!r} stands there {times} times")


def _ensure_regions_known(plan: PlanFile) -> None:
    known = {EVERYWHERE, *(region.code for region in plan.regions)}
    used = [(f"pages[{n}].region", page.region) for n, page in enumerate(plan.pages, 1)]
    used += [(f"silences[{n}].region", silence.region) for n, silence in enumerate(plan.silences, 1)]
    for key, region in used:
        if region not in known:
            raise PlanError(f"{key}: no region {region!r} in this plan")


def _ensure_rubrics_known(plan: PlanFile) -> None:
    known = {rubric.code for rubric in plan.rubrics}
    for number, page in enumerate(plan.pages, 1):
        for code in page.norm.mix if page.norm is not None else ():
            if code not in known:
                raise PlanError(f"pages[{number}].norm.mix: no rubric {code!r} in this plan")


def _ensure_addresses_of_one_page(plan: PlanFile) -> None:
    """A proof is matched by address: one address cannot belong to two pages."""
    owners: dict[tuple[Platform, str], str] = {}
    for page in plan.pages:
        for address in page.addresses:
            found = page_address(address)
            for key in found.keys:
                other = owners.setdefault((found.platform, key), page.code)
                if other != page.code:
                    raise PlanError(f"pages: {address} belongs to {other!r} and to {page.code!r}")


def _as_domain(plan: PlanFile) -> CampaignPlan:
    regions = {r.code: Region(r.code, r.name, r.zone, tuple(dict.fromkeys((r.zone, *r.zones)))) for r in plan.regions}
    zones = {EVERYWHERE: plan.campaign.zone, **{code: region.zone for code, region in regions.items()}}
    silences = [silence.as_domain() for silence in plan.silences]
    c, knows_lanes = plan.campaign, any(page.lane is not None for page in plan.pages)
    return CampaignPlan(
        campaign=Campaign(c.name, c.starts, c.phase_end, c.ends, c.zone),
        regions=regions,
        pages={page.code: _page(page, zones, new=knows_lanes) for page in plan.pages},
        norms={page.code: _norm(page.code, page.norm) for page in plan.pages if page.norm is not None},
        targets={t.code: _target(t) for t in plan.targets},
        silences={silence_key(silence): silence for silence in silences},
        rubrics={r.code: Rubric(r.code, r.title, r.title_ru, r.share, n) for n, r in enumerate(plan.rubrics)},
        open_lanes=frozenset(page.code for page in plan.pages if _is_open(page, new=knows_lanes)),
    )


def _is_open(entry: PageEntry, *, new: bool) -> bool:
    """The file does not say how the page's texts are decided on."""
    return entry.lane is None and entry.approvals is None and not _strict(entry, new=new)


def _strict(entry: PageEntry, *, new: bool) -> bool:
    """Official pages are strict unless the file says otherwise; files from before there were lanes keep their meaning."""
    return new and entry.kind is PageKind.OFFICIAL


def _page(entry: PageEntry, zones: dict[str, str], *, new: bool) -> Page:
    usual = Lane.STRICT if _strict(entry, new=new) else Lane.ORDINARY
    lane = entry.lane or (lane_for(entry.approvals) if entry.approvals is not None else usual)
    return Page(
        code=entry.code,
        platform=entry.platform,
        kind=entry.kind,
        title=entry.title,
        region=entry.region,
        zone=entry.zone or zones[entry.region],
        addresses=entry.addresses,
        imprint=", ".join(part for part in (entry.imprint, entry.label) if part),
        imprint_rule=BY_RULES if entry.imprint is None else "",
        approvals_needed=lane.needed,
        keeper_id=None,
        active=True,
        lane=lane,
    )


def _norm(page: str, entry: NormEntry) -> Norm:
    windows = tuple(parse_window(text) for text in entry.windows)
    return Norm(
        page,
        entry.week,
        windows,
        entry.gap_minutes,
        entry.daily_cap,
        peaks=tuple(parse_window(text) for text in entry.peaks),
        starts=entry.starts,
        ends=entry.ends,
        mix=tuple(entry.mix.items()),
        exceptions=entry.exceptions,
    )


def _target(entry: TargetEntry) -> Target:
    kinds = tuple(kind.value for kind in entry.kinds)
    return Target(entry.code, entry.title, entry.title_ru, entry.metric, entry.platforms, kinds, entry.value, entry.due)
