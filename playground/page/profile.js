// The menu behind a person's name: language of the phone, blocking, putting it away.
import {openMenu} from "./menu.js";
import {languageName, word} from "./words.js";

const LANGUAGES = ["ru", "en"];

export function profileMenu(phone, anchor) {
  const {user} = phone;
  const items = LANGUAGES.filter((code) => code !== user.language_code).map((code) => ({
    label: word("speaks", {name: languageName(code)}), icon: "language", act: () => phone.act({do: "language", code}),
  }));
  if (user.started) {
    const verb = user.blocked ? "unblock" : "block";
    items.push({label: word(verb), icon: "block", danger: verb === "block", act: () => phone.act({do: verb})});
  }
  items.push({label: word("close"), icon: "close", act: () => phone.app.putAway(phone.key)});
  openMenu(anchor, word("profile"), items);
}
