// The page: who is shown, what has been seen, and how news reach the phones.
import {get, listen, post} from "./api.js";
import {Cast} from "./cast.js";
import {ClockBar} from "./clockbar.js";
import {fill, icon, make, oneAtATime} from "./dom.js";
import {Drawer} from "./drawer.js";
import {Phone} from "./phone.js";
import {Tour} from "./tour.js";
import {language, setZone, spoken, switchLanguage, translate, word} from "./words.js";

const $ = (id) => document.getElementById(id);
const SETTLE_MS = 60; // events come in bursts

class App {
  constructor() {
    this.state = null;
    this.phones = new Map();
    this.seen = new Map(); // newest message seen, by person, chat and topic
    this.chosen = chosenBefore();
    this.refresh = oneAtATime(() => this.ask());
    this.clock = new ClockBar(this);
    this.cast = new Cast(this);
    this.drawer = new Drawer(this);
    this.tour = new Tour(this);
    this.watcher = new IntersectionObserver((entries) => this.inView(entries), {root: $("phones"), threshold: 0.6});
  }

  chat(id) { return this.state.chats.find((one) => one.id === id); }
  user(id) { return this.state.users.find((one) => one.id === id); }

  async ask() {
    const state = await get("state");
    if (!state) return;
    const first = this.state === null;
    this.state = state;
    setZone(state.zone);
    this.chosen ??= firstPhones(state);
    this.drawBar();
    this.clock.update(state);
    this.drawPhones();
    this.cast.draw();
    this.tour.update(first);
  }

  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), SETTLE_MS);
  }

  drawBar() {
    const {state} = this;
    $("banner").textContent = spoken(state.banner) + (state.parser ? "" : ` ${word("plain")}`);
    fill($("pages"), state.pages, () => state.pages.map(({name, label}) => {
      const anchor = make("a", "", spoken(label));
      anchor.href = `/_pages/${encodeURIComponent(name)}`;
      anchor.target = "_blank";
      anchor.rel = "noopener";
      return anchor;
    }));
    const trouble = $("trouble");
    trouble.hidden = !state.violations && !this.lost;
    const text = this.lost ? word("lost") : word("violations", {n: state.violations});
    fill(trouble, [text, trouble.hidden], () => {
      if (this.lost) return [text];
      const show = make("button", "plain", word("seeThem"));
      show.onclick = () => this.drawer.open("malformed");
      return [text, show];
    });
    $("language").textContent = language === "ru" ? "English" : "Русский";
    $("language").lang = language === "ru" ? "en" : "ru";
    document.documentElement.lang = language;
  }

  // Phones: a person's ("1001") or a group seen by somebody ("-100123@1001")

  drawPhones() {
    const place = $("phones");
    for (const [key, phone] of this.phones) {
      if (this.chosen.includes(key) && this.user(phone.user.id)) continue;
      this.watcher.unobserve(phone.root);
      phone.root.remove();
      this.phones.delete(key);
    }
    for (const key of this.chosen) {
      const {user, groupId} = this.meant(key);
      if (!user) continue;
      if (!this.phones.has(key)) {
        const phone = new Phone(key, user, this, groupId);
        this.phones.set(key, phone);
        phone.update(user);
        place.append(phone.root);
        translate(phone.root);
        this.watcher.observe(phone.root);
        phone.refresh();
      }
      this.phones.get(key).update(user);
    }
    place.querySelector(".empty")?.remove();
    if (!this.phones.size) place.append(make("p", "empty", word("noPhones")));
  }

  meant(key) {
    const [first, viewer] = key.split("@");
    if (viewer === undefined) return {user: this.user(Number(first)), groupId: null};
    const group = this.chat(Number(first));
    return {user: group && this.user(Number(viewer)), groupId: group ? group.id : null};
  }

  choose(keys) {
    this.chosen = keys;
    this.remember();
    this.drawPhones();
    this.cast.draw();
  }

  openPhone(userId) { return this.openKey(String(userId)); }

  openKey(key) {
    if (!this.phones.has(key)) this.choose([...this.chosen.filter((one) => one !== key), key]);
    const phone = this.phones.get(key);
    phone?.root.scrollIntoView({behavior: "smooth", block: "nearest", inline: "center"});
    return phone;
  }

  putAway(key) {
    const at = this.chosen.indexOf(key);
    this.choose(this.chosen.filter((one) => one !== key));
    this.phones.get(this.chosen[Math.max(0, at - 1)])?.focus();
  }

  // The same group window through other eyes.
  lookAs(phone, userId) {
    const key = `${phone.groupId}@${userId}`;
    if (key !== phone.key) this.choose(this.chosen.filter((one) => one !== key).map((one) => (one === phone.key ? key : one)));
    const next = this.phones.get(key);
    [...this.chosen].forEach((one) => { const shown = this.phones.get(one); if (shown) $("phones").append(shown.root); });
    next?.goTo(phone.groupId, phone.topic);
  }

  remember() {
    const list = this.chosen.join(",");
    localStorage.setItem("phones", list);
    history.replaceState(null, "", `#phones=${list}`);
  }

  // Left and right: from phone to phone.
  step(from, by) {
    const keys = this.chosen.filter((key) => this.phones.has(key));
    const next = this.phones.get(keys[keys.indexOf(from) + by]);
    next?.root.scrollIntoView({behavior: "smooth", block: "nearest", inline: "center"});
    next?.focus();
    return Boolean(next);
  }

  inView(entries) {
    for (const {target, isIntersecting} of entries) {
      const phone = this.phones.get(target.dataset.phone);
      if (!phone) continue;
      phone.visible = isIntersecting;
      if (isIntersecting && phone.log.stick) phone.markSeen();
    }
    this.cast.draw();
  }

  // What has been seen

  unread(user, chatId, topic = null) {
    const place = chatId === user.id ? user : this.chat(chatId);
    return (place?.incoming ?? []).filter(([id, sender, thread]) =>
      sender !== user.id && (topic === null || thread === topic) && id > this.seenUpTo(user.id, chatId, place.is_forum ? thread : 0)).length;
  }

  unreadAll(user) {
    const groups = this.state.chats.filter((chat) => chat.members.includes(user.id));
    return [user.id, ...groups.map((chat) => chat.id)].reduce((sum, id) => sum + this.unread(user, id), 0);
  }

  seenUpTo(userId, chatId, topic) { return this.seen.get(`${userId}:${chatId}:${topic}`) ?? 0; }

  markSeen(phone) {
    const key = `${phone.user.id}:${phone.chatId}:${phone.thread ?? 0}`;
    const newest = phone.log.newest ?? 0;
    if (newest <= (this.seen.get(key) ?? 0)) return;
    this.seen.set(key, newest);
    clearTimeout(this.recount);
    this.recount = setTimeout(() => { this.drawPhones(); this.cast.draw(); }, SETTLE_MS);
  }

  drawn(phone) { this.tour.point(phone); }

  // News

  hear(event) {
    const of = (userId) => [...this.phones.values()].filter((phone) => phone.user.id === userId);
    if (event.kind === "chat") {
      for (const phone of this.phones.values()) if (phone.chatId === event.chat_id) phone.refresh();
      this.refreshSoon();
    } else if (event.kind === "toast") {
      // somebody may be on the table twice, with a phone and a group: where they pressed last
      of(event.user_id).sort((a, b) => b.pressedAt - a.pressedAt)[0]?.say(event.text, event.alert);
    } else if (event.kind === "answered") {
      for (const phone of of(event.user_id)) phone.answered(event);
    } else if (event.kind === "clock") {
      if (this.state) this.clock.update(event); // what is being asked for tells the time as well
    } else {
      this.refreshSoon();
    }
  }

  speakAgain() {
    translate(document);
    this.clock.draw();
    for (const phone of this.phones.values()) phone.redraw();
    this.drawer.redraw();
    this.tour.draw();
    this.refresh();
  }
}

// From the address, else from the last visit; null when neither names anybody.
function chosenBefore() {
  const named = /^#phones=(.*)$/.exec(decodeURIComponent(location.hash))?.[1] ?? localStorage.getItem("phones");
  const keys = (named ?? "").split(",").filter((key) => /^-?\d+(@\d+)?$/.test(key));
  return keys.length ? keys : null;
}

// Those the tour is about; without one the first people there are.
function firstPhones(state) {
  const toured = state.tour.map((step) => step.user_id).filter((id) => state.users.some((user) => user.id === id));
  const ids = toured.length ? toured : state.users.map((user) => user.id);
  return [...new Set(ids)].slice(0, 3).map(String);
}

const app = new App();

for (const [id, name] of [["theme", "theme"], ["tools-open", "tools"], ["bar-more", "more"]]) $(id).append(icon(name));
$("tools-open").dataset.title = "tools";
$("add-person").querySelector("button").append(icon("plus"));
$("language").onclick = () => { switchLanguage(); app.speakAgain(); };
$("theme").onclick = () => {
  const root = document.documentElement;
  root.dataset.theme = getComputedStyle(root).colorScheme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
};
$("bar-more").onclick = () => $("bar-more").setAttribute("aria-expanded", $("bar").classList.toggle("open"));
if (localStorage.getItem("theme")) document.documentElement.dataset.theme = localStorage.getItem("theme");
document.addEventListener("visibilitychange", () => { for (const phone of app.phones.values()) if (phone.log.stick) phone.markSeen(); });

// Arrows from phone to phone, wherever they have no other meaning.
$("phones").addEventListener("keydown", (event) => {
  const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  const phone = event.target.closest(".phone");
  if (!by || !phone || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("audio, video, select") || (event.target.value && !event.altKey)) return;
  if (app.step(phone.dataset.phone, by)) event.preventDefault();
});

translate(document);
const feed = listen();
feed.onmessage = (message) => app.hear(JSON.parse(message.data));
feed.onopen = () => {
  app.lost = false;
  app.refresh().then(() => { for (const phone of app.phones.values()) phone.refresh(); });
};
feed.onerror = () => {
  app.lost = true;
  if (app.state) app.drawBar();
};
export {app, post};
