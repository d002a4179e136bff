// The commands a person sees in a chat: by the button, or while typing "/".
import {get} from "./api.js";
import {make} from "./dom.js";
import {word} from "./words.js";

export class CommandList {
  constructor(phone, send) {
    this.phone = phone;
    this.send = send;
    this.at = -1;
    this.root = make("div", "commands");
    this.root.id = `commands-${phone.key}`;
    this.root.setAttribute("role", "listbox");
    this.root.dataset.label = "commands";
    this.root.hidden = true;
  }

  attach(input) {
    this.input = input;
    input.setAttribute("aria-controls", this.root.id);
    input.setAttribute("aria-autocomplete", "list");
  }

  async ask() {
    const found = await get(`users/${this.phone.user.id}/commands?chat_id=${this.phone.chatId}`);
    return found?.commands ?? [];
  }

  async toggle() {
    if (!this.root.hidden) { this.hide(); return; }
    this.draw(await this.ask());
  }

  // The list follows what is typed, as long as that is one word that begins with a slash.
  async filter(text) {
    if (!/^\/\w*$/.test(text)) { this.hide(); return; }
    const all = await this.ask();
    if (this.input.value !== text) return;
    const fitting = all.filter(({command}) => command.startsWith(text.slice(1).toLowerCase()));
    if (fitting.length) this.draw(fitting);
    else this.hide();
  }

  draw(commands) {
    this.at = -1;
    this.rows = commands.map(({command, description}, index) => {
      const row = make("button", "command");
      row.setAttribute("role", "option");
      row.id = `${this.root.id}-${index}`;
      row.tabIndex = -1;
      row.append(make("b", "", `/${command}`), make("span", "", description));
      row.onclick = () => { this.hide(); this.send(`/${command}`); };
      return row;
    });
    this.root.replaceChildren(...(this.rows.length ? this.rows : [make("p", "", word("nobody"))]));
    this.root.hidden = false;
    this.mark(-1);
  }

  mark(at) {
    this.at = at;
    this.rows.forEach((row, index) => row.setAttribute("aria-selected", index === at));
    const row = this.rows[at];
    row?.scrollIntoView({block: "nearest"});
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.root.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  // A key pressed in the box; true when it was for the list.
  key(event) {
    if (this.root.hidden) return false;
    const {rows} = this;
    if (event.key === "Escape") this.hide();
    else if (event.key === "ArrowDown" && rows.length) this.mark((this.at + 1) % rows.length);
    else if (event.key === "ArrowUp" && rows.length) this.mark((this.at <= 0 ? rows.length : this.at) - 1);
    else if (event.key === "Enter" && !event.shiftKey && rows[this.at]) rows[this.at].click();
    else if (event.key === "Tab" && !event.shiftKey && this.input.value.startsWith("/") && rows.length) {
      this.input.value = `${rows[Math.max(0, this.at)].firstChild.textContent} `;
      this.hide();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
