"""Campaign tags: what the configuration says is kept where texts are read, and approvers are told."""

from datetime import datetime

from domain.campaign_tags import TagRule, tagged_domains
from domain.drafts import Draft
from domain.ports import UnitOfWork


async def settle(uow: UnitOfWork, rule: TagRule, *, now: datetime) -> None:
    """At the start of the program: from now on texts are handed out with these tags."""
    if await uow.tags.get() == rule:
        return
    await uow.tags.save(rule)
    payload = {"domains": list(rule.domains), "campaign": rule.campaign}
    await uow.journal.add(at=now, actor=0, action="tags.set", object_="campaign", payload=payload)


async def on_card(uow: UnitOfWork, draft: Draft) -> tuple[str, ...]:
    """The own sites to which a draft links: links to them are handed out with tags. Read-only."""
    texts = [draft.text, *(variant.text for variant in draft.variants)]
    linked = [text for text in texts if "://" in text]
    if not linked:  # most texts: no statement for them
        return ()
    return tagged_domains("\n".join(linked), await uow.tags.get())
