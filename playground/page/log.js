// The scrolling conversation of one phone: draws only what changed, keeps its place, tells of what arrived below.
import {bubble, dayLine, itemsOf} from "./chat.js";
import {icon, make} from "./dom.js";
import {dayName, word} from "./words.js";

const NEAR = 80; // pixels from the end that still count as being there
const TABBED = 2; // newest messages whose buttons are in the tab order; the others by arrows

export class Log {
  // `onSeen` is called when the end of the chat is in view, `onEarlier` when older messages are wanted.
  constructor({onSeen, onEarlier}) {
    this.root = make("div", "log-box");
    this.list = make("div", "log");
    this.list.setAttribute("role", "log");
    this.list.dataset.label = "conversation";
    this.list.tabIndex = 0;
    this.pill = make("button", "pill");
    this.pill.hidden = true;
    this.pill.onclick = () => this.toEnd(true);
    this.root.append(this.list, this.pill);
    this.shown = new Map();
    this.places = new Map();
    this.place = "";
    this.stick = true;
    this.below = 0;
    this.onSeen = onSeen;
    this.onEarlier = onEarlier;
    this.list.addEventListener("scroll", () => this.scrolled(), {passive: true});
    this.list.addEventListener("load", () => this.keep(), true);
    this.list.addEventListener("loadedmetadata", () => this.keep(), true);
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("focusin", (event) => this.settleTabs(event.target.closest(".row")));
    new ResizeObserver(() => this.keep()).observe(this.list);
  }

  // Another chat or topic: remember where this one was.
  go(place) {
    if (place === this.place) return;
    if (this.place) this.places.set(this.place, this.stick ? null : this.list.scrollTop);
    this.place = place;
    this.clear();
    this.below = 0;
    this.wanted = this.places.get(place) ?? null;
    this.stick = this.wanted === null;
  }

  clear() {
    this.shown.clear();
    this.list.replaceChildren();
  }

  scrolled() {
    const before = this.stick;
    if (before && this.list.scrollTop === this.top) { this.keep(); return; } // the room changed, nobody scrolled
    this.stick = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
    if (this.stick) {
      this.below = 0;
      if (!before) this.onSeen();
    }
    this.drawPill();
  }

  drawPill() {
    this.pill.hidden = this.stick;
    this.pill.classList.toggle("fresh", this.below > 0);
    const text = this.below ? `${word("newMessages")}: ${this.below}` : "";
    this.pill.replaceChildren(text, icon("down"));
    this.pill.setAttribute("aria-label", text || word("toEnd"));
  }

  keep() {
    if (!this.stick) return;
    this.list.scrollTop = this.list.scrollHeight;
    this.top = this.list.scrollTop;
  }

  toEnd(smooth = false) {
    this.stick = true;
    this.list.scrollTo({top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant"});
    this.drawPill();
    this.onSeen();
  }

  // `about` is what stands in a chat without messages.
  draw(messages, earlier, userId, chat, act, about) {
    const newest = this.newest ?? 0;
    const first = !this.shown.size;
    const wanted = earlier ? [["earlier", String(earlier), () => this.earlierButton()]] : [];
    if (!messages.length) wanted.push(["empty", about, () => make("p", "event none", about || word("emptyChat"))]);
    let day = "";
    for (const item of itemsOf(messages)) {
      const date = new Date(item[0].date * 1000);
      if (dayName(date) !== day) {
        day = dayName(date);
        wanted.push([`day ${day}`, "", () => dayLine(date)]);
      }
      wanted.push([item[0].message_id, JSON.stringify(item), () => bubble(item, userId, chat, act)]);
    }
    this.replace(wanted);
    this.newest = messages.at(-1)?.message_id ?? 0;
    if (!first && !this.stick) this.below += messages.filter((one) => one.message_id > newest && one.from?.id !== userId).length;
    if (first && this.wanted !== null) this.list.scrollTop = this.wanted;
    this.keep();
    this.drawPill();
    this.settleTabs();
  }

  // Only what changed is built anew, so that nothing under a pressing finger jumps.
  replace(wanted) {
    const {list} = this;
    const active = list.contains(document.activeElement) ? document.activeElement : null;
    const hold = active && {id: active.closest("[data-id]")?.dataset.id, at: [...focusables(active.closest("[data-id]"))].indexOf(active)};
    const kept = new Map();
    const nodes = wanted.map(([id, signature, build]) => {
      const old = this.shown.get(id);
      const entry = old && old.signature === signature ? old : {signature, node: build()};
      kept.set(id, entry);
      return entry.node;
    });
    this.shown = kept;
    const current = new Set(nodes);
    for (const node of [...list.childNodes]) if (!current.has(node)) node.remove();
    nodes.forEach((node, index) => { if (list.childNodes[index] !== node) list.insertBefore(node, list.childNodes[index] ?? null); });
    if (hold?.id && !active.isConnected) {
      const row = this.find(hold.id);
      (focusables(row)[hold.at] ?? row ?? list).focus({preventScroll: true});
    }
  }

  earlierButton() {
    const button = make("button", "earlier", word("earlier"));
    button.onclick = () => {
      const fromEnd = this.list.scrollHeight - this.list.scrollTop;
      this.onEarlier().then(() => { this.list.scrollTop = this.list.scrollHeight - fromEnd; });
    };
    return button;
  }

  find(id) { return this.list.querySelector(`[data-id="${CSS.escape(String(id))}"]`); }

  // Bring a message into view and make it flash; false when it is not among those loaded.
  show(id) {
    const row = this.find(id);
    if (!row) return false;
    row.scrollIntoView({block: "center", behavior: "smooth"});
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
    return true;
  }

  walk(event) {
    const rows = [...this.list.querySelectorAll(".row")];
    const row = document.activeElement.closest?.(".row");
    const at = rows.indexOf(row);
    const onRow = document.activeElement === row || document.activeElement === this.list;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (event.target.closest("audio, video, select")) return;
      event.preventDefault();
      const next = at < 0 ? rows.at(-1) : rows[at + (event.key === "ArrowUp" ? -1 : 1)];
      next?.focus({preventScroll: true});
      next?.scrollIntoView({block: "nearest"});
    } else if (row && onRow && (event.key === "Enter" || event.key === "ContextMenu")) {
      event.preventDefault();
      row.querySelector(".more")?.click();
    }
  }

  // Tab visits the newest messages and the one that has the focus; a long history does not stand in the way.
  settleTabs(current = document.activeElement?.closest?.(".row")) {
    const rows = [...this.list.querySelectorAll(".row")];
    rows.forEach((row, index) => {
      const open = row === current || index >= rows.length - TABBED;
      for (const node of focusables(row)) node.tabIndex = open ? 0 : -1;
    });
  }
}

const focusables = (row) => (row ? row.querySelectorAll("button, a, audio, video, [role=button]") : []);
