"""Imprint lines on other features' screens: which rule gave a line, and where there is none."""

from collections.abc import Iterable

from markupsafe import Markup

from domain.imprints import Expired, ImprintRule, Pack, Reworded
from domain.pages import BY_RULES, Page
from domain.ports.imprints import Relined
from domain.usecases.imprints import CardImprint, PageImprint, Unlined
from texts.words import Words

SHOWN = 8
"""Pages that a sentence may name."""
RULES_SHOWN = 3


def applied(rule: ImprintRule, pack: Pack | None, w: Words) -> Markup:
    """Which rule gives a line and who looked it over. Never that it is lawful: that is theirs to say."""
    until = w("valid until {day}", day=w.full_day(rule.expires)) if rule.expires else w("without an end")
    if pack is None:
        return w("Line by rule {rule}, {until}", rule=rule.id, until=until)
    return w(
        "Line by rule {rule}, reviewed by {reviewer} on {day}, {until}",
        rule=rule.id,
        reviewer=pack.reviewer,
        day=w.full_day(pack.reviewed_on),
        until=until,
    )


def on_card(facts: CardImprint, w: Words) -> list[Markup | str | None]:
    """Below an approver's facts."""
    shown: list[Markup | str | None] = [applied(rule, facts.pack, w) for rule in facts.rules[:RULES_SHOWN]]
    return [*(_relined(facts.relined, w) if facts.relined else ()), *shown]


def _relined(relined: Relined, w: Words) -> list[Markup]:
    return [w("⚠ <b>Only the imprint line has changed.</b>"), *pair(relined.old, relined.new, w)]


def pair(old: str, new: str, w: Words) -> list[Markup]:
    none = w("<i>none</i>")
    return [
        w("Was: <s>{line}</s>", line=old) if old else w("Was: {line}", line=none),
        w("Now: <b>{line}</b>", line=new) if new else w("Now: {line}", line=none),
    ]


def without(pages: Iterable[Page], w: Words) -> Markup | None:
    """Said before a text is handed in and before it is approved: where it cannot go yet."""
    titles = [page.title for page in pages if page.imprint_rule == BY_RULES]
    if not titles:
        return None
    named = w.list([*titles[:SHOWN], *([w.plain("others")] if len(titles) > SHOWN else [])])
    return w("✗ <b>No imprint line</b> for {pages}: nothing goes out there until headquarters loads one.", pages=named)


def of_page(view: PageImprint, w: Words) -> list[Markup | str | None]:
    if view.why is not None:
        return [unlined(view.why, w)]
    line = view.page.imprint
    said = w("Imprint: <i>{line}</i>", line=line) if line else w("Imprint: none is due, says the plan")
    if view.rule is None:
        return [said]
    allowed = w("It may be said in other words.") if view.rule.reworded is Reworded.ALLOWED else None
    return [said, applied(view.rule, view.pack, w), allowed]


def unlined(one: Unlined, w: Words) -> Markup:
    match one.why:
        case Expired(rule):
            day = w.full_day(rule.expires) if rule.expires else ""
            return w("✗ {page}: rule {rule} ended on {day}", page=one.page.title, rule=rule.id, day=day)
        case _ if one.why.starts is not None:
            return w("✗ {page}: no line before {day}", page=one.page.title, day=w.full_day(one.why.starts))
        case _:
            return w("✗ {page}: no rule gives a line", page=one.page.title)
