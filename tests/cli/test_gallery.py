"""`hq gallery` as somebody types it: nothing needs to be set up."""

import pytest

from tests.cli.conftest import Terminal

pytestmark = pytest.mark.slow  # each story starts the program anew


async def test_the_gallery_is_written_without_any_configuration(terminal: Terminal) -> None:
    terminal.config.unlink()
    ran = await terminal.hq("gallery", "--out", "gallery.html", "--language", "ru")
    assert (ran.code, ran.err) == (0, "")
    html = (terminal.folder / "gallery.html").read_text("utf-8")
    assert "gallery.html" in ran.out
    assert 'lang="ru"' in html
    assert "Открыть очередь" in html
    assert "Open the queue" not in html


async def test_without_a_file_a_browser_opens_it(terminal: Terminal) -> None:
    ran = await terminal.hq("gallery", BROWSER="echo opened %s", TMPDIR=str(terminal.folder))
    written = list(terminal.folder.glob("hq-gallery-*.html"))
    assert ran.code == 0
    assert len(written) == 1
    assert f"opened {written[0].as_uri()}" in ran.out


async def test_what_cannot_be_done_is_said_in_one_line(terminal: Terminal) -> None:
    assert "--language" in (await terminal.hq("gallery", "--language", "de")).one_line
    nowhere = await terminal.hq("gallery", "--out", "no/such/folder.html")
    assert nowhere.code == 2
    assert "no/such/folder.html" in nowhere.one_line
