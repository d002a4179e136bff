// Trouble on purpose: which requests go wrong, how, and how often.
import {get, post, remove} from "./api.js";
import {fullName, iconButton, make} from "./dom.js";
import {known, translate, word} from "./words.js";

const KINDS = [
  "429", "429-bare", "403", "409", "500", "502", "502-html", "delay", "disconnect", "reply-lost", "drop-update", "duplicate-update", "reorder-update",
];
const METHODS = ["sendMessage", "sendPhoto", "sendMediaGroup", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "getUpdates", "getFile"];
const UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"];
const TIMED = new Set(["429", "delay"]);

export class Faults {
  constructor(app) {
    this.app = app;
    this.root = make("div", "drawer-page");
    this.list = make("ul", "rows");
    this.note = make("p", "note bad");
    this.note.setAttribute("role", "status");
  }

  async enter() {
    this.root.replaceChildren(this.form(), this.note, this.list);
    this.note.textContent = "";
    translate(this.root);
    await this.draw();
  }

  form() {
    const form = make("form", "fault-form");
    const kind = make("select");
    for (const name of KINDS) kind.append(option(name, `${label(name)} (${name})`));
    kind.append(option("random", word("random")));
    const method = make("input");
    method.setAttribute("list", "methods");
    method.placeholder = word("anyMethod");
    const chat = make("select");
    chat.append(option("", word("anyChat")));
    for (const user of this.app.state.users) chat.append(option(user.id, fullName(user)));
    for (const one of this.app.state.chats) chat.append(option(one.id, one.title));
    const text = make("input");
    const nth = number(1, 1);
    const times = number(1, 1);
    const always = make("input");
    always.type = "checkbox";
    always.onchange = () => { times.disabled = always.checked; };
    const seconds = number(5, 0);
    const rate = number(0.2, 0);
    rate.max = 1;
    rate.step = 0.05;
    const seed = number(1, 0);
    const names = make("datalist");
    names.id = "methods";
    const add = make("button", "big", word("addFault"));
    add.type = "submit";
    const timed = field("seconds", seconds);
    const chance = [field("rate", rate), field("seed", seed)];
    const counted = [field("nth", nth), field("times", times)];
    const often = make("label", "check");
    often.append(always, word("always"));
    const settle = () => {
      const random = kind.value === "random";
      timed.hidden = !TIMED.has(kind.value);
      for (const one of chance) one.hidden = !random;
      for (const one of [...counted, often]) one.hidden = random;
      names.replaceChildren(...(kind.value.endsWith("-update") ? UPDATES : METHODS).map((name) => option(name)));
    };
    kind.onchange = settle;
    settle();
    form.append(field("kind", kind), field("method", method), field("chatId", chat), field("text", text), ...counted, often, ...chance, timed, names, add);
    form.onsubmit = (event) => {
      event.preventDefault();
      const body = kind.value === "random"
        ? {kind: "random", rate: Number(rate.value), seed: Number(seed.value)}
        : {kind: kind.value, nth: Number(nth.value) || 1, times: always.checked ? null : Number(times.value) || 1};
      if (method.value.trim()) body.method = method.value.trim();
      if (chat.value) body.chat_id = Number(chat.value);
      if (text.value) body.text = text.value;
      if (kind.value === "429") body.retry_after = Math.max(1, Math.round(Number(seconds.value)));
      if (kind.value === "delay") body.seconds = Number(seconds.value);
      this.change(post("faults", body));
    };
    return form;
  }

  async change(asked) {
    const {ok, error} = await asked;
    this.note.textContent = ok ? "" : word("faultRefused", {text: error});
    await this.draw();
  }

  async draw() {
    const rules = (await get("faults")) ?? [];
    const rows = rules.map((rule, position) => {
      const row = make("li");
      const words = make("span");
      const where = [rule.method, rule.chat_id && this.nameOf(rule.chat_id), rule.text && `“${rule.text}”`].filter(Boolean).join(" · ");
      const often = rule.times === null ? word("always") : `×${rule.times ?? ""}`;
      const when = rule.rate === undefined ? `#${rule.nth} ${often}` : `${Math.round(rule.rate * 100)} % · ${word("seed")} ${rule.seed}`;
      const name = rule.rate === undefined ? label(rule.kind) : word("random");
      words.append(make("b", "", name), make("span", "", where || word("anyMethod")),
        make("small", "", `${when} · ${word("struck", {hits: rule.hits, seen: rule.seen})}`));
      row.append(words, iconButton("delete", "remove", () => this.change(remove(`faults/${position}`))));
      return row;
    });
    const clear = make("button", "", word("clearFaults"));
    clear.onclick = () => this.change(remove("faults"));
    this.list.replaceChildren(...(rows.length ? [...rows, clear] : [make("li", "faint", word("noFaults"))]));
  }

  nameOf(id) {
    const user = this.app.user(id);
    return user ? fullName(user) : this.app.chat(id)?.title ?? id;
  }
}

const label = (kind) => (known(`f_${kind}`) ? word(`f_${kind}`) : kind);

function option(value, text) {
  const node = make("option", "", text);
  node.value = value;
  return node;
}

function number(value, min) {
  const node = make("input");
  node.type = "number";
  node.min = min;
  node.value = value;
  return node;
}

function field(name, input) {
  const node = make("label");
  node.append(make("span", "", word(name)), input);
  return node;
}
