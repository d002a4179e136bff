// The guided tour that the embedding program gives: where to look, what to press, what to type.
import {icon, iconButton, make} from "./dom.js";
import {spoken, word} from "./words.js";

const $ = (id) => document.getElementById(id);
const SKIPPED = "skipped";

export class Tour {
  constructor(app) {
    this.app = app;
    this.box = $("tour");
    const kept = sessionStorage.getItem("tour");
    this.open = false;
    this.step = Number(kept) || 0;
    this.fresh = kept === null && localStorage.getItem("tour") !== SKIPPED; // opens by itself once
    $("tour-open").onclick = () => this.show(this.step);
  }

  get steps() { return this.app.state.tour; }

  update(first) {
    const button = $("tour-open");
    button.hidden = !this.steps.length;
    if (first && this.steps.length && (this.fresh || sessionStorage.getItem("tour-open") === "yes")) this.show(this.step);
    button.textContent = this.step && !this.open ? word("resume", {n: this.step + 1}) : word("tour");
    button.setAttribute("aria-expanded", this.open);
    this.pointAll();
  }

  show(step) {
    this.open = step >= 0 && step < this.steps.length;
    this.step = this.open ? step : 0;
    sessionStorage.setItem("tour", this.step);
    sessionStorage.setItem("tour-open", this.open ? "yes" : "no");
    if (this.open) this.look();
    this.draw();
    this.update(false);
  }

  skip() {
    this.open = false;
    localStorage.setItem("tour", SKIPPED);
    sessionStorage.setItem("tour-open", "no");
    this.draw();
    this.update(false);
    $("tour-open").focus();
  }

  // Bring the phone of this step onto the table and into view.
  look() {
    const {user_id: userId} = this.steps[this.step];
    if (userId && this.app.user(userId)) this.app.openPhone(userId);
  }

  draw() {
    this.box.hidden = !this.open;
    if (!this.open) return;
    const {text, user_id: userId, suggest} = this.steps[this.step];
    const last = this.step === this.steps.length - 1;
    const head = make("div", "tour-head");
    head.append(make("b", "", word("tourStep", {n: this.step + 1, of: this.steps.length})), iconButton("close", "skip", () => this.skip()));
    const line = make("div", "tour-keys");
    const back = make("button", "", word("back"));
    back.disabled = this.step === 0;
    back.onclick = () => this.move(-1);
    const next = make("button", "big", word(last ? "finish" : "next"));
    next.onclick = () => (last ? this.finish() : this.move(1));
    line.append(back, next);
    if (suggest) {
      const type = make("button", "type");
      type.append(icon("edit"), word("type"));
      type.onclick = () => this.type(userId, suggest);
      line.prepend(type);
    }
    const dots = make("progress");
    dots.max = this.steps.length;
    dots.value = this.step + 1;
    dots.setAttribute("aria-hidden", "true");
    this.box.replaceChildren(head, dots, make("p", "", spoken(text)), line);
  }

  move(by) {
    this.show(this.step + by);
    this.box.querySelector(by > 0 ? ".big" : "button:not(:disabled)")?.focus();
  }

  finish() {
    localStorage.setItem("tour", SKIPPED);
    this.show(-1);
  }

  type(userId, text) {
    const phone = this.app.openPhone(userId);
    if (!phone?.composer.root.isConnected) return;
    if (!phone.private) phone.goTo(userId);
    phone.composer.input.value = text;
    phone.composer.input.focus({preventScroll: true});
  }

  pointAll() { for (const phone of this.app.phones.values()) this.point(phone); }

  // A ring around the phone in question; the newest button that fits is marked, wherever it has appeared.
  point(phone) {
    const step = this.open ? this.steps[this.step] : null;
    phone.root.classList.toggle("pointed", step?.user_id === phone.user.id && !phone.groupId);
    for (const node of phone.root.querySelectorAll(".key.pointed")) node.classList.remove("pointed");
    const writes = Boolean(step?.suggest) && step.user_id === phone.user.id;
    phone.foot.classList.toggle("pointed", writes);
    if (!step?.button) return;
    const fits = (node) => new RegExp(step.button).test(node.dataset.data ?? node.textContent);
    const rows = [...phone.log.list.querySelectorAll(".row")].reverse();
    const row = rows.find((one) => [...one.querySelectorAll(".key")].some(fits));
    for (const node of row?.querySelectorAll(".key") ?? []) node.classList.toggle("pointed", fits(node));
  }
}
