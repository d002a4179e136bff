// What stands at the bottom of a phone: the box to write in, with its commands, attachments, quotes and the bot's keys.
import {Attachments, recorder} from "./attach.js";
import {CommandList} from "./commands.js";
import {iconButton, make} from "./dom.js";
import {replyKeyboard} from "./keys.js";
import {authorOf} from "./chat.js";
import {summary} from "./media.js";
import {openMenu} from "./menu.js";
import {word} from "./words.js";

const CENTRE = {latitude: 55.75222, longitude: 37.61556}; // where everybody is who shares a place here

export class Composer {
  // `phone` gives user, chatId, act(body) → done, say(text), offerStart(url) → taken, editLast().
  constructor(phone) {
    this.phone = phone;
    this.quoted = null; // a message to answer or to edit
    this.editing = false;
    this.keyboard = null;
    this.root = make("div", "composer");
    this.files = new Attachments(phone, () => this.input.focus());
    this.commands = new CommandList(phone, (command) => this.sendCommand(command));
    this.banner = make("div", "banner");
    this.banner.hidden = true;
    this.board = make("div", "reply-keys");
    this.root.append(this.commands.root, this.banner, this.files.root, this.form(), this.board);
  }

  form() {
    const form = make("form", "writer");
    this.slash = iconButton("slash", "commands", () => { this.commands.toggle(); this.input.focus(); });
    const attach = iconButton("attach", "attach", () => this.openAttach(attach));
    attach.setAttribute("aria-haspopup", "menu");
    this.input = make("textarea");
    this.input.rows = 1;
    this.input.dataset.placeholder = "message";
    this.input.dir = "auto";
    this.commands.attach(this.input);
    this.input.onkeydown = (event) => this.key(event, form);
    this.input.oninput = () => this.commands.filter(this.input.value);
    this.input.onpaste = (event) => this.paste(event);
    this.keysButton = iconButton("keys", "keys", () => this.showKeys(this.board.hidden));
    this.keysButton.hidden = true;
    const send = iconButton("send", "send", null, "plain send");
    send.type = "submit";
    form.onsubmit = (event) => { event.preventDefault(); this.submit(); };
    form.append(this.slash, attach, this.input, this.keysButton, send);
    return form;
  }

  key(event, form) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && (this.quoted || this.files.list.length)) {
      event.stopPropagation();
      this.cancel();
    } else if (event.key === "ArrowUp" && !this.input.value && !event.altKey) {
      event.preventDefault();
      this.phone.editLast();
    }
  }

  paste(event) {
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    if (files.length) {
      event.preventDefault();
      this.files.add(files);
    } else if (!this.input.value && this.phone.offerStart(text)) {
      event.preventDefault();
    }
  }

  // The box is free at once; what could not be sent comes back into it.
  submit() {
    const text = this.input.value;
    const files = this.files.list.length > 0;
    if (!text.trim() && !files) return;
    if (!files && this.phone.offerStart(text)) { this.clear(); return; }
    const {quoted} = this;
    const reply = quoted && !this.editing ? {reply_to: quoted.message_id} : {};
    const send = this.editing
      ? () => this.phone.act({do: "edit", message_id: quoted.message_id, text})
      : files ? this.files.take(text.trim(), reply) : () => this.phone.act({do: "send", text, ...reply});
    if (quoted && !this.editing) this.dismissed = quoted.message_id;
    this.clear();
    this.line = (this.line ?? Promise.resolve()).then(send).then((done) => { if (!done && !this.input.value) this.input.value = text; });
  }

  sendCommand(command) {
    this.input.value = "";
    this.phone.act({do: "send", text: command});
    this.input.focus();
  }

  clear() {
    this.input.value = "";
    this.commands.hide();
    this.quote(null);
  }

  cancel() {
    if (this.editing) this.input.value = "";
    this.files.clear();
    this.quote(null, this.quoted);
  }

  // Answer a message, or edit one's own; null puts the quote away.
  quote(message, dismissed = null) {
    this.quoted = message;
    this.editing = false;
    if (dismissed) this.dismissed = dismissed.message_id;
    this.drawBanner();
  }

  edit(message) {
    this.quoted = message;
    this.editing = true;
    this.input.value = message.text ?? message.caption ?? "";
    this.drawBanner();
    this.input.focus();
  }

  drawBanner() {
    this.banner.hidden = !this.quoted;
    if (!this.quoted) return;
    const words = make("span");
    const title = this.editing ? word("editing") : word("replyTo", {name: authorOf(this.quoted)});
    words.append(make("b", "", title), make("span", "", summary(this.quoted)));
    this.banner.replaceChildren(words, iconButton("close", "cancel", () => { this.cancel(); this.input.focus(); }));
  }

  openAttach(anchor) {
    const pick = (accept, kind) => () => this.files.pick(accept, kind);
    openMenu(anchor, word("attach"), [
      {label: word("photo"), icon: "photo", act: pick("image/png,image/jpeg,image/webp,video/*", "auto")},
      {label: word("file"), icon: "file", act: pick("", "file")},
      {label: word("voiceFile"), icon: "attach", act: pick("audio/*,.ogg,.oga,.opus,.webm", "voice")},
      {label: word("record"), icon: "microphone", act: () => this.record()},
      {label: word("contact"), icon: "contact", act: () => this.phone.act({do: "send_contact"})},
      {label: word("location"), icon: "place", act: () => this.phone.act({do: "send_location", ...CENTRE})},
    ]);
  }

  async record() {
    const stop = await recorder((file) => this.files.add([file], "voice"));
    if (!stop) { this.phone.say(word("noMicrophone")); return; }
    const button = make("button", "recording", word("stop"));
    button.onclick = () => { stop(); button.remove(); };
    this.root.prepend(button);
    button.focus();
  }

  // The bot's reply keyboard or its wish for an answer; `newest` is the last message of the chat.
  setKeyboard(keyboard, newest) {
    const board = keyboard?.keyboard ? keyboard : null;
    const signature = JSON.stringify(board);
    if (signature !== this.signature) {
      this.signature = signature;
      this.board.replaceChildren();
      if (board) this.board.append(replyKeyboard(board, this.keyActions(board)));
      this.showKeys(board !== null);
    }
    this.keysButton.hidden = !board || board.is_persistent === true;
    this.placeholder = keyboard?.input_field_placeholder ?? "";
    this.input.placeholder = this.placeholder || word("message");
    if (keyboard?.force_reply && newest?.from_bot && newest.message_id !== this.dismissed && !this.quoted) this.quote(newest);
  }

  keyActions(keyboard) {
    return {
      send: (text) => this.phone.act({do: "send", text}),
      contact: () => this.phone.act({do: "send_contact"}),
      location: () => this.phone.act({do: "send_location", ...CENTRE}),
      say: (text) => this.phone.say(text),
      used: () => { if (keyboard.one_time_keyboard) this.showKeys(false); },
    };
  }

  showKeys(shown) {
    this.board.hidden = !shown;
    this.keysButton.setAttribute("aria-expanded", shown);
  }
}
