// What is new for the reader: a page tells what has changed on it since it was seen, and the home page lists such pages. The
// build puts the words of the language before this file, and calls it `news.TAG.js`; `site.js` loads it where there is news.
(() => {
  "use strict";
  const { words, kinds } = window.pledgebookNews;
  const { base, lang, main, read, write, forget, pages, now, before, take } = window.pledgebookSeen;
  const NAMES = ["service", "standard", "step", "promise", "playbook", "checklist", "role"];
  const make = (tag, ...content) => {
    const element = document.createElement(tag);
    element.append(...content);
    return element;
  };
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values?.[name] ?? whole);
  const day = (at) => new Date(at).toLocaleDateString(lang.replace(/^en$/, "en-GB"), { dateStyle: "long" });
  const button = (word, press) => {
    const made = make("button", say(word));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };

  // A page: what is on it now, beside what was on it when the reader last took note.
  const ofPage = () => {
    const moved = Object.keys({ ...before.things, ...now }).some((key) => key.startsWith("step#") && !(before.things[key] && now[key]));
    const rows = [];
    for (const [key, [print, value, name, place]] of Object.entries(now)) {
      const old = before.things[key];
      if (old?.[0] === print || key.startsWith("order#") && (moved || !old)) continue;
      const was = old && old[1] && value && old[1] !== value && before.lang === lang;
      const text = key.startsWith("order#") ? say("order")
        : !old ? say("new", { name }) : was ? say("was", { name, old: old[1], new: value }) : say("changed", { name });
      rows.push([place, text]);
    }
    for (const [key, [, , name]] of Object.entries(before.things)) {
      if (!now[key] && !key.startsWith("order#")) rows.push(["", say("gone", { name })]);
    }
    if (!rows.length) return take();
    const list = make("ul", ...rows.map(([place, text]) => {
      const target = place && document.getElementById(place);
      return make("li", target ? Object.assign(make("a", text), { href: `#${place}` }) : text);
    }));
    const note = make("section", make("p", make("b", say("since", { date: day(before.at) }))), list,
      button("mark", () => { take(); note.remove(); main.focus(); }), make("p", say("kept_here")));
    note.className = "notice screen";
    note.lastChild.className = "small";
    note.setAttribute("aria-label", say("home"));
    (main.querySelector(".head") ?? main.firstElementChild).after(note);
  };

  // The home page: buckets whose fingerprint has changed are looked into, if a page in them was opened.
  const files = {};
  window.pledgebookNormative = (name, brings) => files[name](brings);
  const file = (name) => new Promise((come, fail) => {
    files[name] = come;
    document.head.append(Object.assign(document.createElement("script"), { src: new URL(`normative/${name}.js`, base), onerror: fail }));
  });
  const kindsOf = (old, now) => NAMES.filter((name, at) => {
    const print = (prints) => prints.match(/.{5}/g)?.find((part) => part[0] === String(at));
    return print(old) !== print(now);
  }).map((name) => kinds[name]);
  const ofHome = async (part) => {
    const known = pages().map((page) => [page, read(page)]).filter(([page, record]) => page !== "#" && record);
    if (!known.length) return;
    const index = await file("index");
    const numbers = new Map(known.map(([page, { bucket }]) => [page, bucket % index.length]));
    let settled = read("#")?.settled;
    if (settled?.length !== index.length) settled = index.map(() => "");
    const brought = {};
    const wanted = [...new Set(numbers.values())].filter((number) => settled[number] !== index[number]);
    await Promise.all(wanted.map(async (number) => { brought[number] = await file(number); }));
    const changed = known.filter(([page]) => brought[numbers.get(page)])
      .map(([page, record]) => [page, record, brought[numbers.get(page)][page]])
      .filter(([, record, now]) => record.prints !== now).sort(([, one], [, other]) => other.at - one.at);
    const open = new Set(changed.map(([page]) => numbers.get(page)));
    for (const number of wanted) if (!open.has(number)) settled[number] = index[number];
    if (wanted.length > open.size) write("#", { at: Date.now(), title: "", prints: "", settled });
    if (!changed.length) return;
    const rows = changed.map(([page, record, now]) => {
      const about = now ? say("row", { date: day(record.at), kinds: kindsOf(record.prints, now).join(" · ") }) : say("page_gone");
      const row = make(now ? "a" : "span", make("span", record.title, make("small", about)));
      if (now) row.href = `${page}.html`;
      return make("li", row);
    });
    const all = button("mark_all", () => {
      for (const [page, { title, bucket }, now] of changed) {
        if (now) write(page, { at: Date.now(), title, lang, bucket, prints: now });
        else forget(page);
      }
      part.hidden = true;
      main.focus();
    });
    const list = make("ul", ...rows);
    list.className = "rows";
    part.querySelector(".body").replaceChildren(list, all, make("p", say("kept_here")));
    part.hidden = false;
  };

  if (now) return ofPage();
  const part = document.querySelector(".news");
  if (part) ofHome(part).catch(() => { /* without the fingerprints there is nothing to tell */ });
})();
