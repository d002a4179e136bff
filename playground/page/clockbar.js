// The bar with the world's time: how fast it goes, steps, named moments, a jump to any moment.
import {post} from "./api.js";
import {fill, icon, make, walkable} from "./dom.js";
import {openMenu} from "./menu.js";
import {fromWall, moment, spoken, wallTime, word} from "./words.js";

const $ = (id) => document.getElementById(id);
const SPEEDS = [0, 1, 60, 600];
const TICK_MS = 250;

export class ClockBar {
  constructor(app) {
    this.app = app;
    this.at = null; // {now, speed, since} as last told
    this.busy = null; // the button that is under way
    for (const button of document.querySelectorAll("[data-advance]")) {
      button.onclick = () => this.run(button, () => post("clock", {advance: Number(button.dataset.advance)}));
    }
    $("jump-open").onclick = () => this.openJump();
    walkable($("speed"));
    setInterval(() => this.tick(), TICK_MS);
  }

  update({now, running, speed}) {
    const known = speed ?? (running === undefined ? this.at?.speed : Number(running)) ?? 0;
    this.at = {now: Date.parse(now), speed: known, since: performance.now()};
    this.draw();
  }

  get now() {
    const {now, speed, since} = this.at;
    return new Date(now + (performance.now() - since) * speed);
  }

  tick() {
    if (!this.at) return;
    const shown = moment(this.now);
    const node = $("now");
    if (node.textContent !== shown) { node.textContent = shown; node.dateTime = this.now.toISOString(); }
  }

  draw() {
    if (!this.at) return;
    this.tick();
    fill($("speed"), this.at.speed, () => SPEEDS.map((speed) => {
      const button = make("button", "", speed ? `×${speed}` : undefined);
      button.dataset.key = speed;
      button.setAttribute("aria-pressed", speed === this.at.speed);
      if (!speed) {
        button.append(icon("pause"));
        button.title = word("pause");
        button.setAttribute("aria-label", word("pause"));
      }
      button.onclick = () => this.run(button, () => post("clock", {speed, running: speed > 0}));
      return button;
    }));
    const {moments} = this.app.state;
    fill($("moments"), moments, () => moments.map(({name, label}) => {
      const button = make("button", "", spoken(label));
      button.dataset.key = name;
      button.onclick = () => this.run(button, () => post(`moments/${encodeURIComponent(name)}`));
      return button;
    }));
    this.drawBusy();
  }

  // Any moment, on the wall of the zone that the page shows.
  openJump() {
    const form = make("form", "jump");
    const input = make("input");
    input.type = "datetime-local";
    input.value = wallTime(this.now);
    input.setAttribute("aria-label", word("goTo"));
    const go = make("button", "big", word("goTo"));
    go.type = "submit";
    form.append(input, go);
    const box = openMenu($("jump-open"), word("goTo"), [form], null, "dialog");
    input.focus();
    form.onsubmit = (event) => {
      event.preventDefault();
      box.hidePopover();
      if (input.value) this.run($("jump-open"), () => post("clock", {to: fromWall(input.value).toISOString()}));
    };
  }

  // One thing at a time: until it is done nothing else moves the clock.
  async run(node, act) {
    if (this.busy) return;
    this.busy = nameOf(node);
    const back = document.activeElement;
    this.drawBusy();
    const {ok, body, error} = await act();
    this.busy = null;
    $("bar").classList.remove("open"); // on a narrow page the phones are what is looked at next
    $("bar-more").setAttribute("aria-expanded", "false");
    if (ok && body.now) this.update(body);
    if (!ok) [...this.app.phones.values()][0]?.say(word("broken", {text: error}));
    this.drawBusy();
    if (document.activeElement === document.body) back?.focus();
    await this.app.refresh();
  }

  drawBusy() {
    $("spinner").hidden = !this.busy;
    for (const node of document.querySelectorAll(".clock button")) {
      node.disabled = Boolean(this.busy);
      node.classList.toggle("busy", this.busy === nameOf(node));
    }
  }
}

const nameOf = (node) => node.dataset.key ?? node.dataset.advance ?? node.id;
