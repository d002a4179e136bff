// Messages as bubbles. Text is only ever set as text: nothing a person or the bot wrote becomes markup.
import {clockTime, dayName, word} from "./words.js";

export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (tag === "button") node.type = "button";
  return node;
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = {
  url: (text) => (/^[a-z]+:/i.test(text) ? text : `https://${text}`),
  email: (text) => `mailto:${text}`,
  phone_number: (text) => `tel:${text}`,
};
const SAFE = /^(https?|mailto|tel):/i;

// Nested formatting from flat entities; offsets are UTF-16 units, which is what JavaScript strings count in.
export function formatted(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const build = (parent, from, to, inside) => {
    let at = from;
    while (inside.length) {
      const entity = inside.shift();
      if (entity.offset < at) continue;
      const end = Math.min(entity.offset + entity.length, to);
      parent.append(text.slice(at, entity.offset));
      const children = [];
      while (inside.length && inside[0].offset < end) children.push(inside.shift());
      const node = element(entity, text.slice(entity.offset, end), act);
      build(node, entity.offset, end, children);
      parent.append(node);
      // A block ends its line: the line break that follows it in the text is that end, not an empty line.
      at = BLOCKS.has(entity.type) && text[end] === "\n" && end < to ? end + 1 : end;
    }
    parent.append(text.slice(at, to));
  };
  const root = make("div", "text");
  build(root, 0, text.length, sorted);
  return root;
}

function element(entity, text, act) {
  if (entity.type === "text_link" || LINKS[entity.type]) {
    return link(entity.url ?? LINKS[entity.type](text), act);
  }
  if (entity.type === "bot_command") {
    const node = make("a", "command");
    node.href = "#";
    node.onclick = (event) => { event.preventDefault(); act.send(text); };
    return node;
  }
  if (entity.type === "spoiler") {
    const node = make("span", "spoiler");
    node.onclick = () => node.classList.add("open");
    return node;
  }
  const node = make(TAGS[entity.type] ?? "span", entity.type);
  if (entity.type === "code" || entity.type === "pre") node.onclick = () => act.copy(text);
  if (entity.type === "date_time") node.title = new Date(entity.unix_time * 1000).toLocaleString();
  return node;
}

function link(url, act) {
  const node = make("a");
  const payload = act.startPayload(url);
  if (payload !== null) {
    node.href = "#";
    node.onclick = (event) => { event.preventDefault(); act.start(payload); };
  } else if (SAFE.test(url)) {
    node.href = url;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  return node;
}

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

export function bubble(item, userId, chat, act) {
  const first = item[0];
  if (first.service) return make("p", "event", serviceText(first));
  const mine = first.from?.id === userId;
  const row = make("div", `row ${mine ? "mine" : "theirs"}`);
  const box = make("div", "bubble");
  if (!mine && chat.type !== "private") box.append(make("div", "author", authorOf(first)));
  if (first.forward_origin) box.append(make("div", "forwarded", `${word("forwardedFrom")} ${originOf(first)}`));
  if (first.reply_to_message) box.append(make("div", "quote", plainOf(first.reply_to_message)));
  const media = make("div", item.length > 1 ? "album" : "media");
  for (const message of item) addMedia(media, message);
  const words = item.map((message) => bodyOf(message, act)).filter(Boolean);
  const above = first.show_caption_above_media;
  if (above) box.append(...words);
  if (media.childNodes.length) box.append(media);
  if (!above) box.append(...words);
  box.append(footer(item, mine, act));
  row.append(box);
  const keyboard = keyboardOf(item, act);
  if (keyboard) row.append(keyboard);
  return row;
}

function bodyOf(message, act) {
  const text = message.text ?? message.caption;
  return text ? formatted(text, message.entities ?? message.caption_entities ?? [], act) : null;
}

function footer(item, mine, act) {
  const message = item.at(-1);
  const line = make("div", "foot");
  if (message.reactions.length) line.append(make("span", "reactions", message.reactions.join(" ")));
  if (mine && message.text) {
    const edit = make("button", "edit", "✎");
    edit.title = word("edit");
    edit.setAttribute("aria-label", word("edit"));
    edit.onclick = () => act.edit(message);
    line.append(edit);
  }
  if (item.some((one) => one.edit_date)) line.append(make("span", "", word("edited")));
  line.append(make("time", "", clockTime(new Date(message.date * 1000))));
  return line;
}

function addMedia(box, message) {
  const url = (id) => `/_admin/files/${encodeURIComponent(id)}`;
  if (message.photo) {
    const image = make("img");
    image.src = url(message.photo.at(-1).file_id);
    image.alt = message.caption ?? "";
    image.loading = "lazy";
    box.append(image);
  } else if (message.kind === "voice" || message.kind === "audio") {
    const player = make("audio");
    player.controls = true;
    player.src = url(message[message.kind].file_id);
    box.append(player);
  } else if (message.kind === "sticker") {
    box.append(make("div", "sticker", message.sticker.emoji ?? "🖼"));
  } else if (message.contact) {
    box.append(make("div", "file", `👤 ${message.contact.first_name} ${message.contact.phone_number}`));
  } else if (message.location) {
    box.append(make("div", "file", `📍 ${message.location.latitude}, ${message.location.longitude}`));
  } else if (message[message.kind]?.file_id) {
    const file = message[message.kind];
    const anchor = make("a", "file", `📄 ${file.file_name ?? message.kind} · ${size(file.file_size ?? 0)}`);
    anchor.href = url(file.file_id);
    anchor.download = file.file_name ?? "";
    box.append(anchor);
  }
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function keyboardOf(item, act) {
  const message = item.find((one) => one.reply_markup?.inline_keyboard);
  if (!message) return null;
  const board = make("div", "keyboard");
  for (const buttons of message.reply_markup.inline_keyboard) {
    const line = make("div", "keys");
    for (const button of buttons) line.append(key(message, button, act));
    board.append(line);
  }
  return board;
}

function key(message, button, act) {
  const mark = button.copy_text ? " ❐" : button.url || button.web_app ? " ↗" : "";
  const node = make("button", `key ${button.style ?? ""}`, button.text + mark);
  node.onclick = () => {
    if (button.callback_data) act.press(message, button, node);
    else if (button.copy_text) act.copy(button.copy_text.text);
    else if (button.url && act.startPayload(button.url) !== null) act.start(act.startPayload(button.url));
    else if (button.url && SAFE.test(button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
    else act.say(word("unmodelled"));
  };
  return node;
}

const plainOf = (message) => (message.text ?? message.caption ?? "…").slice(0, 120);
const authorOf = (message) => message.from?.first_name ?? message.sender_chat?.title ?? "";
const originOf = ({forward_origin: origin}) =>
  origin.chat?.title ?? origin.sender_user?.first_name ?? origin.sender_user_name ?? "…";

function serviceText(message) {
  const content = message[message.kind];
  if (message.kind === "pinned_message") return `📌 ${plainOf(content)}`;
  if (content?.name) return `# ${content.name}`;
  if (Array.isArray(content)) return `+ ${content.map((one) => one.first_name).join(", ")}`;
  if (message.kind === "left_chat_member") return `− ${content.first_name}`;
  return message.kind.replaceAll("_", " ");
}

export function dayLine(date) {
  return make("p", "event day", dayName(date));
}
