// The search: finds in the index (docs/search.md) what a reader types, and lists it below the box: a combobox as in the
// ARIA Authoring Practices. Only what the first result needs: keys and the text of pages are search-rest.js, other spellings
// search-more.js.
(() => {
  "use strict";
  const FORMAT = 2, SHOWN = 20;
  const { lang } = document.documentElement, { src } = document.currentScript;
  const first = document.querySelector("[data-search]").form;
  const base = new URL(`../search/${lang}/`, src).href, home = new URL(".", first.action).href;
  const make = (name, made, ...inner) => { const node = Object.assign(document.createElement(name), made); node.append(...inner); return node; };
  const split = (text) => text ? text.split(" ") : [];

  // Files are scripts that hand over their name, the stamp of their build and what they bring.
  let loaded = {}, waiting = {}, words = {}, texts = {}, records = {}, pages = {}, index, stamp = "", renewed = "", ready, more, rest;
  const fetch = (name, address) => loaded[name] ??= new Promise((done, fail) => {
    const failed = () => { delete loaded[name]; fail(new Error(name)); };
    waiting[name] = done;
    // site.js asks for the manifest together with this script.
    let script = document.querySelector(`script[src$="search/${lang}/${name}.js"]`);
    if (!script) document.head.append(script = make("script", { src: address }));
    script.onerror = () => { script.remove(); failed(); };
    script.onload = () => { script.remove(); if (waiting[name]) failed(); };
  });
  const load = (name) => fetch(name, `${base}${name}.js?${stamp}`);
  globalThis.pledgebookSearch = (name, of, brings) => {
    const done = waiting[name];
    if (name === "index") stamp = of;
    else if (typeof of === "function") brings = of(inside);
    else if (of !== stamp) return stale(of);
    delete waiting[name];
    Object.assign(records, brings.r);
    Object.assign(pages, brings.p);
    Object.assign("td".includes(name[0]) ? texts : words, brings.w);
    done?.(brings);
  };
  // The site was built anew meanwhile: everything is asked for again, once for each build.
  const stale = (of) => {
    if (renewed === "?" + of) return;
    renewed = "?" + of;
    loaded = {}; waiting = {}; words = {}; texts = {}; records = {}; pages = {}; ready = undefined;
    search();
  };
  const styled = new Promise((done) => document.head.append(make("link", { rel: "stylesheet", href: new URL("search.css", src), onload: done, onerror: done })));
  const start = () => ready ??= fetch("index", `${base}index.js${renewed}`).then((brings) => {
    if (brings.format !== FORMAT) {
      if (!src.includes("?")) document.head.append(make("script", { src: `${src}?${brings.format}` }));
      throw Error("format");
    }
    index = { ...brings, w: split(brings.w), v: split(brings.v), stop: new Set(split(brings.stop)), simple: new Map(), t: undefined };
    const halt = [...index.stop].filter((word) => han.test(word)).sort((a, b) => b.length - a.length).join("|");
    index.halt = halt && RegExp(halt);
    index.endings = brings.endings.map((round) => split(round).map((ending) => ending.split(":")));
  }).catch((error) => { ready = undefined; throw error; });

  // Words as they are compared; the same as in the index.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };
  const MARKS = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]/g;
  const HAN = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const RUNS = RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{Alphabetic}\\p{N}])+`, "gu"), han = RegExp(`[${HAN}]`, "u");
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(MARKS, "").replace(/[ßæœøłđı\u3400-\u9fff]/g, (letter) => LETTERS[letter] ?? index.simple.get(letter) ?? letter);
  const whole = (word) => index.digraphs ? word.replace(/ae/g, "a").replace(/oe/g, "o").replace(/ue/g, "u") : word;
  const stem = (word) => {
    for (const round of index.endings) {
      const ending = round.find(([end, , least]) => word.endsWith(end) && word.length - end.length >= least);
      if (ending) word = word.slice(0, word.length - ending[0].length) + ending[1];
    }
    return word;
  };
  const tokens = (text) => (plain(text).match(RUNS) ?? []).map(whole);
  // A run without the words that say nothing.
  const pieces = (run) => { const left = index.halt && han.test(run) ? run.split(index.halt).filter((piece) => piece.length > 1) : []; return left[0] ? left : [run]; };
  // What is typed: words, the last of which may be unfinished; of a run of characters, the pairs that cover it.
  const parse = (query) => {
    const terms = [];
    for (const whole of tokens(query)) for (const run of pieces(whole)) {
      if (han.test(run)) {
        const last = run.length - 2;
        if (last < 0) terms.push({ typed: run, stem: run, open: true, weight: 1 });
        for (let at = 0; at <= last; at = at < last ? Math.min(at + 2, last) : last + 1) terms.push({ typed: run.substr(at, 2), stem: run.substr(at, 2), run, weight: last ? .8 : 1 });
      } else if (run.length > 1 || /\d/.test(run)) terms.push({ typed: run, stem: stem(run), weight: 1, stop: index.stop.has(run) });
    }
    const last = terms.at(-1), told = terms.filter((term) => !term.stop);
    if (last && !last.run && !/\s$/.test(query)) last.open = true;
    return told.length ? told : terms;
  };

  // The number of the file in which a word stands: the last whose head is not behind it.
  const place = (heads, word) => { let at = 0; for (let end = heads.length; at < end;) { const half = (at + end) >> 1; if (heads[half] <= word) at = half + 1; else end = half; } return at; };
  // Pairs of characters stand in the file that a number reckoned from them says.
  const spot = (word, many) => { let sum = 0; for (let at = 0; at < word.length; at++) sum = (sum * 31 + word.charCodeAt(at)) % 65521; return sum % many; };
  // The entries of a word with their scores; `kind` is w for things, t for text.
  const lookUp = async (kind, term) => {
    const heads = index[kind], all = kind === "t" ? texts : words, scores = new Map(), { typed, open } = term;
    const add = (word, factor) => {
      const [, most, list] = /^(?:(\d+);)?(.*)$/.exec(all[word]);
      let number, size = 0;
      for (const group of split(list)) {
        number = 0;
        for (const step of group.slice(1).split(".")) {
          number += parseInt(step, 36); size++;
          scores.set(number, Math.max(scores.get(number) ?? 0, factor * parseInt(group[0], 36)));
        }
      }
      scores.all = Math.max(scores.all ?? 0, most ?? size);
    };
    if (han.test(typed)) {
      const many = index.pairs[+(kind === "t")];
      if (many) await load((kind === "t" ? "d" : "c") + spot(typed, many));
      if (all[typed]) add(typed, 1);
      if (open && all[typed + "*"]) add(typed + "*", .6);
      return scores;
    }
    const from = place(heads, typed), files = new Set([place(heads, term.stem), from]);
    if (open) files.add(Math.min(place(heads, typed + "\uffff"), from + 1));
    await Promise.all([...files].map((at) => load(kind + at)));
    if (all[term.stem]) add(term.stem, 1);
    if (open || !scores.size) {
      if (all[typed + "*"]) add(typed + "*", .6);
      for (const word in all) if (word !== term.stem && !word.endsWith("*")) {
        if (word.startsWith(typed)) add(word, .5 + .4 * typed.length / word.length);
        else if (word.length > 3 && typed.startsWith(word) && typed.length - word.length < 4) add(word, .7);
      }
    }
    if (!scores.size && typed.length > 3) for (const [word, factor] of await (await extra()).near(kind, term, all)) {
      await load(kind + place(heads, word));
      if (all[word]) add(word, factor);
    }
    return scores;
  };

  const name = (record) => record[3] || pages[record[1]][1];
  const holds = (text, term) => term.run || han.test(term.typed) ? plain(text).includes(term.typed)
    : tokens(text).some((word) => stem(word) === term.stem || (term.open && word.startsWith(term.typed)));
  // Puts the entries of all words together: what has most of them, and the rarer ones, comes first.
  const rank = async (kind, terms, told) => {
    const found = await Promise.all(terms.map((term) => lookUp(kind, term)));
    let total = 0, list = [];
    terms.forEach((term, at) => { total += term.rare = term.weight * (found[at].size ? .6 + Math.log2(index.all / found[at].all) / 5 : .6); });
    for (const number of new Set(found.flatMap((scores) => [...scores.keys()]))) {
      let sum = 0, met = 0;
      terms.forEach((term, at) => {
        let score = found[at].get(number);
        // A word of which only the best are kept excludes nothing.
        if (!score && found[at].all > found[at].size && records[number] && holds(name(records[number]) + " " + (records[number][5] ?? ""), term)) score = 8;
        if (score) { sum += score * term.rare; met += term.rare; }
      });
      const share = met / total;
      if (share > .45) list.push({ number, share, score: sum / total * share * share });
    }
    list.sort((a, b) => b.score - a.score || a.number - b.number);
    if (list[0]?.share > .99) list = list.filter((hit) => hit.share > .6);
    list.length = Math.min(list.length, 2 * SHOWN);
    const typed = terms.map((term) => term.run ?? term.typed).join(" ");
    const known = () => list.filter((hit) => records[hit.number]).map((hit) => {
      const text = tokens(name(records[hit.number])), line = text.join(" "), met = terms.filter((term) => holds(line, term)).length;
      let { score } = hit;
      if (met === terms.length) score += 6 * met / Math.max(met, terms[0].run ? line.length / 4 : text.filter((word) => !index.stop.has(word)).length);
      if (line.includes(typed)) score += 2 + line.startsWith(typed);
      if (line === typed) score += 8;
      return { ...hit, score };
    });
    const lack = new Set(list.slice(0, 10).filter((hit) => !records[hit.number]).map(({ number }) =>
      number < index.things ? "r" + Math.floor(number / index.files[0]) : "p" + Math.floor((number - index.things) / index.files[1])));
    if (lack.size && told) {
      if (!records[list[0].number]) await Promise.all([...lack].slice(0, 2).map(load));
      await told(known());
    }
    await Promise.all([...lack].slice(0, 8).map(load));
    return known();
  };

  // The box and its list.
  let box, shell, list, note, status;
  const at = { turn: 0, active: -1, hits: [], timer: 0 };
  const dress = (input) => {
    if (input === box) return;
    close();
    box = input;
    if (box.shell) return [shell, list, note, status] = box.shell;
    list = make("ul", { id: box.id + "-hits", role: "listbox", ariaLabel: box.form.dataset.list });
    note = make("div", { className: "hits-note" });
    status = make("p", { className: "vh", role: "status" });
    shell = make("div", { className: "hits", popover: "manual", hidden: true }, list, note);
    box.form.append(shell, status);
    box.shell = [shell, list, note, status];
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) box.setAttribute(key, value);
    box.oninput = () => search();
    box.onkeydown = (event) => rest?.press(event);
    box.form.onsubmit = (event) => { if (at.hits[0]) { event.preventDefault(); go(at.hits[Math.max(at.active, 0)]); } };
    box.form.addEventListener("focusout", (event) => { if (!input.form.contains(event.relatedTarget)) close(); });
    list.onpointerdown = (event) => event.preventDefault();
    list.onclick = list.onauxclick = (event) => {
      const option = event.target.closest("li");
      if (option && event.button < 2) go(option.dataset, event.ctrlKey || event.metaKey || event.button);
    };
  };
  const go = (hit, beside) => { if (beside) open(hit.href); else { close(); location.href = hit.href; } };
  const show = () => {
    if (shell.hidden) { shell.hidden = false; shell.showPopover?.(); }
    const { bottom, left, width } = box.getBoundingClientRect(), wide = innerWidth > 640, room = Math.max(width, 600);
    const origin = shell.showPopover ? { x: scrollX, y: scrollY } : { x: -shell.offsetParent.getBoundingClientRect().x, y: -shell.offsetParent.getBoundingClientRect().y };
    Object.assign(shell.style, { top: `${bottom + origin.y}px`, left: `${origin.x + (wide ? Math.max(0, Math.min(left, innerWidth - room - 16)) : 0)}px`, width: wide ? `${room}px` : `${document.documentElement.clientWidth}px` });
    box.setAttribute("aria-expanded", at.hits.length > 0);
    list.hidden = !at.hits.length;
    note.hidden = !note.firstChild;
  };
  const close = () => {
    at.turn++; clearTimeout(at.timer);
    if (!shell || shell.hidden) return;
    shell.hidePopover?.(); shell.hidden = true; at.hits = []; rest?.choose(-1); list.replaceChildren(); status.textContent = "";
    box.setAttribute("aria-expanded", "false");
  };
  // Marks the words in a text; of a long text, what stands around the first is shown.
  const mark = (text, terms, most = text.length) => {
    const spots = [];
    for (const { 0: word, index: at } of text.matchAll(RUNS)) for (const term of terms) {
      const folded = plain(word), own = whole(folded), inside = folded.length === word.length ? folded.indexOf(term.typed) : -1, meant = term.meant ?? term.stem;
      if (!han.test(word) && (stem(own) === meant || (term.open && own.startsWith(term.typed)))) spots.push([at, word.length]);
      else if (inside >= 0 && (han.test(word) || (index.digraphs && term.typed.length > 3))) spots.push([at + inside, term.typed.length]);
    }
    spots.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let from = 0;
    if (text.length > most && spots[0]?.[0] > most - 60) { from = spots[0][0] - 40; from = text.indexOf(" ", from) + 1 || from; if (from > spots[0][0]) from = spots[0][0] - 20; }
    const end = Math.min(text.length, from + most), parts = from ? ["… "] : [];
    for (const [at, length] of spots) if (at >= from && at + length <= end) parts.push(text.slice(from, at), make("mark", {}, text.slice(at, from = at + length)));
    return [...parts, text.slice(from, end), end < text.length ? " …" : ""];
  };
  const draw = async (terms, query) => {
    await styled;
    list.replaceChildren(...at.hits.map(({ record: [kind, page, , own, limit, text, tongue], record }, number) => {
      const around = own && pages[page][1] !== own ? " · " + pages[page][1] : "", words = make("span", { className: "hit" }, make("b", { lang: (own ? tongue : pages[page][3]) ?? lang }, ...mark(name(record), terms)), make("small", {}, index.kinds[kind < 0 ? pages[page][2] : kind] + around));
      if (text) words.append(make("small", { lang: tongue ?? lang }, ...mark(text, terms, 150)));
      const option = make("li", { id: `${list.id}-${number}`, role: "option", ariaSelected: "false" }, words, ...(limit ? [make("span", { className: "fig" }, limit)] : []));
      option.dataset.href = at.hits[number].href;
      return option;
    }));
    rest?.choose(-1);
    note.replaceChildren();
    if (at.hits[0]) show();
    await rest?.tell(terms, query);
  };
  const merge = (all) => {
    const best = new Map();
    for (const hit of all) {
      const record = hit.record = records[hit.number], [path] = pages[record[1]];
      hit.href = home + path + (record[2] ? "#" + encodeURIComponent(record[2]) : "");
      const key = hit.href + (record[0] > 10 ? hit.number : ""), known = best.get(key);
      if (!known) best.set(key, hit); else known.score = Math.max(known.score, hit.score);
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.number - b.number).slice(0, SHOWN);
  };
  // Nothing else is asked for until the browser has drawn what there is.
  const pause = () => new Promise((done) => setTimeout(done, 16));
  const search = async () => {
    const own = ++at.turn, query = box.value.trim(), mine = () => own === at.turn;
    clearTimeout(at.timer);
    if (!query) return close();
    try {
      await start();
      let terms = parse(box.value);
      if (!mine() || !terms[0]) return;
      const first = async (some) => { if (mine()) { at.hits = merge(some); if (at.hits[0]) { await draw(terms, query); await pause(); } } };
      let things = await rank("w", terms, first);
      if (!things.length && han.test(query) && (await extra()).simplify) {
        await more.simplify();
        terms = parse(box.value);
        things = await rank("w", terms, first);
      }
      await first(things);
      rest ??= await fetch("rest", new URL("search-rest.js", src));
      await rest.complete({ terms, things, query, mine, first });
    } catch {
      if (!mine()) return;
      at.hits = []; list.replaceChildren();
      note.replaceChildren(make("a", { href: box.form.action }, status.textContent = box.form.dataset.failed));
      show();
    }
  };
  const extra = () => fetch("more", new URL("search-more.js", src)).then((brings) => more = brings);
  const again = (query) => { box.value = query; box.focus(); search(); };
  const inside = { at, lang, RUNS, SHOWN, place, load, split, stem, whole, plain, parse, rank, merge, draw, show, make, name, han, home, go, close, search, again, index: () => index, parts: () => ({ box, shell, list, note, status }) };

  addEventListener("focusin", ({ target }) => { if (target.matches("[data-search]")) { dress(target); if (target.value.trim()) search(); } });
  const now = document.activeElement;
  if (now?.matches("[data-search]")) { dress(now); if (now.value) search(); }
  start().catch(() => {});
})();
