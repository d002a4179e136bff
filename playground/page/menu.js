// Menus that open beside what was pressed, and boxes that must be closed. Both give the focus back.
import {icon, make} from "./dom.js";
import {word} from "./words.js";

// `items` are {label, icon?, act, danger?} or ready nodes. Arrows walk, Esc closes.
export function openMenu(anchor, label, items, at = null, role = "menu") {
  document.querySelector(".menu")?.hidePopover();
  const back = document.activeElement;
  const box = make("div", "menu");
  box.popover = "auto";
  box.setAttribute("role", role);
  box.setAttribute("aria-label", label);
  for (const item of items) box.append(item instanceof Node ? item : menuItem(box, item));
  document.body.append(box);
  if (role === "menu") box.addEventListener("keydown", (event) => walk(box, event));
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (box.contains(document.activeElement) || document.activeElement === document.body) back?.focus({preventScroll: true});
    box.remove();
  });
  box.showPopover();
  settle(box, anchor, at);
  box.querySelector("button")?.focus({preventScroll: true});
  return box;
}

function menuItem(box, item) {
  const button = make("button", item.danger ? "item danger" : "item");
  button.setAttribute("role", "menuitem");
  if (item.icon) button.append(icon(item.icon));
  button.append(make("span", "", item.label));
  button.onclick = () => { box.hidePopover(); item.act(); };
  return button;
}

function walk(box, event) {
  const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const all = [...box.querySelectorAll("button")];
  all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
}

function settle(box, anchor, at) {
  const place = anchor.getBoundingClientRect();
  const from = at ?? {x: place.left, y: place.bottom + 4};
  const size = box.getBoundingClientRect();
  const above = (at ? at.y : place.top - 4) - size.height;
  const top = from.y + size.height > innerHeight - 8 ? Math.max(8, above) : from.y;
  box.style.left = `${Math.max(8, Math.min(from.x, innerWidth - size.width - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(top, innerHeight - size.height - 8))}px`;
}

// A box in the middle of the page: Esc or a press outside closes it.
export function openDialog(label, ...content) {
  const box = make("dialog", "dialog");
  box.setAttribute("aria-label", label);
  const close = make("button", "plain close");
  close.append(icon("close"));
  close.setAttribute("aria-label", word("closeTools"));
  close.onclick = () => box.close();
  box.append(close, ...content);
  box.onclose = () => box.remove();
  box.onclick = (event) => { if (event.target === box) box.close(); };
  document.body.append(box);
  box.showModal();
  return box;
}

// An answer to a press that must be read: it covers its own phone only, the others go on.
export function openAlert(phone, text) {
  const back = phone.contains(document.activeElement) ? document.activeElement : null;
  const cover = make("div", "cover");
  const box = make("div", "alert");
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-modal", "true");
  const words = make("p", "", text);
  words.id = `alert-${performance.now()}`;
  box.setAttribute("aria-labelledby", words.id);
  const ok = make("button", "big", word("ok"));
  box.append(words, ok);
  cover.append(box);
  const others = [...phone.children].filter((node) => !node.classList.contains("cover"));
  for (const node of others) node.inert = true;
  ok.onclick = () => {
    cover.remove();
    const next = phone.querySelector(".cover button");
    if (!next) for (const node of others) node.inert = false;
    (next ?? (back?.isConnected ? back : phone.querySelector(".writer textarea")))?.focus({preventScroll: true});
  };
  cover.onkeydown = (event) => {
    if (event.key === "Escape") ok.click();
    if (event.key === "Tab") event.preventDefault(); // there is only one thing to press
    event.stopPropagation();
  };
  phone.append(cover);
  if (back || document.activeElement === document.body) ok.focus({preventScroll: true});
}
