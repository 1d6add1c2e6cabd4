// What the pages can do with a script and can do without: the appearance, a menu that closes, the date on paper, what was seen.
(() => {
  "use strict";
  const KEY = "pledgebook-theme";
  const root = document.documentElement;
  const { src: here, dataset: own } = document.currentScript;
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Appearance: light, dark or like the device. It is the one thing kept, in this browser alone.
  const recall = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const keep = (theme) => {
    try { theme === "auto" ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, theme); } catch { /* a browser that keeps nothing */ }
  };
  show(recall());
  const tones = all("[data-tone]");
  const press = () => {
    for (const tone of tones) tone.setAttribute("aria-pressed", String(tone.dataset.tone === (root.dataset.theme ?? "auto")));
  };
  for (const tone of tones) {
    tone.addEventListener("click", () => { show(tone.dataset.tone); keep(tone.dataset.tone); press(); });
  }
  press();
  for (const part of all(".needs-script")) part.hidden = false;

  // The menu closes with Esc and with a click elsewhere.
  const menu = document.querySelector(".menu");
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });

  // What needs a script of its own loads it when it is opened; ticks bring theirs with the first touch, and at once where this
  // browser keeps some. What was pressed before the script was there is pressed again.
  const load = (src) => {
    if (src && !document.querySelector(`script[src="${src}"]`)) document.head.append(Object.assign(document.createElement("script"), { src }));
  };
  addEventListener("toggle", ({ target }) => load(target.open && target.dataset.script), true);
  const keepsRuns = () => {
    try { return Object.keys(localStorage).some((key) => key.startsWith("pledgebook-run:")); } catch { return true; }
  };
  const ticks = () => load(here.replace(/site\.js$/, `checklist.${root.lang}.js`));
  if (document.querySelector("[data-checklist]") ? location.hash || keepsRuns() : document.querySelector("[data-runs]") && keepsRuns()) ticks();
  else if (document.querySelector("[data-checklist]")) {
    const early = window.pledgebookEarly = [];
    const touched = ({ type, target }) => {
      const press = target.closest?.("[data-do]");
      if (!window.pledgebookRun && (type === "change" || (type === "click" && press))) early.push([press ?? target, target.checked, target.value]);
      if (press || target.closest?.("[data-checklist], .check, .tasks")) ticks();
    };
    for (const kind of ["pointerover", "focusin", "change", "click"]) addEventListener(kind, touched);
  } else if (document.querySelector("[data-item]")) ticks();

  // The search loads its scripts when its box is entered or pointed at; / and Ctrl-K lead there.
  const seek = document.querySelector("[data-search]");
  const find = ({ target: { dataset: { search } = {}, form } }) => {
    if (!search || document.querySelector(`script[src="${search}"]`)) return;
    for (const src of [search, search.replace("assets/search.js", `search/${root.lang}/index.js`)]) {
      const script = Object.assign(document.createElement("script"), { src, async: false });
      script.onerror = () => {
        script.remove();
        form.querySelector(".failed")?.remove();
        form.append(Object.assign(document.createElement("p"), { className: "failed", role: "alert", textContent: form.dataset.failed }));
      };
      document.head.append(script);
    }
  };
  for (const kind of ["focusin", "pointerover"]) addEventListener(kind, find);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if ((ctrlKey || metaKey) ? key !== "k" : key !== "/" || altKey || target.matches("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    seek?.focus();
    seek?.select();
  });

  for (const button of all("[data-print=page]")) button.addEventListener("click", () => print());

  // Paper tells where and when it was printed.
  addEventListener("beforeprint", () => {
    for (const place of all("[data-print=address]")) place.textContent = location.href.split("#")[0];
    for (const place of all("[data-print=date]")) place.textContent = new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
  });

  // A copy for times without a connection is kept by a worker. `serve` shows pages that change: no worker there.
  const keeper = location.protocol.startsWith("http") && navigator.serviceWorker;
  if (keeper && document.querySelector('script[src^="/_pledgebook/"]')) {
    keeper.getRegistrations().then((all) => all.forEach((one) => one.unregister())).catch(() => {});
  } else if (keeper) {
    const worker = new URL("../sw.js", document.currentScript.src);
    addEventListener("load", () => {
      keeper.register(worker, { updateViaCache: "none" }).then(() => keeper.ready)
        .then((one) => one.active.postMessage({ keep: root.lang })).catch(() => { /* no copy, and nothing else is missing */ });
    });
    // A newer edition is offered; the page stays as it is until its reader asks.
    keeper.addEventListener("message", ({ data }) => {
      if (!data.newer || data.revision === root.dataset.revision || document.querySelector(".newer")) return;
      const [bar, button] = ["p", "button"].map((name) => document.createElement(name));
      bar.className = "notice edition newer";
      bar.setAttribute("role", "status");
      document.querySelector("main").prepend(bar);
      button.textContent = data.load;
      button.addEventListener("click", () => location.reload());
      bar.append(data.newer, " ", button);
    });
  }

  // On the A–Z page a word narrows the list.
  const box = document.querySelector("#find");
  const names = box ? all(".index > li") : [];
  const narrow = () => {
    const wanted = box.value.trim().toLowerCase();
    for (const name of names) name.hidden = !name.textContent.toLowerCase().includes(wanted);
    for (const part of all(".part")) part.hidden = !part.querySelector("li:not([hidden])");
    document.querySelector(".none b").textContent = wanted;
    document.querySelector(".none").hidden = names.some((name) => !name.hidden);
  };
  if (names.length) {
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    box.addEventListener("input", narrow);
    if (box.value) narrow();
  }

  // What was seen: the browser remembers of each page that was opened the fingerprints of what is normative on it, and its
  // values in words. Where something has changed since, `news.js` comes and tells.
  const base = new URL("..", here);
  const PREFIX = `pledgebook-seen:${base.pathname}:${own.handbook}:`;
  const { lang } = root;
  const main = document.querySelector("main");

  // A browser that keeps nothing, or has no room left, remembers nothing; the page stays as it is.
  const kept = () => { try { return localStorage; } catch { return undefined; } };
  const read = (page) => {
    try {
      const record = JSON.parse(kept().getItem(PREFIX + page));
      const sound = record && Number.isFinite(record.at) && typeof record.prints === "string" && typeof record.title === "string";
      return sound && (record.things === undefined || Object.values(record.things).every(Array.isArray)) ? record : undefined;
    } catch { return undefined; }
  };
  const write = (page, record) => { try { kept().setItem(PREFIX + page, JSON.stringify(record)); } catch { /* see above */ } };
  const forget = (page) => { try { kept().removeItem(PREFIX + page); } catch { /* see above */ } };
  const pages = () => {
    try { return Object.keys(kept()).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); } catch { return []; }
  };

  const marks = JSON.parse(main.dataset.marks ?? "null");
  const now = marks && Object.fromEntries(marks.things.map(([place, kind, name, print, value]) => [`${kind}#${place}`, [print, value, name, place]]));
  const take = () => {
    const { page, bucket, prints } = marks;
    write(page, { at: Date.now(), title: document.querySelector("h1").textContent, lang, bucket, prints, things: now });
  };
  const before = marks && read(marks.page);
  const isNews = marks ? before?.things && before.prints !== marks.prints : document.querySelector(".news") && pages().length;
  if (marks && !isNews) take();
  if (isNews) {
    window.pledgebookSeen = { base, lang, main, read, write, forget, pages, now, before, take };
    load(new URL(`news.${lang}.js`, here));
  }
})();
