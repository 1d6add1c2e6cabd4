// The search: finds in the index of docs/search.md what a reader types, and lists it below the box (combobox of the APG).
(() => {
  "use strict";
  const FORMAT = 1, SHOWN = 20;
  const me = document.currentScript;
  const lang = document.documentElement.lang;
  const base = new URL(`../search/${lang}/`, me.src).href;
  const home = new URL(".", document.querySelector("[data-search]").form.action).href;

  // Files of the index are scripts. Each hands over its name, the stamp of its build and what it brings.
  const loaded = {}, waiting = {}, words = {}, texts = {}, records = {}, pages = {};
  let index, stamp = "", again = "";
  const load = (name) => loaded[name] ??= new Promise((done, fail) => {
    waiting[name] = done;
    const script = document.createElement("script");
    script.onerror = () => { delete loaded[name]; script.remove(); fail(new Error(name)); };
    script.onload = () => { script.remove(); if (waiting[name]) script.onerror(); };
    script.src = `${base}${name}.js${name === "index" ? again : "?" + stamp}`;
    document.head.append(script);
  });
  globalThis.pledgebookSearch = (name, of, brings) => {
    const done = waiting[name];
    if (!done) return;
    if (name === "index") stamp = of;
    if (of !== stamp) throw restart(of);
    delete waiting[name];
    Object.assign(records, brings.r);
    Object.assign(pages, brings.p);
    Object.assign(name[0] === "t" ? texts : words, brings.w);
    done(brings);
  };
  // A site that was built anew meanwhile: once, the manifest is asked for again.
  const restart = (of) => {
    if (again) return new Error("stale");
    again = "?" + of;
    for (const all of [loaded, waiting, words, texts, records, pages]) for (const key in all) delete all[key];
    ready = undefined;
    search();
    return new Error("stale, asked for again");
  };
  let ready;
  const styled = new Promise((done) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", me.src).href, onload: done, onerror: done })));
  const start = () => ready ??= Promise.all([load("index"), styled]).then(([brings]) => {
    if (brings.format !== FORMAT) {
      if (me.src.includes("?")) throw new Error("format");
      document.head.append(Object.assign(document.createElement("script"), { src: `${me.src}?${brings.format}` }));
      return new Promise(() => {});
    }
    index = brings;
    index.w = split(index.w); index.v = split(index.v); index.stop = new Set(split(index.stop));
    index.simple = new Map(index.simple.match(/../gu)?.map((pair) => [...pair]));
    index.endings = index.endings.map((round) => split(round).map((ending) => ending.split(":")));
  }).catch((error) => { ready = undefined; throw error; });
  const split = (text) => text ? text.split(" ") : [];

  // Words as they are compared; the same as in the index.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };
  const MARKS = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]/g;
  const HAN = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const RUNS = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{Alphabetic}\\p{N}])+`, "gu");
  const han = new RegExp(`^[${HAN}]`, "u");
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(MARKS, "")
    .replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter]).replace(/[\u3400-\u9fff]/g, (letter) => index.simple.get(letter) ?? letter);
  const whole = (word) => index.digraphs ? word.replace(/ae/g, "a").replace(/oe/g, "o").replace(/ue/g, "u") : word;
  const stem = (word) => {
    for (const round of index.endings) {
      const ending = round.find(([end, , least]) => word.endsWith(end) && [...word].length - end.length >= least);
      if (ending) word = word.slice(0, word.length - ending[0].length) + ending[1];
    }
    return word;
  };
  // What is typed: words, the last of which may be unfinished, and runs of characters as pairs.
  const parse = (query) => {
    const terms = [];
    for (const run of plain(query).match(RUNS) ?? []) {
      if (han.test(run)) {
        const letters = [...run];
        if (letters.length === 1) terms.push({ typed: run, stem: run, open: true, weight: 1 });
        else for (let at = 1; at < letters.length; at++) {
          const pair = letters[at - 1] + letters[at];
          terms.push({ typed: pair, stem: pair, run: letters.length, weight: 2 / letters.length });
        }
      } else {
        const typed = whole(run);
        if (typed.length > 1 || /\d/.test(typed)) terms.push({ typed, stem: stem(typed), weight: 1, stop: index.stop.has(typed) });
      }
    }
    const last = terms.at(-1);
    if (last && !last.run && !/\s$/.test(query)) { last.open = true; if (terms.length > 1 && last.stop) last.stop = terms.some((term) => !term.stop); }
    const told = terms.filter((term) => !term.stop);
    return told.length ? told : terms;
  };

  // Where a word stands: the last file whose head is not behind it.
  const place = (heads, word) => { let at = 0, end = heads.length; while (at < end) { const half = (at + end) >> 1; if (heads[half] <= word) at = half + 1; else end = half; } return at; };
  const postings = (text) => {
    const [, all, list] = /^(?:(\d+);)?(.*)$/.exec(text), found = new Map();
    for (const group of list.split(" ")) {
      let number = 0;
      for (const step of group.slice(1).split(".")) found.set(number += parseInt(step, 36), parseInt(group[0], 36));
    }
    found.all = +(all ?? found.size);
    return found;
  };
  // Steps between two words: letters put in, left out, replaced, or two exchanged; more than `most` are not counted.
  const steps = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before, last = [], row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last, row, [i]];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row[b.length];
  };
  const turned = (word) => [...word].reverse().join("");
  const near = (term, some) => {
    const most = term.typed.length >= 8 ? 2 : 1;
    const close = [];
    for (const word of some) {
      if (han.test(word) || word.endsWith("*") || word.length < 3) continue;
      const far = Math.min(steps(term.stem, word, most), steps(term.typed, word, most));
      if (far <= most) close.push([far, word]);
    }
    return close.sort((a, b) => a[0] - b[0] || (b[1][0] === term.stem[0]) - (a[1][0] === term.stem[0]) || (a[1] < b[1] ? -1 : 1)).slice(0, 4);
  };

  // The entries of a word with their scores. `kind` is w for things, t for text.
  const lookUp = async (kind, term) => {
    const heads = index[kind], all = kind === "t" ? texts : words, scores = new Map();
    const add = (word, factor) => {
      const found = postings(all[word]);
      scores.all = Math.max(scores.all ?? 0, found.all);
      for (const [number, score] of found) scores.set(number, Math.max(scores.get(number) ?? 0, score * factor));
    };
    const first = place(heads, term.stem), start = Math.min(first, place(heads, term.typed));
    const end = term.open ? Math.min(place(heads, term.typed + "\uffff"), start + 1) : start;
    const files = new Set([first, start]);
    for (let at = start; at <= end; at++) files.add(at);
    await Promise.all([...files].map((at) => load(kind + at)));
    if (all[term.stem]) add(term.stem, 1);
    const begins = () => {
      if (all[term.typed + "*"]) add(term.typed + "*", .6);
      for (const word in all) {
        if (word === term.stem || word.endsWith("*")) continue;
        if (word.startsWith(term.typed) || (term.stem.length > 3 && word.startsWith(term.stem))) add(word, .5 + .4 * term.typed.length / Math.max(word.length, term.typed.length));
        else if (word.length > 3 && term.typed.startsWith(word) && term.typed.length - word.length < 4) add(word, .7);
      }
    };
    if (term.open || !scores.size) begins();
    if (!scores.size && !term.run && term.typed.length > 3) {
      let close = near(term, Object.keys(all));
      if (kind === "w" && !(close[0]?.[0] === 1)) {
        const brings = await load("v" + place(index.v, turned(term.stem)));
        close = [...close, ...near(term, split(brings.v))].sort((a, b) => a[0] - b[0]).slice(0, 4);
      }
      for (const [far, word] of close.filter(([far]) => far === close[0][0])) {
        await load(kind + place(heads, word));
        if (all[word]) { add(word, .5 / far); term.meant ??= word; }
      }
    }
    return scores;
  };

  const recordFile = (number) => number < index.things ? "r" + Math.floor(number / index.files[0]) : "p" + Math.floor((number - index.things) / index.files[1]);
  const title = (record) => record[3] || pages[record[1]][1];
  const tokens = (text) => plain(text).match(RUNS) ?? [];
  const holds = (text, term) => term.run || han.test(term.typed) ? plain(text).includes(term.typed)
    : tokens(text).some((word) => { word = whole(word); return stem(word) === term.stem || (term.open && word.startsWith(term.typed)); });

  // Puts the entries of all words together: what has most of the words, and the rarer ones, comes first.
  const rank = async (terms, found, least) => {
    const total = terms.reduce((sum, term) => sum + term.weight * term.rare, 0);
    const numbers = new Set(found.flatMap((scores) => [...scores.keys()]));
    let list = [];
    for (const number of numbers) {
      let sum = 0, met = 0;
      terms.forEach((term, at) => {
        const score = found[at].get(number), weight = term.weight * term.rare;
        // A word of which only the best are kept excludes nothing.
        const kept = found[at].all <= found[at].size;
        if (score) { sum += score * weight; met += weight; } else if (!kept && records[number] && holds(title(records[number]) + " " + (records[number][5] ?? ""), term)) { sum += 8 * weight; met += weight; }
      });
      const share = met / total;
      if (share >= least) list.push({ number, score: sum / total * share * share, share });
    }
    list.sort((a, b) => b.score - a.score || a.number - b.number);
    if (list[0]?.share > .99) list = list.filter((hit) => hit.share > .6);
    list = list.slice(0, 2 * SHOWN);
    const missing = new Set(list.slice(0, 10).filter((hit) => !records[hit.number]).map((hit) => recordFile(hit.number)));
    if (missing.size) await Promise.all([...missing].slice(0, 8).map(load));
    list = list.filter((hit) => records[hit.number]);
    const query = terms.map((term) => term.typed).join(" ");
    for (const hit of list) {
      const record = records[hit.number], name = tokens(title(record)).map(whole), text = name.join(" ");
      const met = terms.filter((term) => holds(title(record), term)).length;
      if (met === terms.length) hit.score += 6 * met / Math.max(met, terms[0].run ? 1 + [...text].length / 4 : name.filter((word) => !index.stop.has(word)).length);
      if (text.startsWith(query)) hit.score += 3;
      if (text === query) hit.score += 8;
    }
    return list.sort((a, b) => b.score - a.score || a.number - b.number);
  };
  const find = async (kind, terms) => {
    const found = await Promise.all(terms.map((term) => lookUp(kind, term)));
    terms.forEach((term, at) => { term.rare = Math.max(term.rare ?? 0, 1 + Math.log2(index.all / Math.max(1, found[at].all || 1)) / 6); });
    return rank(terms, found, terms.length > 2 ? .34 : .49);
  };

  // The box and its list.
  let box, shell, list, note, status, turn = 0, active = -1, hits = [], timer;
  const el = (name, made, ...inner) => { const node = Object.assign(document.createElement(name), made); node.append(...inner); return node; };
  const say = (key, filled = {}) => Object.entries(filled).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), index?.words[key] ?? "");
  const href = (record) => home + pages[record[1]][0] + (record[2] ? "#" + encodeURIComponent(record[2]) : "");
  const dress = (input) => {
    if (input === box) return;
    close();
    box = input;
    const id = box.id + "-hits";
    shell = document.getElementById(id)?.parentNode;
    if (shell) { [list, note, status] = shell.children; return; }
    list = el("ul", { id, role: "listbox", ariaLabel: box.form.dataset.list });
    note = el("div", { className: "hits-note" });
    status = el("p", { className: "vh", role: "status" });
    shell = el("div", { className: "hits", popover: "manual", hidden: true }, list, note, status);
    box.form.append(shell);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", "aria-haspopup": "listbox" })) box.setAttribute(name, value);
    box.addEventListener("input", () => search());
    box.addEventListener("focus", () => { dress(box); if (box.value.trim()) search(); });
    box.addEventListener("keydown", keys);
    box.form.addEventListener("submit", (event) => { if (hits.length) { event.preventDefault(); go(hits[Math.max(active, 0)]); } });
    box.form.addEventListener("focusout", (event) => { if (!box.form.contains(event.relatedTarget)) close(); });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    for (const kind of ["click", "auxclick"]) list.addEventListener(kind, (event) => {
      const option = event.target.closest("[role=option]");
      if (option && event.button < 2) go(hits[[...list.children].indexOf(option)], event.ctrlKey || event.metaKey || event.button === 1);
    });
  };
  const go = (hit, beside) => { if (beside) open(hit.href); else { close(); location.href = hit.href; } };
  const show = () => {
    if (shell.hidden) { shell.hidden = false; shell.showPopover?.(); }
    const { bottom, left, width } = box.getBoundingClientRect(), wide = innerWidth > 640;
    const room = Math.max(width, Math.min(640, innerWidth - 32));
    shell.style.top = `${bottom + scrollY}px`;
    shell.style.left = wide ? `${Math.max(0, Math.min(left, innerWidth - room - 16))}px` : "0";
    shell.style.width = wide ? `${room}px` : "100%";
    box.setAttribute("aria-expanded", String(hits.length > 0));
    list.hidden = !hits.length;
    note.hidden = !note.childNodes.length;
  };
  const close = () => {
    turn++; clearTimeout(timer);
    if (!shell || shell.hidden) return;
    shell.hidePopover?.(); shell.hidden = true; hits = []; choose(-1); list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
  };
  const choose = (at) => {
    list?.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list?.children[at];
    if (!option) return box?.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const keys = (event) => {
    const last = hits.length - 1, shift = event.altKey || event.ctrlKey || event.metaKey;
    if (event.isComposing) return;
    const to = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last }[event.key];
    if (to !== undefined && !shift) { event.preventDefault(); if (hits.length) choose(to); else search(); }
    else if (event.key === "Home" && active >= 0) { event.preventDefault(); choose(0); }
    else if (event.key === "End" && active >= 0) { event.preventDefault(); choose(last); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); if (shell.hidden) box.value = ""; else close(); }
    else if (event.key === "Enter" && hits.length && (event.ctrlKey || event.metaKey)) { event.preventDefault(); go(hits[Math.max(active, 0)], true); }
    else if (event.key.length === 1 || event.key === "ArrowLeft" || event.key === "ArrowRight") choose(-1);
  };

  // Marks the words in a text; a long text is shown from a little before the first.
  const mark = (text, terms, most) => {
    const spots = [];
    for (const { 0: word, index: at } of text.matchAll(new RegExp(RUNS, "gu"))) {
      const folded = whole(plain(word));
      for (const term of terms) {
        if (han.test(word)) { const inside = folded.length === word.length ? folded.indexOf(term.typed) : -1; if (inside >= 0) spots.push([at + inside, term.typed.length]); }
        else if (folded === term.meant || stem(folded) === (term.meant ?? term.stem) || (term.open && folded.startsWith(term.typed))) spots.push([at, word.length]);
        else if (index.digraphs && term.typed.length > 3 && folded.includes(term.typed) && folded.length === word.length) spots.push([at + folded.indexOf(term.typed), term.typed.length]);
      }
    }
    spots.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let from = most && spots[0] && spots[0][0] > most / 2 ? text.lastIndexOf(" ", spots[0][0] - most / 3) + 1 : 0;
    if (from < 0 || (from === 0 && spots[0]?.[0] > most)) from = Math.max(0, spots[0][0] - 20);
    const end = most ? Math.min(text.length, from + most) : text.length, parts = from ? ["… "] : [];
    for (const [at, length] of spots) {
      if (at < from || at + length > end) continue;
      parts.push(text.slice(from, at), el("mark", {}, text.slice(at, from = at + length)));
    }
    parts.push(text.slice(from, end), end < text.length ? " …" : "");
    return parts;
  };
  const draw = (terms, query) => {
    list.replaceChildren(...hits.map((hit, at) => {
      const [kind, page, , own, limit, text] = hit.record, around = own && pages[page][1] !== own ? " · " + pages[page][1] : "";
      const name = kind === 11 ? own : title(hit.record);
      return el("li", { id: `${list.id}-${at}`, role: "option", ariaSelected: "false" },
        el("span", { className: "hit" }, el("b", {}, ...mark(name, terms)), el("small", {}, (index.kinds[kind < 0 ? pages[page][2] : kind]) + around),
          ...(text ? [el("small", { className: "hit-text" }, ...mark(text, terms, 150))] : [])),
        ...(limit ? [el("span", { className: "fig" }, limit)] : []));
    }));
    list.scrollTop = 0;
    active = -1; box.removeAttribute("aria-activedescendant");
    const meant = terms.some((term) => term.meant) && spelling(terms);
    note.replaceChildren();
    if (!hits.length) note.append(el("p", {}, say("no_results", { query })));
    if (meant && meant !== query.toLowerCase()) {
      const [before, after] = say("did_you_mean", { word: "\0" }).split("\0");
      note.append(el("p", {}, before, el("button", { type: "button", onclick: () => { box.value = meant; box.focus(); search(); } }, meant), after));
    }
    if (!hits.length) note.append(el("p", {}, el("a", { href: box.form.action }, say("try_az"))), el("p", {}, el("a", { href: home + index.ask[0] }, say("ask", { role: index.ask[1] }))));
    tell(hits.length ? say(`results.${new Intl.PluralRules(lang).select(hits.length)}`, { n: hits.length }) || say("results.other", { n: hits.length }) : note.textContent);
    show();
  };
  const tell = (text) => { if (status.textContent !== text) status.textContent = text; };
  // The spelling of the words that were meant, as it stands in what was found.
  const spelling = (terms) => terms.map((term) => {
    if (!term.meant) return term.typed;
    for (const { record } of hits) for (const text of [title(record), record[5] ?? ""]) for (const word of text.match(new RegExp(RUNS, "gu")) ?? []) {
      const folded = whole(plain(word));
      if (folded === term.meant || stem(folded) === term.meant) return word.toLowerCase() === word ? word : word;
    }
    return term.meant;
  }).join(" ");
  const merge = (all) => {
    const best = new Map();
    for (const hit of all) {
      hit.record = records[hit.number]; hit.href = href(hit.record);
      const key = hit.href + (hit.record[0] > 10 ? hit.number : ""), known = best.get(key);
      if (!known) best.set(key, hit); else known.score = Math.max(known.score, hit.score);
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.number - b.number).slice(0, SHOWN);
  };

  const search = async () => {
    const own = ++turn, query = box.value.trim();
    clearTimeout(timer);
    if (!query) return close(), turn = own;
    try {
      await start();
      if (own !== turn) return;
      const terms = parse(box.value);
      if (!terms.length) return close();
      const things = await find("w", terms);
      if (own !== turn) return;
      hits = merge(things);
      if (hits.length) draw(terms, query); else { tell(say("searching")); }
      await new Promise((done) => timer = setTimeout(done, hits.length ? 150 : 0));
      if (own !== turn) return;
      index.t ??= split((await load("text")).t);
      const again = parse(box.value), text = await find("t", again);
      if (own !== turn) return;
      // Who has begun to choose keeps what is listed in its place.
      const chosen = active, before = hits;
      const exact = again.every((term) => !term.meant);
      if (exact && terms.some((term) => term.meant)) terms.forEach((term) => delete term.meant);
      hits = merge([...things.map((hit) => exact && hit.typo ? { ...hit, score: 0 } : hit), ...text.map((hit) => ({ ...hit, score: hit.score * .8 }))]);
      if (chosen >= 0) hits = [...before, ...hits.filter((hit) => before.every((known) => known.href !== hit.href))].slice(0, Math.max(SHOWN, before.length));
      draw(terms, query);
      choose(chosen);
    } catch (error) {
      if (own !== turn) return;
      hits = []; list.replaceChildren();
      note.replaceChildren(el("p", {}, el("a", { href: box.form.action }, box.form.dataset.failed)));
      tell(box.form.dataset.failed);
      show();
    }
  };

  for (const input of document.querySelectorAll("[data-search]")) input.addEventListener("focus", () => { dress(input); });
  const now = document.activeElement;
  if (now?.matches("[data-search]")) { dress(now); if (now.value) search(); start().catch(() => {}); }
})();
