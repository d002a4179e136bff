// The wire log: the newest requests of the bot, errors in red; a press shows what was asked and what was answered.
import {lines} from "./api.js";
import {fill, fullName, make} from "./dom.js";
import {exactTime, word} from "./words.js";

const TAIL = 300;
const AGAIN_MS = 1_000;

export class Wire {
  constructor(app) {
    this.app = app;
    this.root = make("div", "drawer-page");
    this.list = make("ul", "rows wire");
    this.opened = new Set(); // by time and method: stays open while new ones arrive
  }

  enter() {
    this.method = make("input");
    this.method.type = "search";
    this.method.placeholder = word("filterMethod");
    this.method.setAttribute("aria-label", word("filterMethod"));
    this.chat = make("select");
    this.chat.setAttribute("aria-label", word("filterChat"));
    const places = [["", word("anyChat")], ...this.app.state.users.map((user) => [user.id, fullName(user)]), ...this.app.state.chats.map((chat) => [chat.id, chat.title])];
    for (const [id, name] of places) {
      const option = make("option", "", name);
      option.value = id;
      this.chat.append(option);
    }
    this.errors = check(word("onlyErrors"));
    this.still = check(word("pauseLog"));
    const filters = make("div", "filters");
    filters.append(this.method, this.chat, this.errors.label, this.still.label);
    for (const input of [this.method, this.chat, this.errors.box]) input.oninput = () => this.draw();
    this.root.replaceChildren(filters, this.list);
    this.list.signature = "";
    clearInterval(this.timer);
    this.timer = setInterval(() => { if (!this.still.box.checked && !document.hidden) this.ask(); }, AGAIN_MS);
    return this.ask();
  }

  leave() { clearInterval(this.timer); }

  async ask() {
    this.rows = await lines(`wire?tail=${TAIL}`);
    this.draw();
  }

  draw() {
    const method = this.method.value.trim().toLowerCase();
    const shown = (this.rows ?? []).filter((row) =>
      (method ? row.method.toLowerCase().includes(method) : row.method !== "getUpdates" || row.status !== 200) && // polls in vain say nothing
      (!this.chat.value || String(row.params?.chat_id) === this.chat.value) &&
      (!this.errors.box.checked || row.status !== 200)).reverse();
    fill(this.list, [shown.map(({at, method: name, status}) => [at, name, status])], () =>
      (shown.length ? shown.map((row) => this.entry(row)) : [make("li", "faint", word("noRequests"))]));
  }

  entry(row) {
    const item = make("li");
    const key = `${row.at} ${row.method} ${row.duration_ms}`;
    const head = make("button", row.status === 200 ? "request" : "request bad");
    head.dataset.key = key;
    head.append(make("time", "", exactTime(new Date(row.at))), make("b", "", row.method),
      make("span", "who-to", this.nameOf(row.params?.chat_id)), make("span", "status", row.fault ? `${row.status} · ${row.fault}` : String(row.status || "–")));
    item.append(head);
    if (row.status !== 200 && row.description) item.append(make("p", "bad", row.description));
    const open = () => {
      const detail = make("div", "detail");
      for (const [name, value] of [["params", row.params], ["result", row.result]]) {
        detail.append(make("b", "", word(name)), make("pre", "mono", JSON.stringify(value ?? null, null, 1)));
      }
      item.append(detail);
      head.setAttribute("aria-expanded", "true");
    };
    head.setAttribute("aria-expanded", "false");
    head.onclick = () => {
      const detail = item.querySelector(".detail");
      if (detail) { detail.remove(); this.opened.delete(key); head.setAttribute("aria-expanded", "false"); } else { this.opened.add(key); open(); }
    };
    if (this.opened.has(key)) open();
    return item;
  }

  nameOf(id) {
    if (id === undefined || id === null) return "";
    const user = this.app.user(Number(id));
    return user ? user.first_name : this.app.chat(Number(id))?.title ?? String(id);
  }
}

function check(text) {
  const label = make("label", "check");
  const box = make("input");
  box.type = "checkbox";
  label.append(box, text);
  return {label, box};
}
