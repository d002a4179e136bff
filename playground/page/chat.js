// Messages as bubbles, and event lines between them.
import {icon, iconButton, make} from "./dom.js";
import {inlineKeyboard} from "./keys.js";
import {mediaOf, summary} from "./media.js";
import {pollOf} from "./poll.js";
import {formatted} from "./text.js";
import {clockTime, dayName, fullTime, known, word} from "./words.js";

// Items of a chat: single messages, and albums as one item.
export function itemsOf(messages) {
  const items = [];
  for (const message of messages) {
    const last = items.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else items.push([message]);
  }
  return items;
}

// `act` is what a bubble may ask of its phone: send, start, copy, press, vote, react, menu, show, say, spins, startPayload.
export function bubble(item, userId, chat, act) {
  const first = item[0];
  if (first.service) return eventLine(first);
  const mine = first.from?.id === userId && !first.from_bot;
  const row = make("div", `row ${mine ? "mine" : "theirs"}`);
  row.dataset.id = first.message_id;
  row.tabIndex = -1;
  const box = make("div", "bubble");
  if (!mine && chat.type !== "private") box.append(make("div", `author tint${Math.abs(first.from?.id ?? 0) % 7}`, authorOf(first)));
  if (first.forward_origin) box.append(make("div", "forwarded", word("forwardedFrom", {name: originOf(first)})));
  if (first.reply_to_message) box.append(quoteOf(first.reply_to_message, first.quote?.text, act));
  const media = mediaOf(item);
  const words = item.map((message) => bodyOf(message, userId, act)).filter(Boolean);
  if (first.show_caption_above_media) box.append(...words);
  if (media) box.append(media);
  if (!first.show_caption_above_media) box.append(...words);
  if (item.length === 1 && (first.kind === "sticker" || first.kind === "dice")) box.classList.add("bare");
  box.append(footer(item, userId, act), menuButton(item, row, act));
  row.append(box);
  const keyboard = inlineKeyboard(item, act);
  if (keyboard) row.append(keyboard);
  row.oncontextmenu = (event) => {
    if (event.target.closest("a, audio, video, .keyboard") || String(getSelection())) return;
    event.preventDefault();
    act.menu(item, row, event.clientX ? {x: event.clientX, y: event.clientY} : null);
  };
  return row;
}

function bodyOf(message, userId, act) {
  if (message.poll) return pollOf(message, userId, act);
  const text = message.text ?? message.caption;
  return text ? formatted(text, message.entities ?? message.caption_entities ?? [], act) : null;
}

function quoteOf(message, part, act) {
  const quote = make("button", "quote");
  quote.append(make("b", "", authorOf(message)), make("span", "", part ?? summary(message)));
  quote.onclick = () => act.show(message.message_id);
  return quote;
}

function footer(item, userId, act) {
  const message = item.at(-1);
  const line = make("div", "foot");
  for (const {emoji, by} of item[0].reactions) {
    const own = by.includes(userId);
    const chip = make("button", own ? "reaction own" : "reaction", by.length > 1 ? `${emoji} ${by.length}` : emoji);
    chip.setAttribute("aria-pressed", own);
    chip.onclick = () => act.react(item[0], own ? null : emoji);
    line.append(chip);
  }
  const edited = item.find((one) => one.edit_date);
  if (edited) line.append(make("span", "edited", word("edited")));
  const date = new Date(message.date * 1000);
  const time = make("time", "", clockTime(date));
  time.dateTime = date.toISOString();
  time.title = fullTime(date);
  line.append(time);
  return line;
}

function menuButton(item, row, act) {
  const button = iconButton("more", "messageMenu", () => act.menu(item, button), "more");
  button.setAttribute("aria-haspopup", "menu");
  return button;
}

export const authorOf = (message) => message.from?.first_name ?? message.sender_chat?.title ?? message.chat?.title ?? "";
const originOf = ({forward_origin: origin}) =>
  origin.chat?.title ?? origin.sender_chat?.title ?? origin.sender_user?.first_name ?? origin.sender_user_name ?? "…";

function eventLine(message) {
  const content = message[message.kind];
  const named = Array.isArray(content) ? content.map((one) => one.first_name).join(", ") : undefined;
  const text =
    message.kind === "pinned_message" ? summary(content, 40)
    : typeof content === "string" ? content
    : named ?? content?.name ?? content?.first_name ?? content?.button_text ?? "";
  const name = known(`ev_${message.kind}`) ? `ev_${message.kind}` : "ev_other";
  const line = make("p", "event", word(name, {text: text || message.kind.replaceAll("_", " "), who: authorOf(message)}));
  if (message.kind === "pinned_message") line.prepend(icon("pin"));
  line.dataset.id = message.message_id;
  return line;
}

export const dayLine = (date) => make("p", "event day", dayName(date));
