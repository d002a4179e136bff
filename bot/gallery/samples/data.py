"""A small made-up campaign: its people, pages, texts. The moment is Monday 7 September 2026, 14:20 in Moscow."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from domain.drafts import Decision, Draft, DraftState, MediaRef, Reason, Verdict
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE, Actor, Membership, Person, PersonStatus, Role
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.targets import Campaign

NOW = datetime(2026, 9, 7, 11, 20, tzinfo=UTC)
ZONE = "Europe/Moscow"
TODAY = date(2026, 9, 7)
AHEAD = Campaign("Наш край", date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 30), "Europe/Moscow")
"""A campaign that has not begun; `OVER`: one that has ended."""
OVER = replace(AHEAD, starts=date(2026, 7, 1), phase_end=date(2026, 7, 31), ends=date(2026, 8, 31))
BOT_ID = 42

LONG_TITLE = "Штаб поддержки: Комсомольск-на-Амуре, Амурск, Солнечный и Комсомольский район"
LONG_NAME = "Александра-Виктория Константиновна Рождественская-Преображенская"
HTML_NAME = "<b>Петя</b> & Co 🌻"
HTML_TITLE = "Наш двор <Казань> & 🌳"

REGIONS = {
    "kazan": "Казань",
    "moscow": "Москва",
    "primorye": "Приморье",
    "omsk": "Омск",
    "khabarovsk": "Комсомольск-на-Амуре и Комсомольский муниципальный район",
    "sakhalin": "Сахалин",
}
MANY_REGIONS = REGIONS | {f"region-{n}": f"Регион {n}" for n in range(7, 90)}
LONG_REGION = "khabarovsk"


def minutes(n: int) -> datetime:
    """`n` minutes from now; before it when negative."""
    return NOW + timedelta(minutes=n)


# -- people -----------------------------------------------------------------------------------------------------------


def person(number: int = 1, name: str = "Анна Соколова", *, zone: str = ZONE, reachable: bool = True) -> Person:
    return Person(
        id=number,
        name=name,
        language="ru",
        zone=zone,
        region="kazan",
        status=PersonStatus.ACTIVE,
        reachable=reachable,
        digest_at=time(8),
        quiet_from=time(22),
        quiet_to=time(8),
        version=1,
    )


def actor(*roles: Role, region: str = "kazan", name: str = "Анна Соколова") -> Actor:
    """Somebody with these roles; managers and owners hold theirs everywhere."""
    wide = {Role.OWNER, Role.MANAGER, Role.CANDIDATE}
    held = tuple(Membership(role, EVERYWHERE if role in wide else region) for role in roles)
    return Actor(person(name=name), 1001, 7, held)


CROWD = tuple(
    person(100 + n, name)
    for n, name in enumerate(
        [LONG_NAME, HTML_NAME, "Ким", *(f"{first} {last}" for first in ("Ольга", "Иван", "Мария") for last in
        ("Белова", "Громов", "Дронова", "Ежов", "Зимина", "Котов"))] * 10
    )
)[:200]  # fmt: skip
"""200 people."""

# -- pages ------------------------------------------------------------------------------------------------------------


def page(
    code: str = "vk-kazan",
    title: str = "Наша Казань",
    platform: Platform = Platform.VK,
    *,
    kind: PageKind = PageKind.GROUP,
    region: str = "kazan",
    address: str = "https://vk.com/nasha_kazan",
    approvals: int = 1,
    imprint: str = "Штаб «Наш край», Казань",
) -> Page:
    return Page(
        code=code,
        platform=platform,
        kind=kind,
        title=title,
        region=region,
        zone=ZONE,
        addresses=(address,) if address else (),
        imprint=imprint,
        approvals_needed=approvals,
        keeper_id=1,
        active=True,
    )


VK = page()
OK = page("ok-kazan", "Наша Казань в ОК", Platform.OK, address="https://ok.ru/group/54321")
X = page(
    "x-candidate", "Микроблог кандидата", Platform.X, kind=PageKind.OFFICIAL, region=EVERYWHERE,
    address="https://x.com/nash_kray", approvals=2, imprint="Штаб «Наш край»",
)  # fmt: skip
OWN = page(
    "vk-anna", "Анна Соколова (личная)", kind=PageKind.PERSONAL, address="https://vk.com/anna_sokolova", imprint=""
)
LONG = page("vk-komsomolsk", LONG_TITLE, region=LONG_REGION, address="https://vk.com/komsomolsk_nash")
ODD = page("tg-kazan", HTML_TITLE, Platform.TELEGRAM, address="")
PAGES = tuple(
    replace(VK, code=f"page-{n}", title=title)
    for n, title in enumerate(
        [LONG_TITLE, HTML_TITLE, *(f"{place} {n}" for n in range(1, 15) for place in
        ("Наш двор", "Соседи", "Наш район", "Парк Победы")), "Рыбаки", "Садоводы"]
    )
)  # fmt: skip
"""60 pages."""

# -- texts ------------------------------------------------------------------------------------------------------------

SHORT = "Сегодня во дворе на улице Мира открыли спортивную площадку. Приходите, места хватит всем!"
_PARAGRAPH = (
    "Сегодня во дворе на улице Мира открыли площадку: первыми на качели сели те, кто о ней просил. Заявку жители подали"
    " весной, собрали 214 подписей, дважды переделывали проект, и вот результат. Спасибо соседям, которые не бросили"
    " дело на полпути, и рабочим, которые успели до школы. "
)


def text_of(length: int) -> str:
    """A post of exactly so many characters, in paragraphs."""
    paragraphs = "\n\n".join([_PARAGRAPH.strip()] * (length // len(_PARAGRAPH) + 1))
    return paragraphs[: length - 1].rstrip().ljust(length - 1, "!") + "."


HTML_TEXT = "Что лучше: <b>жирно</b> или & просто? 🌳🌻 1 < 2 — это точно. https://example.org/?a=1&b=2 #казань @anna"

# -- files ------------------------------------------------------------------------------------------------------------


def files(*kinds: str) -> tuple[MediaRef, ...]:
    return tuple(MediaRef(f"{number:064x}", kind) for number, kind in enumerate(kinds, 1))


def stored(media: tuple[MediaRef, ...]) -> dict[str, StoredMedia]:
    return {
        ref.sha256: StoredMedia(ref.sha256, 100_000, "image/jpeg", ref.kind, "IMG_0042.jpg", BOT_ID, "file", "u", True)
        for ref in media
    }


ALBUM = files(*["photo"] * 9, "video")

# -- drafts -----------------------------------------------------------------------------------------------------------


def draft(
    text: str = SHORT,
    state: DraftState = DraftState.WRITING,
    *,
    number: int = 12,
    version: int = 1,
    media: tuple[MediaRef, ...] = (),
    pages: tuple[Page, ...] = (VK, OK),
    source: str = "",
    due: int = 100,
) -> Draft:
    """`due`: minutes until it is to be decided."""
    handed_in = state is not DraftState.WRITING
    return Draft(
        id=number,
        author_id=1,
        region="kazan",
        state=state,
        version=version,
        text=text,
        media=media,
        pages=tuple(p.code for p in pages),
        source=source,
        updated_at=minutes(-30),
        submitted_at=minutes(-20) if handed_in else None,
        decide_by=minutes(due) if handed_in else None,
    )


def decision(
    verdict: Verdict,
    reason: Reason | None = None,
    note: str = "",
    *,
    by: int = 2,
    name: str = "Вера Лебедева",
    of: Draft | None = None,
) -> Decision:
    about = of or draft()
    return Decision(about.id, about.version, by, name, verdict, reason, note, minutes(-5))


def sheet(
    of: Draft, *decisions: Decision, pages: tuple[Page, ...] = (VK, OK), author: str = "Анна Соколова"
) -> DraftSheet:
    return DraftSheet(of, author, ZONE, pages, decisions)
