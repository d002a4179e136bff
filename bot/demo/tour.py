"""The guided tour of the demo's page: one draft's life in eight steps."""

from playground import TourStep

ANNA, VERA, GLEB = 1001, 1004, 1005

CAPTIONS = {
    GLEB: {"en": "manager", "ru": "руководитель"},
    VERA: {"en": "press secretary", "ru": "пресс-секретарь"},
    ANNA: {"en": "volunteer, Kazan", "ru": "волонтёр, Казань"},
    1002: {"en": "volunteer, Kazan (in English)", "ru": "волонтёр, Казань (по-английски)"},
    1006: {"en": "volunteer, Primorye (+7 h)", "ru": "волонтёр, Приморье (+7 ч)"},
    1007: {"en": "volunteer, the candidate's pages", "ru": "волонтёр, страницы кандидата"},
}
TOUR = (
    TourStep(
        {
            "en": "Anna is a volunteer in Kazan. On her phone, send the bot a text, as she would to a friend.",
            "ru": "Анна — волонтёр из Казани. Отправьте боту с её телефона текст, как написали бы знакомому.",
        },
        ANNA,
        "Сегодня в нашем дворе посадили сорок лип. Спасибо всем, кто пришёл с лопатами!",
    ),
    TourStep(
        {
            "en": "The bot asks where it should be published. Tap a page of Kazan: a ☑ appears, and how much room is left.",
            "ru": "Бот спрашивает, где это опубликовать. Нажмите страницу Казани: появится ☑ и сколько места осталось.",
        },
        ANNA,
    ),
    TourStep(
        {
            "en": "Tap Submit. Anna is told who decides, and by when.",
            "ru": "Нажмите «Отправить». Анна узнаёт, кто и к какому часу решит.",
        },
        ANNA,
    ),
    TourStep(
        {
            "en": "Vera, the press secretary, has one message for all that waits. Tap Open on her phone.",
            "ru": "У Веры, пресс-секретаря, одно сообщение обо всём, что ждёт. Нажмите «Открыть» на её телефоне.",
        },
        VERA,
    ),
    TourStep(
        {
            "en": "She reads exactly what will be published, imprint included. Tap Approve.",
            "ru": "Она читает ровно то, что выйдет, вместе с подписью штаба. Нажмите «Одобрить».",
        },
        VERA,
    ),
    TourStep(
        {
            "en": "The plan gave the text a time and a person. Look whose phone has the card: Anna's or Boris's. If there is"
            " none yet, move the clock to the next due moment.",
            "ru": "План дал тексту время и человека. Найдите карточку: она у Анны или у Бориса. Если её ещё нет, переведите"
            " часы к ближайшему делу.",
        },
        ANNA,
    ),
    TourStep(
        {
            "en": "Publishing is done by hand, on the real page. Here pretend: tap Posted and send a link of that page.",
            "ru": "Публикуют руками, на настоящей странице. Здесь понарошку: нажмите «Опубликовано» и пришлите ссылку.",
        },
        ANNA,
        "https://vk.com/wall-900203_1",
    ),
    TourStep(
        {
            "en": "Gleb, the manager, has ten seconds. Send /status on his phone: what you did is in the numbers.",
            "ru": "У Глеба, руководителя, десять секунд. Отправьте с его телефона /status: сделанное вами уже в цифрах.",
        },
        GLEB,
        "/status",
    ),
)
