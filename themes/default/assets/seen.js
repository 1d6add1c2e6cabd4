// What was seen: the browser remembers of each page that was opened the fingerprints of what is normative on it, and its
// values in words. Where something has changed since, `news.js` comes and tells.
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  const base = new URL("..", src);
  const PREFIX = `pledgebook-seen:${base.pathname}:${dataset.handbook}:`;
  const lang = document.documentElement.lang;
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
  const isNews = marks ? before?.things && before.prints !== marks.prints : pages().length;
  if (marks && !isNews) take();
  if (isNews) {
    window.pledgebookSeen = { base, lang, main, read, write, forget, pages, now, before, take };
    document.head.append(Object.assign(document.createElement("script"), { src: new URL(`news.${lang}.js`, src) }));
  }
})();
