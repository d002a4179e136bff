// Small helpers for building the page. Text is only ever set as text: nothing a person or the bot wrote becomes markup.
import {language, word} from "./words.js";

export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (tag === "button") node.type = "button";
  return node;
}

// Strokes of 24×24 pictures.
const ICONS = {
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M5.7 5.7l12.6 12.6",
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8M4 20c1-4 4-6 8-6s7 2 8 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  delete: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  down: "M6 9l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  forward: "M14 6l6 6-6 6M20 12H9a5 5 0 0 0-5 5v2",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  language: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  link: "M8 16L18 6M10 6h8v8",
  microphone: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  pause: "M8 5v14M16 5v14",
  photo: "M4 5h16v14H4zM4 16l5-5 5 5 3-3 3 3M15.5 9h.01",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  place: "M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12M12 11.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6l-6 6 6 6M4 12h11a5 5 0 0 1 5 5v2",
  send: "M4 12l16-8-6 16-3-7z",
  slash: "M15 4L9 20",
  stop: "M7 7h10v10H7z",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  tools: "M4 7h10M18 7h2M4 12h3M11 12h9M4 17h8M16 17h4M16 5v4M9 10v4M14 15v4",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A button that shows a picture; `label` is the name of a word of the page.
export function iconButton(name, label, act, className = "plain") {
  const button = make("button", className);
  button.dataset.title = label; // said again by translate() when the language changes
  button.title = word(label);
  button.setAttribute("aria-label", button.title);
  button.append(icon(name));
  button.onclick = act;
  return button;
}

// Rebuild only what changed: focus stays where it was.
export function fill(node, signature, build) {
  const text = language + JSON.stringify(signature);
  if (node.signature === text) return false;
  node.signature = text;
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  node.replaceChildren(...build());
  if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  return true;
}

// A round picture with initials, in a colour that stays with the id.
export function avatar(id, name) {
  const letters = name.trim().split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("");
  const node = make("span", `avatar tint${Math.abs(id) % 7}`, letters.toUpperCase());
  node.setAttribute("aria-hidden", "true");
  return node;
}

export const fullName = (user) => `${user.first_name} ${user.last_name ?? ""}`.trim();

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    const back = document.activeElement;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    back?.focus();
  }
}

// Left and right walk through a row of tabs or keys, up and down through a list.
export function walkable(row, selector = "button", [forwards, backwards] = ["ArrowRight", "ArrowLeft"]) {
  row.addEventListener("keydown", (event) => {
    const step = {[forwards]: 1, [backwards]: -1}[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...row.querySelectorAll(selector)].filter((node) => !node.disabled);
    const at = all.indexOf(document.activeElement);
    if (at < 0 || !all[at + step]) return;
    event.preventDefault();
    event.stopPropagation();
    all[at + step].focus();
  });
}

// One asking at a time: what is wanted meanwhile is asked once more afterwards, so an old answer never covers a newer one.
export function oneAtATime(ask) {
  let going = null;
  let again = false;
  return () => {
    again = true;
    going ??= (async () => {
      try {
        while (again) {
          again = false;
          await ask();
        }
      } finally {
        going = null;
      }
    })();
    return going;
  };
}

// What acts like a button but has to stand inside a text.
export function pressable(node, label, act) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  if (label) node.title = label;
  node.onclick = (event) => { event.stopPropagation(); act(event); };
  node.onkeydown = (event) => {
    if (event.target !== node || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    act(event);
  };
  return node;
}
