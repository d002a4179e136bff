"""What the journal's lines say: one sentence for each action, whoever did it and whenever."""

from collections.abc import Mapping

from markupsafe import Markup

from domain.record import Entry, Named, Who
from domain.typed_figures import Metric
from texts.figures import counted
from texts.words import Words, mark

SENTENCES: Mapping[str, str] = {
    "access.request": mark("Somebody asked for access"),
    "access.grant": mark("{who} granted access to somebody who asked"),
    "access.decline": mark("{who} declined a request for access"),
    "access.forget": mark("An old request for access was deleted"),
    "account.blocked": mark("{who} said that a network blocks their account"),
    "account.works": mark("{who} said that their account works again"),
    "account.move": mark("{who} began a move to a new account"),
    "account.opened": mark("The new account opened its link"),
    "account.moved": mark("{who} confirmed the move to a new account"),
    "account.stopped": mark("{who} stopped a move to another account: it was not them"),
    "account.refused": mark("{who} refused the move to a new account"),
    "assignment.accepted": mark("{who} agreed to post it"),
    "assignment.declined": mark("{who} passed the post on"),
    "assignment.moved": mark("{who} handed the post to somebody else"),
    "assignment.out_already": mark("{who} showed that the text was out already"),
    "assignment.posted": mark("{who} proved the publication"),
    "assignment.returned": mark("{who} gave the post back"),
    "assignment.undone": mark("{who} took the proof back"),
    "authority.link": mark("{who} made a link for the page's owner"),
    "authority.owner": mark("{who} came in as the page's owner"),
    "authority.recorded": mark("{who} recorded the page's written authority"),
    "authority.revoked": mark("{who} ended the page's written authority"),
    "authority.veto": mark("{who}, the page's owner, stopped the post"),
    "away.begin": mark("{who} went away for some days"),
    "away.end": mark("{who}: the time away is over"),
    "broadcast.start": mark("{who} sent a message to the team"),
    "broadcast.stop": mark("{who} stopped a message to the team"),
    "broadcast.end": mark("A message to the team reached everybody it could"),
    "check.fine": mark("{who} looked at the post: all is right"),
    "check.not_right": mark("{who} looked at the post: something is wrong"),
    "check.disputed": mark("{who} disagreed with what was found"),
    "check.settled": mark("What was found in the post is settled"),
    "commit.made": mark("{who} wrote down a commitment"),
    "commit.accepted": mark("{who} accepted a commitment"),
    "commit.declined": mark("{who} declined a commitment"),
    "commit.done": mark("{who} kept a commitment"),
    "commit.proof": mark("{who} showed how a commitment was kept"),
    "commit.moved": mark("{who} moved a commitment to another day"),
    "commit.handed": mark("A commitment was handed to somebody else, who is asked"),
    "commit.dropped": mark("{who} dropped a commitment"),
    "consent.renew": mark("{who} agreed to the new text about data"),
    "correction.region": mark("{who} asked for another home region"),
    "correction.words": mark("{who} asked to correct what is stored"),
    "correction.done": mark("{who} corrected what was asked for"),
    "correction.declined": mark("{who} declined a correction"),
    "course.finish": mark("{who} finished the course"),
    "day_off.added": mark("{who} added a day off"),
    "day_off.removed": mark("{who} removed a day off"),
    "days.set": mark("{who} set special days of pages"),
    "days.removed": mark("{who} removed special days of pages"),
    "draft.moved": mark("{who} handed the draft to somebody else"),
    "draft.relined": mark("The imprint line changed: version {n}"),
    "draft_appeal": mark("{who} asked somebody else to decide: version {n}"),
    "draft_claim": mark("{who} took version {n} to read"),
    "draft_comment": mark("{who} commented on version {n}"),
    "draft_decide": mark("{who} decided on version {n}"),
    "draft_decide:approve": mark("{who} approved version {n}"),
    "draft_decide:return": mark("{who} asked for changes to version {n}"),
    "draft_decide:reject": mark("{who} rejected version {n}"),
    "draft_edit": mark("{who} edited the text and approved it: version {n}"),
    "draft_rubric": mark("{who} chose the rubric"),
    "draft_submit": mark("{who} handed in version {n}"),
    "draft_timing": mark("{who} set when the text may go out"),
    "draft_unclaim": mark("{who} left the draft to others"),
    "draft_undo": mark("{who} took back the decision on version {n}"),
    "draft_withdraw": mark("{who} withdrew the draft"),
    "draft_write": mark("{who} wrote version {n}"),
    "evergreen": mark("{who} set whether the text comes back"),
    "evidence": mark("{who} took the evidence of the post"),
    "export": mark("{who} asked for a file with data"),
    "export_made": mark("A file with data was made"),
    "feed.made": mark("{who} made a calendar feed"),
    "feed.revoked": mark("{who} took a calendar feed back"),
    "figures_import": mark("{who} took in figures from a file"),
    "figures_report": mark("{who} reported figures"),
    "figures_report:values": mark("{who} reported figures: {figures}"),
    "figures_report:screenshot": mark("{who} added a screenshot to the figures"),
    "halt.begun": mark("{who} stopped publishing at once"),
    "halt.noted": mark("{who} said why publishing was stopped"),
    "halt.resume_wanted": mark("{who} asked to publish again"),
    "halt.resume_dropped": mark("{who} no longer asks to publish again"),
    "halt.lifted": mark("{who} let publishing go on"),
    "hours.change": mark("{who} changed their posting hours"),
    "imprints.in_force": mark("New imprint rules came into force"),
    "invite.create": mark("{who} made an invite"),
    "invite.order": mark("{who} made many invites"),
    "invite.entry": mark("Somebody came by a shared invite and waits"),
    "invite.let_in": mark("{who} let in those who came by an invite"),
    "invite.refuse": mark("{who} refused somebody who came by an invite"),
    "invite.revoke": mark("{who} took an invite back"),
    "invite.forget": mark("Somebody who waited at an invite was forgotten"),
    "master.write": mark("{who} wrote a master text"),
    "master.send": mark("{who} sent a master text out"),
    "master.until": mark("{who} set until when a master text is open"),
    "master.close": mark("{who} closed a master text"),
    "master.drop": mark("{who} dropped a master text"),
    "master_fill": mark("{who} filled in a master text: version {n}"),
    "norm.set": mark("{who} set the page's norm"),
    "norm.peaks": mark("{who} set the page's best hours"),
    "page.keeper": mark("{who} named who is responsible for the page"),
    "page.ladder": mark("{who} changed the page's reminders"),
    "page.lane": mark("{who} changed how the page's texts are decided on"),
    "page.poster": mark("{who} changed who posts on the page"),
    "person.erased": mark("The data of this person was erased"),
    "person.join": mark("{who} joined"),
    "person.left": mark("{who} left the headquarters"),
    "person.lifted": mark("{who} opened access again"),
    "person.reachable": mark("Messages reach this person again"),
    "person.unreachable": mark("Messages do not reach this person"),
    "person.renamed": mark("{who} changed their name"),
    "person.suspended": mark("{who} closed access"),
    "plan_load": mark("{who} loaded a plan"),
    "plan.move": mark("{who} moved the post to another time"),
    "plan.skip": mark("{who} took the post out of the plan"),
    "plan.back": mark("{who} put the post back into the plan"),
    "plan.add": mark("{who} added a post to the plan"),
    "plan.give": mark("{who} gave the post to somebody"),
    "plan.ask": mark("{who} asked for somebody to post it"),
    "plan.text": mark("{who} placed a text"),
    "plan.text_off": mark("{who} took the text out"),
    "plan.swap_people": mark("{who} swapped the people of two posts"),
    "plan.swap_texts": mark("{who} swapped the texts of two posts"),
    "plan.undo": mark("{who} undid a change of the plan"),
    "post.removed": mark("{who} said that the network took the post down"),
    "post.again": mark("{who} wants the post out again"),
    "post.left": mark("{who} left it at that"),
    "proof.for_other": mark("{who} proved the publication for somebody else"),
    "published.compared": mark("{who} sent what was published; it was compared"),
    "question.asked": mark("{who} asked a question"),
    "question.answered": mark("{who} answered a question"),
    "recall.begun": mark("{who} recalled the text"),
    "recall.noted": mark("{who} said why the text is recalled"),
    "recall.waits": mark("{who} asked for a second look at the correction"),
    "recall.refused": mark("{who} refused the correction"),
    "recall.dropped": mark("{who} dropped the recall"),
    "recall.said": mark("{who} said that the recall is done"),
    "recall.proven": mark("{who} proved that the recall is done"),
    "recall.looked": mark("{who} looked: the recall is done"),
    "reminder.snoozed": mark("{who} put a reminder off"),
    "role.add": mark("{who}: a new role"),
    "role.remove": mark("{who}: a role was taken away"),
    "sensitive.refused": mark("{who} sent something that is not kept; it was refused"),
    "settings.change": mark("{who} changed their settings"),
    "silence.announced": mark("{who} announced a silence"),
    "silence.lift_wanted": mark("{who} asked to end a silence early"),
    "silence.lift_dropped": mark("{who} no longer asks to end a silence early"),
    "silence.lifted": mark("{who} ended a silence early"),
    "slot.claimed": mark("{who} took an open post"),
    "slot.filled": mark("The post got its text and its person"),
    "slot.left_empty": mark("The post stayed empty"),
    "slot.missed": mark("The post was missed"),
    "slot.withdrawn": mark("The post was taken out of the plan"),
    "slots.planned": mark("The planner laid posts out"),
    "staff_chat.bound": mark("{who} bound a group to the bot"),
    "staff_chat.unbound": mark("{who} unbound a group"),
    "staff_chat.broken": mark("Messages do not reach a group"),
    "status": mark("{who} changed their summaries"),
    "substitute.asked": mark("Somebody was asked to step in"),
    "substitute.accepted": mark("{who} stepped in"),
    "substitute.refused": mark("{who} cannot step in"),
    "swap.asked": mark("{who} asked for a swap"),
    "swap.agreed": mark("{who} agreed to a swap"),
    "swap.refused": mark("{who} refused a swap"),
    "swap.withdrawn": mark("A swap was withdrawn"),
    "tags.set": mark("The campaign's tags were set"),
    "target_set": mark("{who} set a target"),
    "target_close": mark("{who} closed a target"),
    "urgent.started": mark("{who} sent the text out as urgent"),
    "urgent.accepted": mark("{who} agreed to post it at once"),
    "urgent.declined": mark("{who} cannot post it at once"),
    "urgent.passed_on": mark("An urgent post is asked of others"),
    "urgent.handed": mark("Somebody else watches over an urgent text"),
    "urgent.stopped": mark("{who} stopped an urgent text"),
    "wish.made": mark("{who} asked for a decision of two people"),
    "wish.confirmed": mark("{who} confirmed a decision of two people"),
    "wish.declined": mark("{who} declined a decision of two people"),
}
"""By action; after a colon what it came to, where its details tell."""


def who(one: Named, w: Words) -> str:
    """Who did it, as far as the reader may know."""
    match one.who:
        case Who.BOT:
            return w.plain("The bot")
        case Who.ERASED:
            return w.plain("somebody erased")
        case Who.HIDDEN:
            return w.plain("somebody")
    return one.name


def sentence(entry: Entry, by: Named, w: Words) -> Markup:
    """One entry in plain words; of an action that this program no longer knows its own name."""
    known = SENTENCES.get(_key(entry)) or SENTENCES.get(entry.action)
    if known is None:
        return w("{who}: {action}", who=who(by, w), action=entry.action)
    return w(known, who=who(by, w), n=w.number(entry.version), figures=_figures(entry, w))  # texts: dynamic


def _key(entry: Entry) -> str:
    """Figures are told by what came in; whose details were erased by the action alone."""
    told = next((one for one in ("values", "screenshot") if entry.payload.get(one)), "")
    return f"{entry.action}:{told}" if told else entry.key


def _figures(entry: Entry, w: Words) -> str:
    """ "340 likes, 51 reposts"; of a measure that this program no longer knows nothing."""
    values = entry.payload.get("values")
    found = values.items() if isinstance(values, Mapping) else ()
    return ", ".join(counted(Metric(metric), value, w) for metric, value in found if metric in set(Metric))
