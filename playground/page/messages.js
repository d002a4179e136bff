// What can be done with a message: answer, react, copy, forward, edit, delete.
import {make} from "./dom.js";
import {openDialog, openMenu} from "./menu.js";
import {word} from "./words.js";

const EMOJI = ["👍", "👎", "❤", "🔥", "🎉", "😁", "😢"]; // of those Telegram takes as reactions

export function messageMenu(phone, item, anchor, at) {
  const message = item[0];
  const text = item.map((one) => one.text ?? one.caption ?? "").filter(Boolean).join("\n");
  const mine = message.from?.id === phone.user.id && !message.from_bot;
  const mayWrite = phone.composer.root.isConnected;
  const items = [];
  const menu = {}; // filled below: the row of emoji closes it
  items.push(reactions(phone, message, menu));
  if (mayWrite) items.push({label: word("reply"), icon: "reply", act: () => { phone.composer.quote(message); phone.composer.input.focus(); }});
  if (text) items.push({label: word("copyText"), icon: "copy", act: () => phone.actions.copy(text)});
  items.push({label: word("forward"), icon: "forward", act: () => chooseChat(phone, item)});
  const words = item.find((one) => one.text || one.caption);
  if (mine && words && !message.forward_origin && mayWrite) items.push({label: word("edit"), icon: "edit", act: () => phone.composer.edit(words)});
  if (mine || phone.private) items.push({label: word("delete"), icon: "delete", danger: true, act: () => remove(phone, item)});
  menu.box = openMenu(anchor, word("messageMenu"), items, at);
}

function reactions(phone, message, menu) {
  const row = make("div", "emoji-row");
  for (const emoji of EMOJI) {
    const own = message.reactions.some((one) => one.emoji === emoji && one.by.includes(phone.user.id));
    const button = make("button", own ? "own" : "", emoji);
    button.setAttribute("role", "menuitemcheckbox");
    button.setAttribute("aria-checked", own);
    button.setAttribute("aria-label", word("react", {emoji}));
    button.onclick = () => { menu.box.hidePopover(); phone.actions.react(message, own ? null : emoji); };
    row.append(button);
  }
  return row;
}

async function remove(phone, item) {
  for (const one of item) if (!(await phone.act({do: "delete", message_id: one.message_id}))) return;
}

function chooseChat(phone, item) {
  const list = make("div", "choices");
  const chats = [{id: phone.user.id, title: word("privateChat")}, ...phone.app.state.chats.filter((chat) => chat.members.includes(phone.user.id) && chat.type !== "channel")];
  const box = openDialog(word("forwardTo"), make("h2", "", word("forwardTo")), list);
  for (const {id, title} of chats) {
    const button = make("button", "item", title);
    button.onclick = async () => {
      box.close();
      const target = id === phone.user.id ? {chat_id: null} : {chat_id: id};
      for (const one of item) {
        const done = await phone.act({do: "forward", message_id: one.message_id, from_chat_id: phone.chatId, ...target});
        if (!done) return;
      }
      if (id !== phone.chatId && !phone.groupId) phone.goTo(id);
    };
    list.append(button);
  }
  list.querySelector("button").focus();
}
