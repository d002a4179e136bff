// Inline keyboards below messages, and the reply keyboard below the chat.
import {safe} from "./api.js";
import {icon, make, walkable} from "./dom.js";
import {word} from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);
const styled = (button) => (STYLES.has(button.style) ? ` ${button.style}` : button.style === "link" ? " linklike" : "");

// What a press is known by while its button spins.
export const pressKey = (messageId, data) => `${messageId} ${data}`;

export function inlineKeyboard(item, act) {
  const message = item.find((one) => one.reply_markup?.inline_keyboard);
  if (!message) return null;
  const board = make("div", "keyboard");
  for (const buttons of message.reply_markup.inline_keyboard) {
    const line = make("div", "keys");
    for (const button of buttons) line.append(inlineKey(message, button, act));
    walkable(line, ".key");
    board.append(line);
  }
  return board;
}

function inlineKey(message, button, act) {
  const payload = button.url ? act.startPayload(button.url) : null;
  const leads = button.url && payload === null && safe(button.url);
  const node = make(leads ? "a" : "button", `key${styled(button)}`);
  if (button.icon_custom_emoji_id) node.append(make("span", "key-icon", "★"));
  node.append(make("span", "", button.text));
  const mark = button.copy_text ? "copy" : button.url || button.login_url || button.web_app ? "link" : null;
  if (mark) node.append(icon(mark));
  if (button.callback_data !== undefined) {
    const key = pressKey(message.message_id, button.callback_data);
    node.dataset.press = key;
    node.dataset.data = button.callback_data;
    if (act.spins(key)) node.classList.add("pressed");
    node.onclick = () => act.press(message, button, key);
  } else if (button.copy_text) {
    node.title = word("copyButton", {text: button.copy_text.text});
    node.onclick = () => act.copy(button.copy_text.text);
  } else if (payload !== null) {
    node.onclick = () => act.start(payload);
  } else if (leads) {
    node.href = button.url;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    node.title = word("opens", {url: button.url});
  } else {
    node.onclick = () => act.say(word(button.disabled ? "disabledKey" : "unmodelled"));
  }
  return node;
}

// The reply keyboard. `act` may ask: send(text), contact(), location(), say(text), used().
export function replyKeyboard(keyboard, act) {
  const board = make("div", keyboard.resize_keyboard ? "reply-board" : "reply-board tall");
  for (const row of keyboard.keyboard) {
    const line = make("div", "keys");
    for (const key of row) {
      const node = make("button", `key${styled(key)}`, key.text);
      node.onclick = () => {
        if (key.request_contact) act.contact();
        else if (key.request_location) act.location();
        else if (key.web_app || key.request_users || key.request_chat || key.request_poll) { act.say(word("unmodelled")); return; }
        else act.send(key.text);
        act.used();
      };
      line.append(node);
    }
    walkable(line, ".key");
    board.append(line);
  }
  return board;
}
