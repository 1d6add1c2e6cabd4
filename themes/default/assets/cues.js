// The cue picker: tick what one sees and hears, and the playbooks that fit come first. On the list of playbooks the cues
// stand in the page; elsewhere a script brings them when the picker is opened.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const lang = document.documentElement.lang;
  const form = document.querySelector("form.cues");
  if (!form) return;
  const list = form.querySelector("ul");
  const best = form.querySelector(".best");
  const box = form.querySelector("[type=search]");
  const forms = JSON.parse(form.dataset.fits);
  const count = (n) => (forms[new Intl.PluralRules(lang).select(n)] ?? forms.other).replace("{n}", n);
  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };

  // `books` are [href, title as HTML, cues as HTML, its row in the page].
  const work = (books) => {
    // The first cue of each playbook, then the second of each: what strikes the eye first stands first.
    const cues = new Map();
    for (let turn = 0; turn < Math.max(0, ...books.map(([, , cues]) => cues.length)); turn++) {
      for (const [at, [, , texts]] of books.entries()) {
        if (texts[turn]) cues.set(texts[turn], [...(cues.get(texts[turn]) ?? []), at]);
      }
    }
    const boxes = [...cues].map(([text, of]) => {
      const tick = Object.assign(document.createElement("input"), { type: "checkbox" });
      const words = make("span");
      words.innerHTML = text;
      const row = make("li", "", make("label", "", tick, " ", words));
      list.append(row);
      return { tick, of, row, text: words.textContent.toLowerCase() };
    });

    const rows = books.map(([, , , row]) => row).filter(Boolean);
    const update = () => {
      const fits = books.map((book, at) => boxes.filter(({ tick, of }) => tick.checked && of.includes(at)).length);
      const order = [...books.keys()].sort((a, b) => fits[b] - fits[a] || a - b);
      const shown = order.filter((at) => fits[at]).slice(0, 3);
      best.replaceChildren(shown.length
        ? make("ol", "rows", ...shown.map((at) => {
          const title = make("span");
          title.innerHTML = books[at][1];
          const link = make("a", "", title, make("small", "", count(fits[at])));
          link.href = books[at][0];
          return make("li", "", link);
        }))
        : make("p", "", form.dataset.none));
      if (!rows.length) return;
      for (const at of order) {
        const row = books[at][3];
        row.querySelector(".fits")?.remove();
        if (fits[at]) row.querySelector("a").append(make("small", "fits", count(fits[at])));
        row.parentElement.append(row);
      }
    };
    const narrow = () => {
      const words = box.value.toLowerCase().split(/\s+/);
      for (const { tick, row, text } of boxes) row.hidden = !tick.checked && !words.every((word) => text.includes(word));
      list.hidden = boxes.every(({ row }) => row.hidden);
      form.querySelector(".none").textContent = list.hidden ? form.dataset.missing : "";
    };
    form.addEventListener("change", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { narrow(); update(); }));
    box.addEventListener("input", narrow);
    update();
  };

  const style = new URL("desk.css", here).href;
  if (![...document.styleSheets].some(({ href }) => href === style)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  }
  if (form.dataset.cues) {
    const script = document.createElement("script");
    script.src = form.dataset.cues;
    script.onload = () => work(window.pledgebookCues);
    script.onerror = () => { form.hidden = true; };
    document.head.append(script);
  } else {
    work([...document.querySelectorAll(".books > li")].map((row) => {
      const link = row.querySelector("a");
      const title = link.querySelector("span").cloneNode(true);
      title.querySelector("small")?.remove();
      return [link.getAttribute("href"), title.innerHTML, [...row.querySelectorAll("ul > li")].map((cue) => cue.innerHTML), row];
    }));
  }
})();
