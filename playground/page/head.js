// The top of a phone: whose it is, its chats and topics; and the form with START at the bottom of a chat not yet begun.
import {startPayload} from "./api.js";
import {avatar, fill, fullName, iconButton, make} from "./dom.js";
import {profileMenu} from "./profile.js";
import {spoken, word} from "./words.js";

export function drawHead(phone, name) {
  const {user, app} = phone;
  const caption = user.blocked ? word("blocked") : user.started ? spoken(app.state.captions[user.id] ?? "") : word("notStarted");
  fill(phone.head, [name, caption, user.id, user.blocked, user.language_code, phone.groupId && phone.chat?.members, app.state.users.length], () => {
    const who = make("button", "who");
    who.dataset.key = "who";
    const words = make("span", "names");
    words.append(make("strong", "", name));
    who.append(avatar(phone.groupId ?? user.id, name), words);
    const away = iconButton("close", "close", () => app.putAway(phone.key));
    if (phone.groupId) {
      const group = make("span", "who");
      words.append(viewer(phone));
      group.append(...who.childNodes);
      return [group, away];
    }
    if (caption) words.append(make("small", "", caption));
    who.title = word("profile");
    who.setAttribute("aria-haspopup", "menu");
    who.onclick = () => profileMenu(phone, who);
    return [who, away];
  });
}

// Through whose eyes a group is shown.
function viewer(phone) {
  const label = make("label", "viewer", `${word("seenBy")} `);
  const choice = make("select");
  for (const one of phone.app.state.users.filter((user) => phone.chat?.type === "channel" || phone.chat?.members.includes(user.id))) {
    const option = make("option", "", fullName(one));
    option.value = one.id;
    choice.append(option);
  }
  choice.value = phone.user.id;
  choice.onchange = () => phone.app.lookAs(phone, Number(choice.value));
  label.append(choice);
  return label;
}

export function drawTabs(phone) {
  const {app, user, chat} = phone;
  const mine = phone.groupId ? [] : app.state.chats.filter((one) => phone.mayRead(one) && !one.migrated_to);
  const chats = [{id: user.id, title: word("privateChat")}, ...mine].map(({id, title}) => [id, title, app.unread(user, id)]);
  phone.chatTabs.hidden = chats.length < 2;
  fill(phone.chatTabs, [chats, phone.chatId], () =>
    chats.map(([id, title, fresh]) => tab(id, title, fresh, id === phone.chatId, () => phone.goTo(id))));
  const topics = chat?.is_forum ? [{...chat.general, thread_id: 0, name: generalName(chat)}, ...chat.topics].filter((one) => !one.hidden) : [];
  const rows = topics.map(({thread_id: id, name, closed}) => [id, name, closed, app.unread(user, chat.id, id)]);
  phone.topicTabs.hidden = !rows.length;
  fill(phone.topicTabs, [rows, phone.topic, phone.chatId], () =>
    rows.map(([id, name, closed, fresh]) => {
      const node = tab(id, name, fresh, id === phone.topic, () => phone.goTo(phone.chatId, id));
      node.classList.toggle("closed", closed === true);
      return node;
    }));
}

const generalName = ({general}) => (!general?.name || general.name === "General" ? word("general") : general.name);

function tab(id, title, fresh, open, act) {
  const node = make("button", "tab", title);
  node.dataset.key = id;
  node.setAttribute("role", "tab");
  node.setAttribute("aria-selected", open);
  node.tabIndex = open ? 0 : -1;
  if (fresh) node.append(badge(fresh));
  node.onclick = act;
  return node;
}

export function badge(fresh) {
  const node = make("span", "unread", fresh);
  node.setAttribute("aria-label", word("unread", {n: fresh}));
  return node;
}

export function startForm(phone) {
  const form = make("form", "start");
  const button = make("button", "big", word(phone.user.blocked ? "restart" : "start"));
  button.type = "submit";
  const code = make("input");
  code.dataset.placeholder = "startHint";
  code.maxLength = 400; // a whole link may be pasted
  code.autocomplete = "off";
  code.value = phone.payload ?? "";
  form.append(code, button);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const payload = startPayload(code.value, phone.app.state.bot.username) ?? code.value.trim();
    if (await phone.act({do: "start", payload})) phone.closeStart();
  };
  form.onkeydown = (event) => { if (event.key === "Escape") phone.closeStart(); };
  if (phone.payload !== null) form.append(iconButton("close", "cancel", () => phone.closeStart()));
  return form;
}
