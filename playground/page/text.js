// Formatted text: nested nodes from flat entities.
import {safe} from "./api.js";
import {iconButton, make, pressable} from "./dom.js";
import {fullTime, word} from "./words.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = {
  url: (text) => (/^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`),
  email: (text) => `mailto:${text}`,
  phone_number: (text) => `tel:${text}`,
};

// Offsets are UTF-16 units, which is what JavaScript strings count in. `act` is what bubbles may ask of their phone.
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
      const words = text.slice(entity.offset, end);
      const node = element(entity, words, act);
      build(node, entity.offset, end, children);
      parent.append(wrapped(entity, node, words, act));
      // A block ends its line: the line break that follows it in the text is that end, not an empty line.
      at = BLOCKS.has(entity.type) && text[end] === "\n" && end < to ? end + 1 : end;
    }
    parent.append(text.slice(at, to));
  };
  const root = make("div", "text");
  root.dir = "auto";
  build(root, 0, text.length, sorted);
  return root;
}

function element(entity, text, act) {
  if (entity.type === "text_link" || LINKS[entity.type]) return link(entity.url ?? LINKS[entity.type](text), act);
  const node = make(TAGS[entity.type] ?? "span", entity.type);
  if (entity.type === "bot_command") pressable(node, "", () => act.send(text)).setAttribute("role", "link");
  if (entity.type === "spoiler") hide(node);
  if (entity.type === "code") pressable(node, word("copy"), () => act.copy(text));
  if (entity.type === "date_time") node.title = fullTime(new Date(entity.unix_time * 1000));
  return node;
}

// Code with its copy button, and quotes that can be opened, need a box around them.
function wrapped(entity, node, text, act) {
  if (entity.type === "pre") {
    const box = make("div", "code");
    const head = make("div", "code-head");
    head.append(make("span", "", entity.language ?? ""), iconButton("copy", "copyCode", () => act.copy(text)));
    box.append(head, node);
    return box;
  }
  if (entity.type === "expandable_blockquote") {
    const toggle = make("button", "expand", word("expand"));
    toggle.setAttribute("aria-expanded", "false");
    toggle.onclick = () => {
      const open = node.classList.toggle("open");
      toggle.textContent = word(open ? "collapse" : "expand");
      toggle.setAttribute("aria-expanded", open);
    };
    const box = make("div", "expandable");
    box.append(node, toggle);
    return box;
  }
  return node;
}

function hide(node) {
  pressable(node, word("spoiler"), () => {
    node.classList.add("open");
    for (const name of ["role", "title", "tabindex", "aria-label"]) node.removeAttribute(name);
    node.onclick = node.onkeydown = null;
  });
  node.setAttribute("aria-label", word("spoiler"));
}

function link(url, act) {
  const node = make("a");
  const payload = act.startPayload(url);
  node.title = url;
  if (payload !== null) {
    node.href = "#";
    node.onclick = (event) => { event.preventDefault(); act.start(payload); };
  } else if (safe(url)) {
    node.href = url;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  return node;
}
