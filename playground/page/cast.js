// The list of people and groups: who has a phone on the table, who has news.
import {post} from "./api.js";
import {avatar, fill, fullName, iconButton, make, walkable} from "./dom.js";
import {badge} from "./head.js";
import {language, spoken, word} from "./words.js";

const $ = (id) => document.getElementById(id);
const FINDABLE = 8; // more people than that need a box to find somebody

export class Cast {
  constructor(app) {
    this.app = app;
    $("find").oninput = () => this.draw();
    $("add-person").onsubmit = (event) => { event.preventDefault(); this.add(event.target); };
    for (const id of ["cast", "groups"]) walkable($(id), ".person", ["ArrowDown", "ArrowUp"]);
  }

  draw() {
    const {state, chosen, phones} = this.app;
    $("find").hidden = state.users.length <= FINDABLE;
    const wanted = $("find").value.trim().toLowerCase();
    const people = state.users
      .filter((user) => !wanted || `${fullName(user)} ${user.username ?? ""} ${spoken(state.captions[user.id] ?? "")}`.toLowerCase().includes(wanted))
      .map((user) => {
        const key = String(user.id);
        const note = user.blocked ? word("blocked") : user.started ? spoken(state.captions[user.id] ?? "") : word("notStarted");
        return [key, user.id, fullName(user), note, chosen.includes(key), this.app.unreadAll(user), this.shown(key)];
      });
    fill($("cast"), people, () => people.map((row) => this.row(row)));
    const groups = state.chats.filter((chat) => !chat.migrated_to).map((chat) => {
      const open = chosen.find((key) => key.startsWith(`${chat.id}@`) && phones.has(key));
      return [open ?? this.keyFor(chat), chat.id, chat.title, "", Boolean(open), 0, open ? this.shown(open) : false];
    });
    $("groups-title").hidden = !groups.length;
    fill($("groups"), groups, () => groups.map((row) => this.row(row)));
  }

  // On a narrow page one phone is in view at a time.
  shown(key) { return innerWidth <= 720 && Boolean(this.app.phones.get(key)?.visible); }

  keyFor(chat) {
    const viewer = chat.members[0] ?? (chat.type === "channel" ? this.app.state.users[0]?.id : undefined);
    return viewer === undefined ? "" : `${chat.id}@${viewer}`;
  }

  row([key, id, name, note, open, fresh, shown]) {
    const item = make("li");
    const button = make("button", shown ? "person open shown" : open ? "person open" : "person");
    button.dataset.key = key || id;
    button.setAttribute("aria-pressed", open);
    const words = make("span", "names");
    words.append(make("span", "name", name));
    if (note) words.append(make("small", "", note));
    button.append(avatar(id, name), words);
    if (fresh) button.append(badge(fresh));
    button.disabled = !key;
    if (!key) button.title = word("nobodyThere");
    button.onclick = () => { this.app.openKey(key)?.focus(); };
    item.append(button);
    if (open) {
      const away = iconButton("close", "close", () => this.app.putAway(key), "plain away");
      away.setAttribute("aria-label", `${word("close")}: ${name}`);
      item.append(away);
    }
    return item;
  }

  async add(form) {
    const name = form.first_name.value.trim();
    if (!name) return;
    const id = Math.max(1000, ...this.app.state.users.map((user) => user.id)) + 1;
    const {ok} = await post("users", {id, first_name: name, language_code: language});
    if (!ok) return;
    form.reset();
    await this.app.refresh();
    this.app.openPhone(id)?.focus();
  }
}
