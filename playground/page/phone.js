// One person's phone, or one group through one person's eyes: its chats, what is said there, what can be done.
import {get, post, startPayload} from "./api.js";
import {takeDrops} from "./attach.js";
import {Composer} from "./composer.js";
import {copyText, fill, fullName, icon, make, oneAtATime, walkable} from "./dom.js";
import {drawHead, drawTabs, startForm} from "./head.js";
import {pressKey} from "./keys.js";
import {Log} from "./log.js";
import {summary} from "./media.js";
import {openAlert, openMenu} from "./menu.js";
import {messageMenu} from "./messages.js";
import {translate, word} from "./words.js";

const PAGE = 100; // messages asked for at a time
const SPIN_MS = 20_000; // as long as a button waits for its answer
const TOAST_MS = 4_000;

export class Phone {
  // `key` names the window; `groupId` makes it a window of that group only.
  constructor(key, user, app, groupId = null) {
    Object.assign(this, {key, user, app, groupId, chatId: groupId ?? user.id, topic: 0, limit: PAGE, view: null, visible: true, pressedAt: 0});
    this.topics = new Map(); // the topic last looked at, by chat
    this.drafts = new Map();
    this.pressed = new Map(); // buttons that spin, with their timers
    this.payload = null; // of a link that waits for START
    this.refresh = oneAtATime(() => this.ask());
    this.build();
  }

  build() {
    this.root = make("article", groupClass(this.groupId));
    this.root.dataset.phone = this.key;
    this.head = make("header");
    this.chatTabs = make("nav", "chats tabs");
    this.topicTabs = make("nav", "topics tabs");
    for (const [row, label] of [[this.chatTabs, "chats"], [this.topicTabs, "topics"]]) {
      row.dataset.label = label;
      row.setAttribute("role", "tablist");
      walkable(row);
    }
    this.pin = make("button", "pinned");
    this.pin.hidden = true;
    this.log = new Log({onSeen: () => this.markSeen(), onEarlier: () => { this.limit += PAGE; return this.refresh(); }});
    this.busy = make("p", "busy");
    this.busy.setAttribute("role", "status");
    this.toasts = make("div", "toasts");
    this.toasts.setAttribute("aria-live", "polite");
    this.composer = new Composer(this);
    this.foot = make("footer");
    this.root.append(this.head, this.chatTabs, this.topicTabs, this.pin, this.log.root, this.busy, this.foot);
    this.log.root.append(this.toasts);
    takeDrops(this);
  }

  get thread() { return this.chat?.is_forum ? this.topic : null; }
  get chat() { return this.app.chat(this.chatId); }
  get private() { return this.chatId === this.user.id; }

  // What the server said of this person and of the chats.
  update(user) {
    this.user = user;
    this.log.list.lang = user.language_code ?? "";
    if (!this.private && !this.mayRead(this.chat)) this.goTo(this.groupId ?? user.id);
    const name = this.groupId ? this.chat?.title ?? "" : fullName(user);
    this.root.setAttribute("aria-label", word("phoneOf", {name}));
    drawHead(this, name);
    drawTabs(this);
    this.drawFoot();
    if (this.log.stick) this.markSeen();
  }

  mayRead(chat) { return chat && (chat.members.includes(this.user.id) || chat.type === "channel"); }

  drawFoot() {
    const {started, blocked, deactivated} = this.user;
    const topic = this.topic ? this.chat?.topics?.find((one) => one.thread_id === this.topic) : this.chat?.is_forum && this.chat.general;
    const governs = ["creator", "administrator"].includes(this.chat?.statuses?.[this.user.id]);
    const state = deactivated ? "deactivated"
      : this.private && (!started || blocked || this.payload !== null) ? "start"
      : this.chat?.type === "channel" ? "readOnly"
      : topic?.closed && !governs ? "topicClosed" : "write";
    const signature = JSON.stringify([state, blocked, this.payload]);
    if (this.footSignature === signature) return;
    this.footSignature = signature;
    if (state === "write") this.foot.replaceChildren(this.composer.root);
    else if (state === "start") this.foot.replaceChildren(startForm(this));
    else this.foot.replaceChildren(make("p", "note", word(state)));
    translate(this.foot);
  }

  closeStart() {
    this.payload = null;
    this.drawFoot();
    if (this.user.started) this.composer.input.focus();
  }

  // A link into the bot: its chat with START, as on a phone. False for any other text.
  offerStart(url) {
    const payload = this.actions.startPayload(url);
    if (payload === null) return false;
    if (!this.groupId) this.openStart(payload);
    else this.app.openPhone(this.user.id).openStart(payload);
    return true;
  }

  openStart(payload) {
    this.goTo(this.user.id);
    if (!payload && this.user.started && !this.user.blocked) return;
    this.payload = payload;
    this.drawFoot();
    this.foot.querySelector(".big")?.focus();
  }

  goTo(chatId, topic = this.topics.get(chatId) ?? 0) {
    this.drafts.set(this.place, this.composer.input.value);
    Object.assign(this, {chatId, topic, limit: PAGE, view: null});
    this.topics.set(chatId, topic);
    this.log.go(this.place);
    this.composer.clear();
    this.composer.input.value = this.drafts.get(this.place) ?? "";
    drawTabs(this);
    this.drawFoot();
    this.app.remember();
    return this.refresh();
  }

  get place() { return `${this.chatId}:${this.topic}`; }

  async ask() {
    const asked = this.place;
    this.log.go(asked);
    const view = await get(`chats/${this.chatId}/messages?limit=${this.limit}`);
    if (!view || asked !== this.place) return;
    this.view = view;
    const messages = this.thread === null ? view.messages : view.messages.filter((one) => (one.message_thread_id ?? 0) === this.thread);
    this.log.draw(messages, view.earlier, this.user.id, view.chat, this.actions, await this.about());
    this.busy.textContent = view.action ? word(view.action.startsWith("upload") ? "uploading" : "typing") : "";
    this.composer.setKeyboard(view.reply_keyboard, messages.at(-1));
    this.drawPin(view.pinned_messages ?? []);
    if (this.log.stick) this.markSeen();
    this.app.drawn(this);
  }

  // What the bot says of itself to somebody who has not begun.
  async about() {
    if (!this.private || this.view.messages.length || this.user.started) return "";
    const found = await get(`users/${this.user.id}/commands`);
    return found?.description ? `${word("can")}\n\n${found.description}` : word("pressStart");
  }

  drawPin(pinned) {
    const here = pinned.filter((one) => this.thread === null || (one.message_thread_id ?? 0) === this.thread);
    const newest = here.toSorted((a, b) => a.message_id - b.message_id).at(-1);
    this.pin.hidden = !newest;
    if (!newest) return;
    fill(this.pin, [newest.message_id, summary(newest)], () => {
      const words = make("span");
      words.append(make("b", "", word("pinned")), make("span", "", summary(newest)));
      return [icon("pin"), words];
    });
    this.pin.onclick = () => this.showMessage(newest.message_id);
  }

  async showMessage(id) {
    if (this.log.show(id) || !this.view?.earlier) return;
    this.limit += this.view.earlier;
    await this.refresh();
    this.log.show(id);
  }

  markSeen() {
    if (this.view && this.visible && !document.hidden) this.app.markSeen(this);
  }

  // What they do

  async act(body) {
    const here = !this.private && !["block", "unblock", "start", "language"].includes(body.do) && body.chat_id === undefined;
    const full = here ? {...body, chat_id: this.chatId} : body;
    if (here && this.thread && body.do.startsWith("send")) full.thread_id = this.thread;
    if (body.do.startsWith("send")) this.log.stick = true;
    const {ok, error} = await post(`users/${this.user.id}/act`, full);
    if (!ok) this.say(word("broken", {text: error}));
    await Promise.all([this.app.refresh(), this.refresh()]);
    return ok;
  }

  get actions() {
    this.acts ??= {
      send: (text) => this.act({do: "send", text}),
      start: (payload) => (this.groupId ? this.app.openPhone(this.user.id) : this).openStart(payload),
      startPayload: (url) => startPayload(url, this.app.state.bot.username),
      copy: async (text) => { await copyText(text); this.say(word("copied", {text: text.length > 80 ? `${text.slice(0, 80)}…` : text})); },
      say: (text) => this.say(text),
      spins: (key) => this.pressed.has(key),
      press: (message, button, key) => this.press(message, button, key),
      vote: (message, options) => this.act({do: "vote", message_id: message.message_id, options}),
      react: (message, emoji) => this.act({do: "react", message_id: message.message_id, emoji}),
      show: (id) => this.showMessage(id),
      menu: (item, anchor, at) => messageMenu(this, item, anchor, at),
    };
    return this.acts;
  }

  async press(message, button, key) {
    if (this.pressed.has(key)) return;
    this.pressedAt = performance.now();
    this.spin(key, true);
    const done = await this.act({do: "press", message_id: message.message_id, data: button.callback_data});
    if (!done) this.spin(key, false);
  }

  spin(key, on) {
    clearTimeout(this.pressed.get(key));
    if (on) this.pressed.set(key, setTimeout(() => this.spin(key, false), SPIN_MS));
    else this.pressed.delete(key);
    const node = this.root.querySelector(`[data-press="${CSS.escape(key)}"]`);
    node?.classList.toggle("pressed", on);
    node?.setAttribute("aria-busy", on);
  }

  // The bot answered a press: of one button when it is named, of all otherwise.
  answered({message_id: id, data}) {
    const keys = id === undefined ? [...this.pressed.keys()] : [pressKey(id, data)];
    for (const key of keys) this.spin(key, false);
  }

  editLast() {
    const mine = this.view?.messages.filter((one) => one.from?.id === this.user.id && !one.from_bot && one.text && !one.forward_origin) ?? [];
    if (mine.length) this.composer.edit(mine.at(-1));
  }

  say(text, alert = false) {
    if (alert) { openAlert(this.root, text); return; }
    const box = make("div", "toast", text);
    box.onclick = () => box.remove();
    setTimeout(() => box.remove(), TOAST_MS + 40 * text.length);
    this.toasts.append(box);
  }

  redraw() {
    this.log.clear();
    this.footSignature = this.composer.signature = "";
    this.root.dataset.drop = word("dropHere");
    this.composer.drawBanner();
    translate(this.root);
    this.update(this.user);
    return this.refresh();
  }

  focus() { (this.foot.querySelector("textarea, .big") ?? this.log.list).focus(); }
}

const groupClass = (groupId) => (groupId ? "phone group" : "phone");
