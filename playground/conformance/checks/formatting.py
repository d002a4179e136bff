"""Formatting: HTML, MarkdownV2 and entities, held against Telegram's own parser."""

from __future__ import annotations

from typing import Any

from playground.conformance.probe import Probe, expect, expect_equal, expect_fields, kinds_of, where
from playground.conformance.registry import Subject

formatting = Subject("formatting", live=True)

Entities = list[tuple[str, int, int]]


async def _html(probe: Probe, text: str, plain: str, entities: Entities) -> dict[str, Any]:
    message = await probe.send(text, parse_mode="HTML")
    expect_fields(message, text=plain)
    expect_equal(kinds_of(message.get("entities")), entities, text)
    return message


async def _bad(probe: Probe, text: str, words: str, mode: str = "HTML") -> None:
    await probe.send_refused(f"can't parse entities: .*{words}", text, parse_mode=mode)


@formatting.check()
async def simple_tags(probe: Probe) -> None:
    """b, i, u, s, code and their long names. [D]"""
    for tags, kind in (
        (("b", "strong"), "bold"),
        (("i", "em"), "italic"),
        (("u", "ins"), "underline"),
        (("s", "strike", "del"), "strikethrough"),
        (("code",), "code"),
        (("pre",), "pre"),
        (("tg-spoiler",), "spoiler"),
        (("blockquote",), "blockquote"),
    ):
        text = " ".join(f"<{tag}>x</{tag}>" for tag in tags)
        await _html(probe, text, " ".join("x" for _ in tags), [(kind, 2 * at, 1) for at in range(len(tags))])


@formatting.check()
async def a_spoiler_may_be_a_span(probe: Probe) -> None:
    """<span class="tg-spoiler"> is a spoiler; any other span is refused. [T]"""
    await _html(probe, '<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)])
    await _bad(probe, "<span>x</span>", 'tag "span" must have class "tg-spoiler"')


@formatting.check()
async def an_expandable_quotation(probe: Probe) -> None:
    """<blockquote expandable> folds. [D]"""
    await _html(probe, "<blockquote expandable>a\nb</blockquote>", "a\nb", [("expandable_blockquote", 0, 3)])


@formatting.check()
async def a_link_with_words(probe: Probe) -> None:
    """<a href> becomes text_link with its address. [D]"""
    message = await _html(probe, '<a href="https://example.org/x?a=1&amp;b=2">see</a>', "see", [("text_link", 0, 3)])
    expect_fields(message["entities"][0], url="https://example.org/x?a=1&b=2")


@formatting.check()
async def a_mention_by_id(probe: Probe) -> None:
    """tg://user?id=… of a person the bot knows becomes text_mention with the whole user. [D]"""
    message = await _html(probe, f'<a href="tg://user?id={probe.chat}">you</a>', "you", [("text_mention", 0, 3)])
    expect_fields(message["entities"][0]["user"], id=probe.chat, is_bot=False)


@formatting.check()
async def code_with_its_language(probe: Probe) -> None:
    """<pre><code class="language-…"> is one pre entity with a language. [D]"""
    text = '<pre><code class="language-python">x = 1</code></pre>'
    message = await _html(probe, text, "x = 1", [("pre", 0, 5)])
    expect_fields(message["entities"][0], language="python")


@formatting.check()
async def nested_tags(probe: Probe) -> None:
    """Bold around italic: both entities, the outer one first. [D]"""
    await _html(probe, "<b>bold <i>both</i></b> none", "bold both none", [("bold", 0, 9), ("italic", 5, 4)])


@formatting.check()
async def offsets_are_utf16(probe: Probe) -> None:
    """An emoji before a tag counts twice, Cyrillic letters once. [D]"""
    await _html(probe, "😀я<b>жирный</b>", "😀яжирный", [("bold", 3, 6)])
    await _html(probe, "<b>😀</b>", "😀", [("bold", 0, 2)])


@formatting.check()
async def a_bare_ampersand_is_accepted(probe: Probe) -> None:
    """Only < must be escaped: a lone & stands for itself. [T]"""
    await _html(probe, "R&D & <b>x</b>", "R&D & x", [("bold", 6, 1)])


@formatting.check()
async def entities_of_html_are_decoded(probe: Probe) -> None:
    """&lt; &gt; &amp; &quot; and numbers; anything else stays as written. [D]"""
    await _html(probe, "&lt;b&gt; &amp; &quot; &#1078; &#x436; &nbsp;", '<b> & " ж ж &nbsp;', [])


@formatting.check()
async def an_unsupported_tag_is_refused(probe: Probe) -> None:
    """<br> is named with its byte offset. [T]"""
    await _bad(probe, "<br>", 'unsupported start tag "br" at byte offset 0')
    await _bad(probe, "я<p>x</p>", 'unsupported start tag "p" at byte offset 2')


@formatting.check()
async def a_missing_end_tag_is_refused(probe: Probe) -> None:
    """The tag that is not closed is named. [T]"""
    await _bad(probe, "<b>x", 'can\'t find end tag corresponding to start tag "?b"?')


@formatting.check()
async def a_wrong_end_tag_is_refused(probe: Probe) -> None:
    """Tags that overlap instead of nesting are refused. [T]"""
    await _bad(probe, "<b><i>x</b></i>", 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"')


@formatting.check()
async def an_end_tag_alone_is_refused(probe: Probe) -> None:
    """Nothing was opened. [T]"""
    await _bad(probe, "x</b>", "unexpected end tag at byte offset 1")


@formatting.check()
async def an_unfinished_tag_is_refused(probe: Probe) -> None:
    """A lone < begins a tag. [T]"""
    await _bad(probe, "1 < 2", "(unsupported|unclosed|empty) start tag")


@formatting.check()
async def markup_around_nothing_is_refused(probe: Probe) -> None:
    """Tags without any text are an empty message. [T]"""
    await probe.send_refused("empty", "<b></b>", parse_mode="HTML")


@formatting.check()
async def markdown_v2(probe: Probe) -> None:
    """*bold* _italic_ __underline__ ~strike~ ||spoiler|| `code` [link](url). [D]"""
    text = "*b* _i_ __u__ ~s~ ||h|| `c` [l](https://example.org)"
    message = await probe.send(text, parse_mode="MarkdownV2")
    expect_fields(message, text="b i u s h c l")
    kinds = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link")
    expect_equal(kinds_of(message.get("entities")), [(kind, 2 * at, 1) for at, kind in enumerate(kinds)])


@formatting.check()
async def markdown_v2_escapes(probe: Probe) -> None:
    r"""A backslash before a reserved character makes it plain. [D]"""
    message = await probe.send(r"1\.5 \- \(x\) \*not bold\*\!", parse_mode="MarkdownV2")
    expect_fields(message, text="1.5 - (x) *not bold*!")


@formatting.check()
async def markdown_v2_reserves_characters(probe: Probe) -> None:
    """Each of .-()!+=|{}#> alone is refused by name. [T]"""
    for character in ".-!":
        words = f"character '\\{character}' is reserved and must be escaped"
        await _bad(probe, f"x {character} y", words, "MarkdownV2")


@formatting.check()
async def markdown_v2_needs_an_end(probe: Probe) -> None:
    """An entity that is not closed is named with its byte offset. [T]"""
    await _bad(probe, "я *x", "can't find end of bold entity at byte offset 3", "MarkdownV2")


@formatting.check()
async def markdown_v2_quotations(probe: Probe) -> None:
    """Lines that begin with > are a quotation. [D]"""
    message = await probe.send(">one\n>two\nthree", parse_mode="MarkdownV2")
    expect_equal(kinds_of(message.get("entities")), [("blockquote", 0, 8)])


@formatting.check()
async def legacy_markdown(probe: Probe) -> None:
    """*bold* and _italic_ of the first Markdown, where a dot needs no escape. [D]"""
    message = await probe.send("*b* _i_ 1.5", parse_mode="Markdown")
    expect_fields(message, text="b i 1.5")
    expect_equal(kinds_of(message.get("entities")), [("bold", 0, 1), ("italic", 2, 1)])


@formatting.check()
async def modes_are_named_in_any_case(probe: Probe) -> None:
    """html, HTML and Html are one. [S]"""
    for mode in ("html", "HTML", "Html", "markdownv2"):
        expect_fields(await probe.send("x y", parse_mode=mode), text="x y")


@formatting.check()
async def an_unknown_mode_is_refused(probe: Probe) -> None:
    """Anything else is "unsupported parse_mode". [S]"""
    await probe.send_refused("unsupported parse_mode", parse_mode="BBCode")


@formatting.check()
async def without_a_mode_nothing_is_parsed(probe: Probe) -> None:
    """Tags and asterisks are plain characters then. [D]"""
    expect_fields(await probe.send("<b>x</b> *y* &amp;"), text="<b>x</b> *y* &amp;")


@formatting.check()
async def entities_are_kept(probe: Probe) -> None:
    """Entities given by offset come back; an emoji counts twice. [D]"""
    entities = [{"type": "bold", "offset": 3, "length": 4}, {"type": "code", "offset": 8, "length": 2}]
    message = await probe.send("😀 bold it", entities=entities)
    expect_equal(kinds_of(message.get("entities")), [("bold", 3, 4), ("code", 8, 2)])


@formatting.check()
async def a_mode_wins_over_entities(probe: Probe) -> None:
    """With both, parse_mode decides and the entities are ignored. [S]"""
    entities = [{"type": "italic", "offset": 0, "length": 1}]
    message = await probe.send("<b>x</b>y", parse_mode="HTML", entities=entities)
    expect_equal(kinds_of(message.get("entities")), [("bold", 0, 1)])


@formatting.check()
async def entities_move_with_cut_spaces(probe: Probe) -> None:
    """White space cut at the beginning shifts the entities. [T]"""
    await _html(probe, "  a <b>b</b>  ", "a b", [("bold", 2, 1)])


@formatting.check()
async def entities_move_with_removed_characters(probe: Probe) -> None:
    """A carriage return that vanishes before an entity shifts it, one inside shortens it. [T]"""
    message = await probe.send("a\r\nxy\r\nz", entities=[{"type": "bold", "offset": 3, "length": 5}])
    expect_fields(message, text="a\nxy\nz")
    expect_equal(kinds_of(message.get("entities")), [("bold", 2, 4)])


@formatting.check()
async def edits_are_parsed_too(probe: Probe) -> None:
    """editMessageText knows the same markup and the same errors. [D]"""
    message = await probe.send("old")
    edited = await probe.ok("editMessageText", **where(message), text="<i>new</i>", parse_mode="HTML")
    expect_equal(kinds_of(edited.get("entities")), [("italic", 0, 3)])
    await probe.edit_refused("can't parse entities", message, "<i>new", parse_mode="HTML")


@formatting.check()
async def links_inside_code_are_not_live(probe: Probe) -> None:
    """Nothing is discovered inside code. [T]"""
    message = await probe.send("<code>https://example.org #x</code>", parse_mode="HTML")
    seen = [kind for kind, _, _ in kinds_of(message.get("entities"))]
    expect(seen == ["code"], seen)
