// The drawer at the side: faults on purpose, the requests of the bot, and those that were malformed.
import {get, remove} from "./api.js";
import {iconButton, make, walkable} from "./dom.js";
import {Faults} from "./faults.js";
import {Wire} from "./wire.js";
import {translate, word} from "./words.js";

const $ = (id) => document.getElementById(id);

export class Drawer {
  constructor(app) {
    this.app = app;
    this.tab = null;
    this.last = "faults";
    this.pages = {faults: new Faults(app), wire: new Wire(app), malformed: new Malformed(app)};
    $("tools-open").onclick = () => (this.tab ? this.close() : this.open(this.last));
    $("drawer").addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.close(); } });
  }

  open(tab) {
    if (this.tab && this.tab !== tab) this.pages[this.tab].leave?.();
    this.tab = this.last = tab;
    $("drawer").hidden = false;
    $("tools-open").setAttribute("aria-expanded", "true");
    this.draw();
    $("drawer").querySelector("[aria-selected=true]").focus();
  }

  close() {
    this.pages[this.tab]?.leave?.();
    this.tab = null;
    $("drawer").hidden = true;
    $("tools-open").setAttribute("aria-expanded", "false");
    $("tools-open").focus();
  }

  draw() {
    const tabs = make("div", "tabs");
    tabs.setAttribute("role", "tablist");
    for (const name of Object.keys(this.pages)) {
      const tab = make("button", "tab", word(name));
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", name === this.tab);
      tab.onclick = () => this.open(name);
      tabs.append(tab);
    }
    walkable(tabs);
    const head = make("div", "drawer-head");
    head.append(tabs, iconButton("close", "closeTools", () => this.close()));
    const page = this.pages[this.tab];
    $("drawer").replaceChildren(head, page.root);
    page.enter();
    translate($("drawer"));
  }

  redraw() { if (this.tab) this.draw(); }
}

class Malformed {
  constructor(app) {
    this.app = app;
    this.root = make("div", "drawer-page");
  }

  async enter() {
    const texts = (await get("violations")) ?? [];
    const forget = make("button", "", word("forgetThem"));
    forget.onclick = async () => { await remove("violations"); await this.app.refresh(); this.enter(); };
    forget.hidden = !texts.length;
    const list = make("ul", "rows");
    list.append(...texts.map((text) => make("li", "bad mono", text)));
    this.root.replaceChildren(texts.length ? list : make("p", "faint", word("noViolations")), forget);
  }
}
