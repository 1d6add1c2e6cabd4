// Keeps a copy of the handbook on the reader's device for times without a connection. The build's sw.js says which edition
// there is and loads this. Whatever can come from the network comes from there; the copy stands in when the network fails or
// keeps a reader waiting, and a page from the copy says so and names its day. No page is ever loaded anew from here.
"use strict";
(() => {
  const { edition, revision, languages } = self.pledgebook;
  const SCOPE = self.registration.scope;
  const MARK = `pledgebook ${new URL(SCOPE).pathname} `; // other handbooks may lie on the same host
  const PATIENCE = 2500; // ms until the copy stands in for a network that does not answer
  const PAUSE = 10000; // ms during which what a page from the copy needs comes from the copy at once
  const KINDS = new Set(["document", "iframe", "script", "style", "image"]);
  const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
  const packs = new Map(); // by name of their cache, as long as the worker lives
  const filling = new Map();
  let quietUntil = 0;

  // A copy is a cache with one pack in it: complete when it is there. Its name is the mark, an edition, a language.
  const name = (tag) => `${MARK}${edition} ${tag}`;
  const kept = async () => {
    const names = (await caches.keys()).filter((one) => one.startsWith(MARK));
    return names.map((one) => ({ name: one, tag: one.split(" ").pop(), current: one.startsWith(`${MARK}${edition} `) }));
  };
  const address = (tag) => new URL(languages[tag].pack, SCOPE).href;

  const fill = (tag) => {
    if (!languages[tag]) return Promise.resolve();
    if (!filling.has(tag)) filling.set(tag, make(tag).finally(() => filling.delete(tag)));
    return filling.get(tag);
  };
  const make = async (tag) => {
    const cache = await caches.open(name(tag));
    if (!await cache.match(address(tag))) {
      const answer = await fetch(address(tag), { cache: "no-cache" });
      const pack = answer.ok ? await answer.clone().json() : {};
      // While a site is being uploaded, its worker may be there before its packs.
      if (pack.edition !== edition) throw new Error("the pack is of another edition");
      await cache.put(address(tag), answer);
    }
    for (const old of await kept()) if (old.tag === tag && !old.current) await caches.delete(old.name);
  };

  const open = async (one) => {
    if (!packs.has(one.name)) {
      const cache = await caches.open(one.name);
      const [found] = await cache.matchAll();
      if (!found) return null;
      packs.set(one.name, await found.json());
    }
    return packs.get(one.name);
  };

  // What the copy has for an address: of this edition rather than of an older one.
  const copy = async (url) => {
    const path = decodeURI(new URL(url).pathname.slice(new URL(SCOPE).pathname.length));
    const names = path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`];
    const all = (await kept()).sort((a, b) => b.current - a.current);
    for (const one of all) {
      const pack = await open(one);
      const file = names.find((wanted) => pack && wanted in pack.files);
      if (file) return answerWith(file, pack);
    }
    return null;
  };
  const answerWith = (file, pack) => {
    const type = TYPES[file.split(".").pop()];
    const text = type === TYPES.html ? pack.files[file].replace(/<main\b[^>]*>/, (main) => main + pack.notice) : pack.files[file];
    return new Response(text, { headers: { "Content-Type": `${type}; charset=utf-8` } });
  };
  // The page that says that the copy lacks a page, in the language of the reader.
  const missing = async (url) => {
    const path = url.slice(SCOPE.length);
    const tag = Object.keys(languages).find((one) => languages[one].folder && path.startsWith(languages[one].folder));
    const source = Object.keys(languages).find((one) => !languages[one].folder);
    const one = (await kept()).find((each) => each.tag === (tag ?? source));
    const pack = one && await open(one);
    return pack && Response.redirect(new URL(pack.missing, SCOPE).href);
  };

  const late = () => new Promise((_, fail) => { setTimeout(() => fail(new Error("late")), PATIENCE); });
  const answer = async (event) => {
    const { request } = event;
    const page = request.mode === "navigate";
    const fallback = () => copy(request.url).catch(() => null);
    if (!page && Date.now() < quietUntil) {
      const found = await fallback();
      if (found) return found;
    }
    const network = (async () => (page && await event.preloadResponse) || fetch(request))();
    try {
      const come = await Promise.race([network, late()]);
      if (come.status < 500) return come;
    } catch { /* no answer, or none in time */ }
    const found = await fallback();
    if (found) {
      quietUntil = Date.now() + PAUSE;
      return found;
    }
    return network.catch(async (error) => {
      const told = page && await missing(request.url).catch(() => null);
      if (told) return told;
      throw error;
    });
  };

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(SCOPE) && KINDS.has(request.destination)) event.respondWith(answer(event));
  });

  // A new edition first makes its copies, in the languages that were kept. Where that fails, the older copy stays.
  self.addEventListener("install", (event) => {
    const all = async () => {
      const tags = new Set((await kept()).map((one) => one.tag));
      await Promise.allSettled([...tags].map(fill));
    };
    event.waitUntil(all().catch(() => {}).then(() => self.skipWaiting()));
  });
  self.addEventListener("activate", (event) => {
    const tell = async () => {
      await self.registration.navigationPreload?.enable().catch(() => {});
      await self.clients.claim();
      for (const client of await self.clients.matchAll()) {
        const tag = Object.keys(languages).find((one) => languages[one].folder && client.url.startsWith(SCOPE + languages[one].folder));
        const words = languages[tag ?? Object.keys(languages).find((one) => !languages[one].folder)];
        client.postMessage({ revision, newer: words.newer, load: words.load });
      }
    };
    event.waitUntil(tell());
  });
  self.addEventListener("message", (event) => {
    if (event.data?.keep) event.waitUntil(fill(event.data.keep).catch(() => {}));
  });
})();
