// What a message carries beside its text: pictures, films, sound, files, places, people.
import {fileUrl} from "./api.js";
import {icon, make} from "./dom.js";
import {openDialog} from "./menu.js";
import {word} from "./words.js";

export const size = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
const length = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

// The media of a message, or of an album as one grid; null when there are none.
export function mediaOf(item) {
  const parts = item.map(partOf).filter(Boolean);
  if (!parts.length) return null;
  const pictures = parts.filter((part) => part.matches(".picture, .film"));
  const box = make("div", item.length > 1 && pictures.length ? `album n${pictures.length}` : "media");
  box.append(...parts);
  return box;
}

function partOf(message) {
  const build = BUILD[message.kind];
  return build ? build(message[message.kind], message) : null;
}

const BUILD = {
  photo: (sizes, message) => {
    const button = make("button", "picture");
    const image = make("img");
    const best = sizes.at(-1);
    image.src = fileUrl(best.file_id);
    image.alt = message.caption?.slice(0, 100) || word("picture");
    image.width = best.width;
    image.height = best.height;
    button.title = word(message.has_media_spoiler ? "spoiler" : "openPicture");
    button.append(image);
    if (message.has_media_spoiler) button.classList.add("covered");
    button.onclick = () => {
      if (button.classList.contains("covered")) { button.classList.remove("covered"); return; }
      const large = make("img", "large");
      large.src = image.src;
      large.alt = image.alt;
      openDialog(word("picture"), large);
    };
    return button;
  },
  video: (file) => film(file, "film"),
  animation: (file) => film(file, "film", {loop: true, muted: true}),
  video_note: (file) => film(file, "film round"),
  voice: (file) => sound(file, "voice", "microphone"),
  audio: (file) => sound(file, "audio", "file"),
  document: (file) => {
    const name = file.file_name ?? word("file");
    const anchor = make("a", "file");
    anchor.href = fileUrl(file.file_id);
    anchor.download = name;
    anchor.setAttribute("aria-label", word("download", {name}));
    const words = make("span");
    words.append(make("b", "", name), make("small", "", size(file.file_size ?? 0)));
    anchor.append(badge("file"), words);
    return anchor;
  },
  sticker: (file) => {
    const box = make("div", "sticker", file.emoji ?? "");
    box.append(make("small", "", word("sticker")));
    return box;
  },
  contact: (person) => card("contact", `${person.first_name} ${person.last_name ?? ""}`.trim(), person.phone_number),
  location: (place) => card("place", word("place"), `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`),
  venue: (venue) => card("place", venue.title, venue.address),
  dice: (dice) => make("div", "sticker", `${dice.emoji} ${dice.value}`),
};

function badge(name) {
  const node = make("span", "badge");
  node.append(icon(name));
  return node;
}

function card(name, title, detail) {
  const box = make("div", "file");
  const words = make("span");
  words.append(make("b", "", title), make("small", "", detail));
  box.append(badge(name), words);
  return box;
}

function sound(file, label, name) {
  const box = make("div", "sound");
  const player = make("audio");
  player.controls = true;
  player.preload = "metadata";
  player.src = fileUrl(file.file_id);
  player.setAttribute("aria-label", word(label));
  const title = [file.performer, file.title].filter(Boolean).join(" — ") || file.file_name || word(label);
  box.append(badge(name), make("small", "", `${title} · ${length(file.duration ?? 0)}`), player);
  return box;
}

function film(file, className, options = {}) {
  const player = make("video", className);
  player.controls = true;
  player.preload = "metadata";
  player.playsInline = true;
  Object.assign(player, options);
  player.src = fileUrl(file.file_id);
  player.setAttribute("aria-label", word("video"));
  return player;
}

// One line that stands for a message: in quotes, the pinned bar, menus.
export function summary(message, length = 90) {
  const text = message.text ?? message.caption;
  if (text) return text.replaceAll("\n", " ").slice(0, length);
  if (message.poll) return message.poll.question.slice(0, length);
  if (message.document) return message.document.file_name ?? word("file");
  for (const [field, name] of SHORT) if (message[field]) return word(name);
  return "…";
}
const SHORT = [
  ["photo", "picture"], ["video", "video"], ["animation", "video"], ["video_note", "video"], ["voice", "voice"],
  ["audio", "audio"], ["sticker", "sticker"], ["contact", "contact"], ["location", "place"], ["venue", "place"],
];
