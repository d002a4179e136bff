// The page: cast, phones side by side, the clock, the embedder's moments, pages and tour.
import {make} from "./chat.js";
import {Phone} from "./phone.js";
import {language, moment, setZone, spoken, switchLanguage, translate, word} from "./words.js";

const $ = (id) => document.getElementById(id);
const API = "/_admin";

// Rebuild only what changed: focus stays where it was.
function fill(node, signature, build) {
  const text = language + JSON.stringify(signature);
  if (node.signature === text) return;
  node.signature = text;
  node.replaceChildren(...build());
}

const app = {
  state: null,
  phones: new Map(),
  seen: new Map(),
  chosen: JSON.parse(localStorage.getItem("phones") ?? "null"),
  skew: 0,
  step: -1,

  async get(path) {
    const answer = await fetch(`${API}/${path}`);
    return answer.ok ? answer.json() : null;
  },

  async post(path, body = {}) {
    const options = {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
    const answer = await fetch(`${API}/${path}`, options);
    return {ok: answer.ok, body: await answer.json().catch(() => ({}))};
  },

  async act(userId, body, phone) {
    const {ok, body: answer} = await this.post(`users/${userId}/act`, body);
    if (!ok) phone.say((answer.error ?? "?").split("\n")[0], true);
    await this.refresh();
    await phone.refresh();
    return ok;
  },

  startPayload(url) {
    const match = /^https?:\/\/t\.me\/(\w+)\?start=([\w-]*)$/.exec(url) ?? /^tg:\/\/resolve\?domain=(\w+)&start=([\w-]*)$/.exec(url);
    return match && match[1].toLowerCase() === this.state.bot.username.toLowerCase() ? match[2] : null;
  },

  async refresh() {
    const state = await this.get("state");
    if (!state) return;
    this.state = state;
    this.chosen ??= state.users.slice(0, 3).map((user) => user.id);
    this.skew = new Date(state.now) - Date.now();
    this.drawBar();
    this.drawCast();
    this.drawPhones();
  },

  drawBar() {
    const {state} = this;
    setZone(state.zone);
    $("banner").textContent = spoken(state.banner) + (state.parser ? "" : ` ${word("plain")}`);
    this.tick();
    fill($("moments"), state.moments, () => state.moments.map(({name, label}) => {
      const button = make("button", "", spoken(label));
      button.onclick = () => this.post(`moments/${encodeURIComponent(name)}`).then(() => this.refresh());
      return button;
    }));
    fill($("pages"), state.pages, () => state.pages.map(({name, label}) => {
      const anchor = make("a", "", spoken(label));
      anchor.href = `/_pages/${encodeURIComponent(name)}`;
      return anchor;
    }));
    $("tour-open").hidden = !state.tour.length;
    const trouble = $("trouble");
    trouble.hidden = !state.violations;
    if (state.violations) trouble.textContent = `${word("violations")} ${state.violations}`;
    $("language").textContent = language === "ru" ? "English" : "Русский";
    document.documentElement.lang = language;
  },

  tick() {
    if (!this.state) return;
    const now = this.state.running ? new Date(Date.now() + this.skew) : new Date(this.state.now);
    const shown = moment(now);
    if ($("now").textContent !== shown) $("now").textContent = shown;
  },

  drawCast() {
    const signature = [this.state.users, this.chosen, this.state.captions];
    fill($("cast"), signature, () => this.state.users.map((user) => {
      const row = make("li");
      const open = this.chosen.includes(user.id);
      const button = make("button", open ? "person open" : "person");
      button.setAttribute("aria-pressed", open);
      button.append(make("span", "name", `${user.first_name} ${user.last_name ?? ""}`.trim()));
      const caption = this.state.captions[user.id];
      const note = user.blocked ? word("blocked") : user.started ? caption && spoken(caption) : word("notStarted");
      if (note) button.append(make("small", "", note));
      const unread = user.unread;
      const fresh = open ? 0 : Math.max(0, unread - (this.seen.get(user.id) ?? 0));
      if (open) this.seen.set(user.id, unread);
      if (fresh) button.append(make("span", "unread", String(fresh)));
      button.onclick = () => (open ? this.putAway(user.id) : this.takeOut(user.id));
      row.append(button);
      return row;
    }));
  },

  drawPhones() {
    const place = $("phones");
    for (const [id, phone] of this.phones) {
      if (!this.chosen.includes(id) || !this.state.users.some((user) => user.id === id)) {
        phone.root.remove();
        this.phones.delete(id);
      }
    }
    for (const id of this.chosen) {
      const user = this.state.users.find((one) => one.id === id);
      if (!user) continue;
      if (!this.phones.has(id)) {
        const phone = new Phone(user, this);
        this.phones.set(id, phone);
        place.append(phone.root);
        translate(phone.root);
        phone.refresh();
      }
      this.phones.get(id).update(user, this.state.chats);
    }
    place.querySelector(".empty")?.remove();
    if (!this.phones.size) place.append(make("p", "empty", word("noPhones")));
  },

  choose(ids) {
    this.chosen = ids;
    localStorage.setItem("phones", JSON.stringify(ids));
    this.drawCast();
    this.drawPhones();
  },
  takeOut(id) { this.choose([...this.chosen.filter((one) => one !== id), id]); },
  putAway(id) { this.choose(this.chosen.filter((one) => one !== id)); },

  hear(event) {
    if (event.kind === "chat") {
      for (const phone of this.phones.values()) if (phone.chatId === event.chat_id) phone.refresh();
      this.refreshSoon();
    } else if (event.kind === "toast") {
      this.phones.get(event.user_id)?.say(event.text, event.alert);
    } else if (event.kind === "answered") {
      this.phones.get(event.user_id)?.answered();
    } else {
      this.refreshSoon();
    }
  },

  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), 60);
  },

  showStep(step) {
    const {tour} = this.state;
    this.step = step;
    const box = $("tour");
    box.hidden = step < 0 || step >= tour.length;
    if (box.hidden) return;
    const {text, user_id: userId, suggest} = tour[step];
    if (userId && !this.chosen.includes(userId)) this.takeOut(userId);
    const phone = this.phones.get(userId);
    phone?.root.scrollIntoView({behavior: "smooth", block: "nearest", inline: "center"});
    const back = make("button", "", word("back"));
    back.disabled = step === 0;
    back.onclick = () => this.showStep(step - 1);
    const next = make("button", "", word(step === tour.length - 1 ? "finish" : "next"));
    next.onclick = () => this.showStep(step + 1);
    const close = make("button", "plain", "✕");
    close.onclick = () => this.showStep(-1);
    const line = make("div", "tour-keys");
    line.append(back, next);
    if (suggest && phone?.input) {
      const type = make("button", "", word("type"));
      type.onclick = () => { phone.input.value = suggest; phone.input.focus(); };
      line.append(type);
    }
    box.replaceChildren(close, make("small", "", `${step + 1} / ${tour.length}`), make("p", "", spoken(text)), line);
  },
};

for (const button of document.querySelectorAll("[data-advance]")) {
  button.onclick = () => app.post("clock", {advance: Number(button.dataset.advance)}).then(() => app.refresh());
}
$("jump").onchange = (event) => {
  if (event.target.value) app.post("clock", {to: new Date(event.target.value).toISOString()}).then(() => app.refresh());
};
$("language").onclick = () => {
  switchLanguage();
  translate(document);
  app.refresh().then(() => { for (const phone of app.phones.values()) phone.redraw(); });
  if (app.step >= 0) app.showStep(app.step);
};
$("theme").onclick = () => {
  const root = document.documentElement;
  const dark = getComputedStyle(root).getPropertyValue("--dark").trim() === "1";
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
};
$("tour-open").onclick = () => app.showStep(0);
$("add-person").onsubmit = async (event) => {
  event.preventDefault();
  const name = event.target.first_name.value.trim();
  const id = Math.max(1000, ...app.state.users.map((user) => user.id)) + 1;
  if (name) await app.post("users", {id, first_name: name, language_code: language});
  event.target.reset();
  app.takeOut(id);
};
if (localStorage.getItem("theme")) document.documentElement.dataset.theme = localStorage.getItem("theme");

translate(document);
setInterval(() => app.tick(), 1000);
const feed = new EventSource(`${API}/events`);
feed.onmessage = (message) => app.hear(JSON.parse(message.data));
feed.onopen = () => {
  $("trouble").classList.remove("lost");
  app.refresh().then(() => { for (const phone of app.phones.values()) phone.refresh(); });
};
feed.onerror = () => {
  const trouble = $("trouble");
  trouble.hidden = false;
  trouble.classList.add("lost");
  trouble.textContent = word("lost");
};
