"use strict";
const root = document.documentElement;
const takes = [...document.querySelectorAll("figure")].map((figure) => ({
  figure,
  text: `${figure.textContent} ${figure.closest("article").querySelector("h3").textContent} ${
    figure.closest("section").querySelector("h2").textContent}`.toLowerCase(),
}));
const count = document.getElementById("count");
const filter = document.getElementById("filter");

function show() {
  const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { figure, text } of takes) {
    figure.hidden = !wanted.every((word) => text.includes(word));
    found += !figure.hidden;
  }
  for (const part of document.querySelectorAll("article, section")) {
    part.hidden = !part.querySelector("figure:not([hidden])");
  }
  count.textContent = `${found} of ${takes.length}`;
}
filter.addEventListener("input", show);
show();

document.getElementById("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
});

const names = { en: "English", ru: "Русский" };
const languages = root.dataset.languages.split(" ");
const tongues = document.getElementById("tongues");
function choose(language) {
  for (const phone of document.querySelectorAll(".phone")) phone.hidden = Boolean(language) && phone.lang !== language;
  for (const button of tongues.children) button.setAttribute("aria-pressed", String(button.value === language));
}
if (languages.length > 1) {
  for (const [value, name] of [["", "Both"], ...languages.map((language) => [language, names[language]])]) {
    const button = Object.assign(document.createElement("button"), { type: "button", value, textContent: name });
    button.addEventListener("click", () => choose(value));
    tongues.append(button);
  }
  choose("");
}

document.addEventListener("click", (event) => {
  event.target.closest(".tall, blockquote[expandable]")?.classList.toggle("open");
});
