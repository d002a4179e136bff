"""The guided tour of the demo's page: one draft's life in eight steps."""

from bot.demo.cast import ANNA, BORIS, DARYA, EGOR, GLEB, VERA
from domain.pages import page_key
from playground import TourStep
from texts.words import Words

PAGE, PAGE_TITLE = "vk-kazan", "Наш край, Казань · ВК"
"""Of the example campaign, as its button shows it."""
LINK = "https://vk.com/wall-900203_1"
"""Of a post on that page."""
NEXT_POST = {"en": "to the next post", "ru": "к следующему посту"}
"""The button of the clock that the sixth step asks for."""

CAPTIONS = {
    GLEB: {"en": "manager", "ru": "руководитель"},
    VERA: {"en": "press secretary", "ru": "пресс-секретарь"},
    ANNA: {"en": "volunteer, Kazan", "ru": "волонтёр, Казань"},
    BORIS: {"en": "volunteer, Kazan (reads English)", "ru": "волонтёр, Казань (по-английски)"},
    DARYA: {"en": "volunteer, Primorye (+7 h)", "ru": "волонтёр, Приморье (+7 ч)"},
    EGOR: {"en": "volunteer, the candidate's pages", "ru": "волонтёр, страницы кандидата"},
}
_DRAFT = {
    "en": "Forty lime trees now grow in our yard. Thank you, everybody who came with a spade!",
    "ru": "Сегодня в нашем дворе посадили сорок лип. Спасибо всем, кто пришёл с лопатами!",
}


def tour(w: Words) -> tuple[TourStep, ...]:
    """The eight steps; `w`: of the language that the cast's phones speak, so that buttons are called what they are called there."""
    submit, queue, approve, posted = (
        w.plain("Submit ›"),
        w.plain("Open the queue"),
        w.plain("✓ Approve"),
        w.plain("Posted ✓"),
    )
    return (
        TourStep(
            {
                "en": "Anna is a volunteer in Kazan. On her phone, send the bot a text, as she would to a friend: press"
                " “Type it for me”, then Enter.",
                "ru": "Анна — волонтёр из Казани. Отправьте боту с её телефона текст, как написали бы знакомому: нажмите"
                " «Набрать за меня», потом Enter.",
            },
            ANNA,
            _DRAFT[w.language],
        ),
        TourStep(
            {
                "en": f"The bot asks where to publish it. Press “{PAGE_TITLE}”: a ☑ appears, and how much room is left.",
                "ru": f"Бот спрашивает, где это опубликовать. Нажмите «{PAGE_TITLE}»: появится ☑ и сколько места осталось.",
            },
            ANNA,
            button=rf"^d:page:\d+:\d+:{page_key(PAGE)}$",
        ),
        TourStep(
            {
                "en": f"Press “{submit}”. Anna is told who decides, and by when.",
                "ru": f"Нажмите «{submit}». Анна узнаёт, кто и к какому часу решит.",
            },
            ANNA,
            button=r"^d:submit:",
        ),
        TourStep(
            {
                "en": f"Vera, the press secretary, has one message for all that waits. Press “{queue}” on her phone.",
                "ru": f"У Веры, пресс-секретаря, одно сообщение обо всём, что ждёт. Нажмите на её телефоне «{queue}».",
            },
            VERA,
            button=r"^a:open:",
        ),
        TourStep(
            {
                "en": f"She reads exactly what will be published, imprint included. Press “{approve}”.",
                "ru": f"Она читает ровно то, что выйдет, вместе с подписью страницы. Нажмите «{approve}».",
            },
            VERA,
            button=r"^a:ok:",
        ),
        TourStep(
            {
                "en": "The plan gave the text an hour and a person: Anna has it. Beside the clock above (on a narrow screen behind"
                " “⋯”) press “to the next post”: that hour comes.",
                "ru": "План дал тексту час и человека: задание у Анны. Вверху, возле часов (на узком экране — за «⋯»), нажмите"
                " «к следующему посту»: этот час наступит.",
            },
            ANNA,
        ),
        TourStep(
            {
                "en": f"Anna publishes by hand, on the real page; here we pretend. Press “{posted}”, then send the post's link:"
                " “Type it for me” and Enter.",
                "ru": f"Публикует Анна сама, на настоящей странице; здесь — понарошку. Нажмите «{posted}», потом пришлите"
                " ссылку на пост: «Набрать за меня» и Enter.",
            },
            ANNA,
            LINK,
            button=r"^p:posted:",
        ),
        TourStep(
            {
                "en": "Gleb, the manager, has ten seconds. Send /status on his phone (“Type it for me”, Enter): what you did is"
                " in the numbers.",
                "ru": "У Глеба, руководителя, десять секунд. Отправьте с его телефона /status («Набрать за меня», Enter):"
                " сделанное вами уже в цифрах.",
            },
            GLEB,
            "/status",
        ),
    )
