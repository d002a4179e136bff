// One person's phone: its chats, what can be typed and pressed there.
import {bubble, dayLine, itemsOf, make} from "./chat.js";
import {translate, word} from "./words.js";

export class Phone {
  constructor(user, app) {
    this.user = user;
    this.app = app;
    this.chatId = user.id;
    this.editing = null;
    this.shown = new Map();
    this.root = make("article", "phone");
    this.build();
  }

  build() {
    const {root} = this;
    const head = make("header");
    this.chats = make("select");
    this.chats.onchange = () => { this.chatId = Number(this.chats.value); this.stick = true; this.redraw(); };
    this.blockButton = make("button", "plain", "⊘");
    this.blockButton.onclick = () => this.act({do: this.user.blocked ? "unblock" : "block"});
    const away = make("button", "plain", "✕");
    away.dataset.title = "close";
    away.onclick = () => this.app.putAway(this.user.id);
    this.name = make("strong");
    head.append(this.name, this.chats, this.blockButton, away);
    this.log = make("div", "log");
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.stick = true; // at the end of the chat, and to be kept there when pictures arrive
    this.log.addEventListener("scroll", () => {
      this.stick = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    });
    this.log.addEventListener("load", () => this.toEnd(), true);
    this.busy = make("p", "busy");
    this.toasts = make("div", "toasts");
    this.toasts.setAttribute("aria-live", "polite");
    this.keys = make("div", "reply-keys");
    this.foot = make("footer");
    root.append(head, this.log, this.busy, this.toasts, this.keys, this.foot);
    this.buildFoot();
  }

  buildFoot() {
    const foot = this.foot;
    foot.replaceChildren();
    const {started, blocked} = this.user;
    if (this.chatId === this.user.id && (!started || blocked)) {
      const form = make("form", "start");
      const payload = make("input");
      payload.dataset.placeholder = "startHint";
      payload.maxLength = 64;
      const button = make("button", "big", blocked ? word("restart") : word("start"));
      button.type = "submit";
      form.onsubmit = (event) => { event.preventDefault(); this.act({do: "start", payload: payload.value.trim()}); };
      form.append(payload, button);
      foot.append(form);
    } else {
      foot.append(this.writer());
    }
    translate(foot);
  }

  writer() {
    const form = make("form", "writer");
    const menu = make("button", "plain", "/");
    menu.dataset.title = "commands";
    menu.onclick = () => this.toggleCommands();
    const attach = make("label", "plain attach");
    attach.dataset.title = "attach";
    const file = make("input");
    file.type = "file";
    file.multiple = true;
    file.onchange = async () => { await this.upload([...file.files]); file.value = ""; };
    attach.append(file);
    this.input = make("textarea");
    this.input.rows = 1;
    this.input.dataset.placeholder = "message";
    this.input.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
      if (event.key === "Escape") this.stopEditing();
    };
    const send = make("button", "plain send", "➤");
    send.type = "submit";
    send.dataset.title = "send";
    form.onsubmit = (event) => { event.preventDefault(); this.submit(); };
    form.append(menu, attach, this.input, send);
    return form;
  }

  async submit() {
    const text = this.input.value;
    if (!text.trim()) return;
    const done = this.editing
      ? await this.act({do: "edit", message_id: this.editing.message_id, text})
      : await this.act({do: "send", text});
    if (done) { this.input.value = ""; this.stopEditing(); }
  }

  startEditing(message) {
    this.editing = message;
    this.input.value = message.text;
    this.foot.classList.add("editing");
    this.input.focus();
  }

  stopEditing() {
    this.editing = null;
    this.foot.classList.remove("editing");
  }

  async upload(files) {
    const caption = this.input.value.trim();
    const read = (file) => new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
      reader.readAsDataURL(file);
    });
    const images = files.filter((file) => /^image\/(png|jpeg|webp)$/.test(file.type));
    const others = files.filter((file) => !images.includes(file));
    const photos = await Promise.all(images.slice(0, 10).map(read));
    if (photos.length > 1) await this.act({do: "send_album", photos, caption});
    else if (photos.length) await this.act({do: "send_photo", data: photos[0], caption});
    for (const file of others) await this.act({do: "send_document", data: await read(file), name: file.name, caption});
    this.input.value = "";
  }

  async toggleCommands() {
    const open = this.foot.querySelector(".commands");
    if (open) { open.remove(); return; }
    const {commands} = await this.app.get(`users/${this.user.id}/commands?chat_id=${this.chatId}`);
    const list = make("div", "commands");
    if (!commands.length) list.append(make("p", "", word("nobody")));
    for (const {command, description} of commands) {
      const row = make("button", "plain");
      row.append(make("b", "", `/${command}`), make("span", "", description));
      row.onclick = () => { list.remove(); this.act({do: "send", text: `/${command}`}); };
      list.append(row);
    }
    this.foot.prepend(list);
  }

  act(body) {
    if (this.chatId !== this.user.id && !["block", "unblock", "start"].includes(body.do)) body.chat_id = this.chatId;
    return this.app.act(this.user.id, body, this);
  }

  // What bubbles may ask for
  get actions() {
    return {
      send: (text) => this.act({do: "send", text}),
      start: (payload) => this.act({do: "start", payload}),
      edit: (message) => this.startEditing(message),
      copy: async (text) => { await copyText(text); this.say(word("copied")); },
      say: (text) => this.say(text),
      startPayload: (url) => this.app.startPayload(url),
      press: async (message, button, node) => {
        node.classList.add("pressed");
        setTimeout(() => node.classList.remove("pressed"), 4000);
        await this.act({do: "press", message_id: message.message_id, data: button.callback_data});
      },
    };
  }

  answered() {
    for (const node of this.root.querySelectorAll(".pressed")) node.classList.remove("pressed");
  }

  say(text, alert = false) {
    const box = make("div", alert ? "alert" : "toast", text);
    if (alert) {
      const ok = make("button", "", word("ok"));
      ok.onclick = () => box.remove();
      box.append(ok);
      box.setAttribute("role", "alertdialog");
    } else {
      setTimeout(() => box.remove(), 4000);
    }
    this.toasts.append(box);
    if (alert) box.querySelector("button").focus();
  }

  update(user, chats) {
    const before = `${this.user.started}${this.user.blocked}`;
    this.user = user;
    this.name.textContent = user.first_name + (user.last_name ? ` ${user.last_name}` : "");
    const mine = chats.filter((chat) => chat.members.includes(user.id) || chat.type === "channel");
    const wanted = [[user.id, word("privateChat")], ...mine.map((chat) => [chat.id, chat.title])];
    const signature = JSON.stringify(wanted);
    if (signature !== this.chatSignature) {
      this.chatSignature = signature;
      this.chats.replaceChildren(...wanted.map(([id, title]) => { const option = make("option", "", title); option.value = id; return option; }));
      this.chats.value = this.chatId;
    }
    this.chats.hidden = wanted.length < 2;
    this.chats.setAttribute("aria-label", word("privateChat"));
    this.blockButton.hidden = !user.started;
    this.blockButton.title = word(user.blocked ? "unblock" : "block");
    this.blockButton.setAttribute("aria-label", this.blockButton.title);
    this.root.classList.toggle("blocked", user.blocked);
    if (before !== `${user.started}${user.blocked}`) this.buildFoot();
  }

  async refresh() {
    const asked = this.chatId;
    const view = await this.app.get(`chats/${asked}/messages?limit=200`);
    if (!view || asked !== this.chatId) return;
    const stick = this.stick;
    this.draw(view);
    this.busy.textContent = view.action ? word("typing") : "";
    this.drawKeys(view.reply_keyboard);
    this.stick = stick;
    this.toEnd();
    translate(this.root);
  }

  toEnd() {
    if (this.stick) this.log.scrollTop = this.log.scrollHeight;
  }

  draw(view) {
    // only what changed is built anew, so that nothing under a pressing finger jumps
    const wanted = [];
    let day = "";
    for (const item of itemsOf(view.messages)) {
      const date = new Date(item[0].date * 1000);
      if (date.toDateString() !== day) {
        day = date.toDateString();
        wanted.push([`day ${day}`, "", () => dayLine(date)]);
      }
      wanted.push([item[0].message_id, JSON.stringify(item), () => bubble(item, this.user.id, view.chat, this.actions)]);
    }
    const kept = new Map();
    const nodes = wanted.map(([id, signature, build]) => {
      const old = this.shown.get(id);
      const entry = old && old.signature === signature ? old : {signature, node: build()};
      kept.set(id, entry);
      return entry.node;
    });
    this.shown = kept;
    nodes.forEach((node, index) => { if (this.log.childNodes[index] !== node) this.log.insertBefore(node, this.log.childNodes[index] ?? null); });
    while (this.log.childNodes.length > nodes.length) this.log.lastChild.remove();
  }

  drawKeys(keyboard) {
    this.keys.replaceChildren();
    for (const row of keyboard?.keyboard ?? []) {
      const line = make("div", "keys");
      for (const key of row) {
        const button = make("button", "key", key.text);
        button.onclick = () => this.act(key.request_contact ? {do: "send_contact"} : {do: "send", text: key.text});
        line.append(button);
      }
      this.keys.append(line);
    }
  }

  redraw() {
    this.shown.clear();
    this.log.replaceChildren();
    this.chatSignature = "";
    this.buildFoot();
    return this.refresh();
  }
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
