// What the page itself says, and how it shows times. What the bot says comes from the bot.
import {EN} from "./words-en.js";
import {RU} from "./words-ru.js";

const WORDS = {en: EN, ru: RU};
const saved = localStorage.getItem("language");
export let language = saved in WORDS ? saved : navigator.language.startsWith("ru") ? "ru" : "en";

export function switchLanguage() {
  language = language === "ru" ? "en" : "ru";
  localStorage.setItem("language", language);
}

// A word with its {holes} filled in; with `n` the right plural form is chosen.
export function word(name, values = {}) {
  let text = WORDS[language][name] ?? EN[name] ?? name;
  if (typeof text === "object") text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);
}

export const known = (name) => name in EN;

// A text of the embedding program: the same for everybody, or by language.
export const spoken = (text) => (typeof text === "string" ? text : text[language] ?? text.en ?? Object.values(text)[0] ?? "");

export const languageName = (code) => new Intl.DisplayNames([language], {type: "language"}).of(code);

export function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll("[data-title]")) {
    node.title = word(node.dataset.title);
    node.setAttribute("aria-label", node.title);
  }
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
  for (const node of root.querySelectorAll("[data-placeholder]")) {
    node.placeholder = word(node.dataset.placeholder);
    node.setAttribute("aria-label", node.placeholder);
  }
}

// The embedder's zone, so that the page's clock and what people read in chat agree; the browser's own without one.
let timeZone;
export const setZone = (zone) => { timeZone = zone || undefined; };

const shown = (date, options) => new Intl.DateTimeFormat(language, {...options, timeZone}).format(date);
export const clockTime = (date) => shown(date, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
export const exactTime = (date) => shown(date, {hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23"});
export const dayName = (date) => shown(date, {weekday: "short", day: "numeric", month: "long"});
export const fullTime = (date) => shown(date, {dateStyle: "full", timeStyle: "short"});
export const moment = (date) =>
  shown(date, {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: timeZone ? "short" : undefined});

// "2026-09-01T08:05" on the wall of that zone, as an input of the kind datetime-local wants it.
export function wallTime(date) {
  const options = {year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone};
  const part = Object.fromEntries(new Intl.DateTimeFormat("en", options).formatToParts(date).map(({type, value}) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

// The moment at which the wall of that zone shows `wall`. Two rounds: the first may land on the other side of a change of clocks.
export function fromWall(wall) {
  const wanted = Date.parse(`${wall}Z`);
  let at = wanted;
  for (let round = 0; round < 2; round += 1) at += wanted - Date.parse(`${wallTime(new Date(at))}Z`);
  return new Date(at);
}
