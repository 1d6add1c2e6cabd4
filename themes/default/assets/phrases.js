// The sentences: a box that narrows them, and buttons that copy one.
(() => {
  "use strict";
  const form = document.querySelector("form.find");
  const box = form.querySelector("input");
  const told = document.querySelector(".none");
  const lang = document.documentElement.lang;
  const forms = JSON.parse(told.dataset.found);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all("main .part li").map((row) => ({ row, text: row.textContent.toLowerCase() }));

  const narrow = () => {
    const wanted = box.value.trim().toLowerCase();
    const words = wanted.split(/\s+/);
    for (const { row, text } of items) row.hidden = !words.every((word) => text.includes(word));
    for (const part of all("main .part, main .part .do, main .part .dont")) part.hidden = !part.querySelector("li:not([hidden])");
    const n = items.filter(({ row }) => !row.hidden).length;
    told.textContent = !wanted ? "" : n ? (forms[new Intl.PluralRules(lang).select(n)] ?? forms.other).replace("{n}", n) : told.dataset.none;
  };
  box.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());

  // Where the clipboard is not given to scripts, the sentence is marked, so that a key copies it.
  const copy = async (row, words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      getSelection().selectAllChildren(row);
      try { return document.execCommand("copy"); } catch { return false; }
    }
  };
  for (const row of all(".do .say > li")) {
    const words = row.textContent;
    const button = Object.assign(document.createElement("button"), { type: "button", title: form.dataset.copy });
    button.setAttribute("aria-label", `${form.dataset.copy}: ${words}`);
    button.addEventListener("click", async () => {
      const done = await copy(row, words);
      button.classList.toggle("copied", done);
      told.textContent = done ? form.dataset.copied : form.dataset.failed;
    });
    row.className = "copies";
    row.append(button);
  }
  if (box.value) narrow();
})();
