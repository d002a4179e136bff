// The page's own words. What the bot says comes from the bot.
const WORDS = {
  en: {
    minutes: "min", hour: "h", goTo: "Go to", people: "People", newPerson: "New person", add: "Add", tour: "Tour",
    theme: "Light or dark", start: "START", startHint: "invitation code, if any", restart: "Unblock and restart",
    block: "Block the bot", unblock: "Unblock", close: "Put the phone away", send: "Send", message: "Message",
    attach: "Photo or file", commands: "Commands", edited: "edited", editing: "Editing a message", cancel: "Cancel",
    copied: "Copied", blocked: "blocked", notStarted: "not started", typing: "the bot is busy…",
    forwardedFrom: "Forwarded from", noPhones: "Choose people on the left to see their phones.", ok: "OK",
    privateChat: "Chat with the bot", violations: "The bot sent requests that Telegram would refuse as malformed:",
    lost: "The connection to the playground is lost. Trying again…",
    next: "Next", back: "Back", finish: "Finish", type: "Type it",
    nobody: "Nothing here yet.", edit: "Edit",
    plain: "Telegram's own parser (tdjson) is not installed: formatting is shown plain.",
    unmodelled: "this kind of button does nothing here",
  },
  ru: {
    minutes: "мин", hour: "ч", goTo: "Перейти к", people: "Люди", newPerson: "Новый человек", add: "Добавить",
    tour: "Экскурсия", theme: "Светлая или тёмная", start: "НАЧАТЬ", startHint: "код приглашения, если есть",
    restart: "Разблокировать и начать", block: "Заблокировать бота", unblock: "Разблокировать",
    close: "Убрать телефон", send: "Отправить", message: "Сообщение", attach: "Фото или файл", commands: "Команды",
    edited: "изменено", editing: "Изменение сообщения", cancel: "Отмена", copied: "Скопировано",
    blocked: "заблокировал(а) бота", notStarted: "ещё не начал(а)", typing: "бот занят…",
    forwardedFrom: "Переслано от", noPhones: "Выберите людей слева, чтобы увидеть их телефоны.", ok: "Понятно",
    privateChat: "Чат с ботом", violations: "Бот отправил запросы, которые Telegram отверг бы как неверные:",
    lost: "Связь с площадкой потеряна. Пробуем снова…",
    next: "Дальше", back: "Назад", finish: "Закончить", type: "Набрать",
    nobody: "Здесь пока пусто.",
    edit: "Изменить", plain: "Разборщик Telegram (tdjson) не установлен: оформление показано как есть.", unmodelled: "такая кнопка здесь ничего не делает",
  },
};

const saved = localStorage.getItem("language");
export let language = saved || (navigator.language.startsWith("ru") ? "ru" : "en");

export function switchLanguage() {
  language = language === "ru" ? "en" : "ru";
  localStorage.setItem("language", language);
}

export const word = (name) => WORDS[language][name] ?? WORDS.en[name] ?? name;

// A text of the embedding program: the same for everybody, or by language.
export const spoken = (text) => (typeof text === "string" ? text : text[language] ?? text.en ?? Object.values(text)[0]);

export function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll("[data-title]")) {
    node.title = word(node.dataset.title);
    node.setAttribute("aria-label", word(node.dataset.title));
  }
  for (const node of root.querySelectorAll("[data-placeholder]")) {
    node.placeholder = word(node.dataset.placeholder);
    node.setAttribute("aria-label", word(node.dataset.placeholder));
  }
}

// The embedder's zone, so that the page's clock and what people read in chat agree; the browser's own without one.
let timeZone;
export const setZone = (zone) => { timeZone = zone || undefined; };

export const clockTime = (date) => date.toLocaleTimeString(language, {hour: "2-digit", minute: "2-digit", timeZone});
export const dayName = (date) => date.toLocaleDateString(language, {weekday: "short", day: "numeric", month: "long", timeZone});
export const moment = (date) => date.toLocaleString(language, {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone, timeZoneName: timeZone ? "short" : undefined});
