// Ticks, kept in this browser alone: runs of a checklist, task lists in prose, and the list of open runs. The build puts
// the words of the language before this file, and calls it `checklist.TAG.js`.
(() => {
  "use strict";
  const words = window.pledgebookTicks;
  const DAYS = 30;
  const base = new URL("..", document.currentScript.src).pathname;
  const PREFIX = `pledgebook-run:${base}:`;
  const lang = document.documentElement.lang.replace(/^en$/, "en-GB");
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (key, values = {}) => {
    const word = words[key] ?? words[`${key}.${new Intl.PluralRules(lang).select(values.n)}`] ?? words[`${key}.other`];
    return word.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const written = (at, style) => new Date(at).toLocaleString(lang, style ?? { dateStyle: "medium", timeStyle: "short" });
  const day = (at) => written(at, { dateStyle: "long" });
  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content.flat());
    return element;
  };
  const button = (word, press) => {
    const made = make("button", "", say(word));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };

  // What is kept, a record a run. What the browser refuses to keep stays in memory, and the reader is told.
  const memory = new Map();
  let trouble = "";
  let store;
  try { store = localStorage; store.getItem(PREFIX); } catch { store = undefined; trouble = "not_kept"; }
  const isSound = (run) =>
    ["used", "changed"].every((time) => Number.isFinite(run[time])) && typeof run.ticks === "object" &&
    Object.values(run.ticks).every(([is, at]) => is >= 0 && Number.isFinite(at)) &&
    (run.list === undefined || ["list", "title", "name"].every((text) => typeof run[text] === "string")) &&
    Object.values(run.known).every((text) => typeof text === "string") && (run.due ?? []).every(({ text }) => text);
  // Gives a record, null where there is none, and false where it cannot be read.
  const read = (key) => {
    try {
      const run = JSON.parse(memory.get(key) ?? store?.getItem(key) ?? "null");
      return run === null || isSound(run) ? run : false;
    } catch { return false; }
  };
  const write = (key, run) => {
    run.used = Date.now();
    try {
      store.setItem(key, JSON.stringify(run));
      memory.delete(key);
      trouble = memory.size ? "full" : "";
    } catch {
      memory.set(key, JSON.stringify(run));
      trouble = store ? "full" : "not_kept";
    }
  };
  const remove = (key) => {
    memory.delete(key);
    try { store?.removeItem(key); } catch { /* it was never there */ }
  };
  const keys = () => [...new Set([...memory.keys(), ...Object.keys(store ?? {})])].filter((key) => key.startsWith(PREFIX));
  // Two windows may tick the same run: of each item the later tick counts, of the rest the later change.
  const merge = (one, other) => {
    const [older, newer] = one.changed > other.changed ? [other, one] : [one, other];
    const ticks = { ...older.ticks };
    for (const [id, tick] of Object.entries(newer.ticks)) if (!(ticks[id]?.[1] > tick[1])) ticks[id] = tick;
    return { ...older, ...newer, ticks, known: { ...older.known, ...newer.known } };
  };
  const ends = ({ used }) => used + DAYS * 86400000;
  for (const key of keys()) {
    const run = read(key);
    if (run && ends(run) < Date.now()) remove(key);
  }
  const runs = () => keys().map((key) => [key, read(key)]).filter(([, run]) => run && run.list !== undefined)
    .sort(([, one], [, other]) => other.used - one.used);
  const broken = () => keys().filter((key) => read(key) === false);

  // A run in a list: its checklist where that is not clear, its name, how far it is, when it is due, until when it is kept.
  const row = ([key, run], href, title) => {
    const texts = [title && run.name, run.finished ? say("finished", { date: day(run.finished) }) : say("progress", { n: run.n, total: run.total }),
      run.finished ? "" : run.due?.[0]?.text, say("kept_until", { date: day(ends(run)) })];
    const link = make("a", "", make("span", "", title || run.name, make("small", "", texts.filter(Boolean).join(" · "))));
    link.href = `${href}#run=${key.slice(PREFIX.length)}`;
    return make("li", "", link);
  };
  const unreadable = (then) => {
    const found = broken();
    const forget = button("forget", () => { found.forEach(remove); then(); });
    return found.length ? [make("li", "", make("p", "notice", say("unreadable", { n: found.length }), " ", forget))] : [];
  };

  // The open runs on the home page and on the list of checklists.
  const board = find("[data-runs]");
  const list = () => {
    const open = runs().filter(([, run]) => !run.finished).map((one) => {
      const href = `${board.dataset.runs}${one[1].list}.html`;
      const link = all("main a").find((link) => link.getAttribute("href") === href);
      return row(one, href, (link?.querySelector("span") ?? link)?.firstChild.textContent ?? one[1].title);
    });
    const rows = [...unreadable(list), ...open];
    board.querySelector("ul").replaceChildren(...rows);
    board.hidden = !rows.length;
  };
  if (board) {
    list();
    addEventListener("storage", list);
    addEventListener("pageshow", list);
  }

  // The boxes of the page by what they are kept under: the id of an item, or the fingerprint of a task in prose.
  const boxes = new Map();
  for (const box of all("main [data-item]")) {
    const own = (box.closest(".check") ? "" : "~") + box.dataset.item;
    let id = own;
    for (let n = 2; boxes.has(id); n++) id = `${own}.${n}`;
    boxes.set(id, box);
  }
  if (!boxes.size) return;
  const items = [...boxes].filter(([id]) => id[0] !== "~");
  const wordsOf = (box) => box.closest("label").querySelector("span").textContent.trim();

  const part = find("[data-checklist]");
  const field = part?.querySelector("input");
  const told = find(".told") ?? make("div", "told");
  told.setAttribute("role", "status");
  let run = null;
  let key = null;
  let offered = false;

  const tell = (...content) => told.replaceChildren(...content);
  const save = () => {
    const kept = read(key);
    if (kept) run = merge(kept, run);
    run.n = items.filter(([id]) => run.ticks[id]?.[0]).length;
    run.total = items.length;
    write(key, run);
  };
  const change = (values) => {
    if (!run) begin();
    if (offered) take();
    Object.assign(run, values, { changed: Date.now() });
    save();
    show();
  };
  const set = (ticks) => change({ finished: 0, ticks: { ...run?.ticks, ...ticks } });
  const address = (hash) => history.replaceState(null, "", location.href.split("#")[0] + hash);
  const known = () => Object.fromEntries(items.map(([id, box]) => [id, wordsOf(box)]));
  const begin = () => {
    const now = Date.now();
    run = { ticks: {}, known: {}, used: now, changed: now };
    if (!part) return;
    const id = now.toString(36) + Math.random().toString(36).slice(2, 8);
    key = PREFIX + id;
    Object.assign(run, { list: part.dataset.checklist, title: find("h1").textContent, name: written(now), begun: now, known: known() });
    address(`#run=${id}`);
  };
  const open = (wanted) => {
    key = wanted;
    run = (wanted && read(wanted)) || null;
    offered = false;
    if (run && part) save();
    show();
  };

  const show = () => {
    for (const [id, box] of boxes) box.checked = run?.ticks[id] ? run.ticks[id][0] > 0 : box.defaultChecked;
    if (part) showRun();
    else all(".tasks").filter((tasks) => !tasks.parentElement.closest(".tasks")).forEach(showTasks);
  };

  // Below a task list in prose: how far it is, and that it is kept.
  const showTasks = (tasks) => {
    const own = [...boxes].filter(([, box]) => tasks.contains(box));
    const ticked = own.filter(([, box]) => box.checked);
    let line = tasks.nextElementSibling;
    if (!line?.matches(".kept")) tasks.after(line = make("p", "kept small"));
    const clear = button("clear", () => {
      const before = { ...run?.ticks };
      set(Object.fromEntries(own.map(([id]) => [id, [0, Date.now()]])));
      undo("cleared", () => set(again(before)), line);
    });
    line.setAttribute("role", "status");
    line.replaceChildren(...(ticked.length || trouble ? [say("progress", { n: ticked.length, total: own.length }), " · ",
      say(trouble || "kept_short"), " ", ...(ticked.length ? [clear] : [])] : []));
  };

  const showRun = () => {
    const done = items.filter(([, box]) => box.checked).length;
    find(".tally progress").value = done;
    const dues = (run?.due ?? []).map(({ text }) => text);
    const state = done === items.length ? say("all_done") : say("progress", { n: done, total: items.length });
    const text = run?.finished ? say("finished", { date: day(run.finished) }) : [state, ...dues].join(" · ");
    const place = find(".tally [role=status]");
    if (place.textContent !== text) place.textContent = text;
    if (field !== document.activeElement) field.value = run?.name ?? "";
    for (const mark of all(".new")) mark.remove();
    for (const [id, box] of items) if (run && !(id in run.known)) box.closest("label").append(make("b", "new", say("new_item")));
    const gone = Object.keys(run?.known ?? {}).filter((id) => !boxes.has(id) && run.ticks[id]?.[0]);
    find(".gone").replaceChildren(...(gone.length ? [make("p", "", say("removed_items", { n: gone.length })),
      make("ul", "", gone.map((id) => make("li", "", run.known[id] || id)))] : []));
    find("[data-print=run]").textContent = run ? [run.name, say("run_from", { date: day(run.begun) }), text].join(" · ") : "";
    for (const press of all("[data-do]")) press.disabled = !run && !/^(new|print)$/.test(press.dataset.do);
    const others = runs().filter(([other, { list }]) => list === part.dataset.checklist && other !== key);
    const list = part.querySelector(".runs");
    list.hidden = !others.length && !broken().length;
    list.querySelector("b").textContent = others.length;
    list.querySelector("ul").replaceChildren(...unreadable(show), ...others.map((other) => row(other, "", "")));
    const note = find(".trouble");
    note.hidden = !trouble;
    if (trouble && note.textContent !== say(trouble)) note.textContent = say(trouble);
  };

  // Where the focus goes when the button that had it is gone.
  const settle = (place = part) => { place.tabIndex = -1; place.focus({ preventScroll: true }); };
  const undo = (word, back, place = told) => {
    place.replaceChildren(say(word), " ", button("undo", () => { tell(); back(); settle(part ?? place); }));
  };
  const again = (ticks) => Object.fromEntries(Object.keys({ ...run.ticks, ...ticks }).map((id) => [id, [ticks[id]?.[0] ?? 0, Date.now()]]));

  const take = () => {
    offered = false;
    address(`#run=${key.slice(PREFIX.length)}`);
    save();
    tell();
    show();
  };
  // What a link brought, or nothing where it is damaged; kept when the reader says so, or ticks on.
  const offer = (id, brought) => {
    open(null);
    if (!id) return tell(say("link_broken"));
    [key, run, offered] = [PREFIX + id, brought, true];
    show();
    tell(say("shared_open", { name: run.name }), " ", button("keep", () => { take(); settle(); }), button("refuse", () => { leave(); settle(); }));
  };
  const leave = () => { address(""); tell(); open(null); };

  const acts = {
    new: () => { leave(); field.focus(); tell(say("begin")); },
    print: () => print(),
    clear: () => {
      const before = run.ticks;
      set(again({}));
      undo("cleared", () => set(again(before)));
    },
    finish: () => { change({ finished: Date.now() }); undo("is_finished", () => change({ finished: 0 })); },
    delete: () => {
      const [was, before] = [key, run];
      remove(key);
      leave();
      undo("deleted", () => { write(was, before); address(`#run=${was.slice(PREFIX.length)}`); open(was); });
    },
  };

  // Links and copies are made, and links read, by a script of their own; it comes once.
  const share = () => {
    const src = part.querySelector("[data-script$='share.js']").dataset.script;
    if (!find(`script[src="${src}"]`)) document.head.append(Object.assign(make("script"), { src }));
  };

  // A run that is named in the address; else the one that was in use a short while ago.
  const arrive = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const id = given.get("run");
    if (given.has("shared")) {
      open(null);
      return share();
    }
    const recent = runs().find(([, { list, finished, used }]) => list === part.dataset.checklist && !finished && Date.now() - used < 12 * 3600000);
    open(id ? PREFIX + id : recent?.[0] ?? null);
    if (id && !run) { key = null; tell(say("run_missing")); }
    else if (run && !id && !location.hash) address(`#run=${key.slice(PREFIX.length)}`);
  };

  for (const [id, box] of boxes) box.addEventListener("change", () => set({ [id]: [Number(box.checked), Date.now()] }));
  // What another window did, or this one did before it was gone back to.
  const hear = ({ key: changed, newValue, persisted }) => {
    if (key && !offered && (persisted || changed === key)) {
      const kept = read(key);
      if (kept) run = run ? merge(run, kept) : kept;
      else if (newValue === null) tell(say("deleted_elsewhere"));
    }
    show();
  };
  addEventListener("storage", hear);
  addEventListener("pageshow", hear);
  if (part) {
    field.addEventListener("change", () => change({ name: field.value.trim() || written(Date.now()) }));
    for (const press of all("[data-do]")) press.addEventListener("click", () => acts[press.dataset.do]?.());
    addEventListener("hashchange", () => { if (/^#(run|shared)=/.test(location.hash)) { tell(); arrive(); settle(); } });
    // The deadline finder tells what it found, and asks for what is known.
    let asked = false;
    part.addEventListener("finder", ({ target: form }) => {
      if (run?.came) [form.elements.date.value, form.elements.time.value] = run.came.split("T");
      if (run?.standard) form.elements.standard.value = run.standard;
      for (const kind of ["input", "click"]) form.addEventListener(kind, () => { asked = true; }, true);
    });
    part.addEventListener("due", ({ target: { elements: { date, time, standard } }, detail: due }) => {
      if (asked && due.length) change({ came: `${date.value}T${time.value}`, standard: standard.value, due });
    });
    window.pledgebookRun = { part, items, say, tell, written, wordsOf, known, offer, current: () => ({ id: key.slice(PREFIX.length), run }) };
    arrive();
    // What was ticked, named or pressed before this script was there.
    for (const [one, checked, value] of window.pledgebookEarly ?? []) {
      if (!one.dataset.do) Object.assign(one, { checked, value }).dispatchEvent(new Event("change", { bubbles: true }));
      else one.click();
    }
  } else {
    key = `${PREFIX}page:${location.pathname.slice(base.length).replace(/(^|\/)$/, "$1index.html")}`;
    const first = all(".tasks")[0];
    first.before(told);
    if (read(key) === false) tell(say("unreadable_page"));
    open(key);
  }
})();
