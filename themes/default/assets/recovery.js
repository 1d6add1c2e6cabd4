// What has gone wrong, in a customer's words or ours, and what it costs: what follows, and who may grant it now, by the
// rights of the roles that the page brings. The reader's role is kept in this browser alone.
(() => {
  "use strict";
  const form = document.querySelector("form.ask");
  const KEY = `pledgebook-role:${new URL("..", document.currentScript.src).pathname}:${form.dataset.handbook}`;
  const { case: chosen, amount: cost, role } = form.elements;
  const answer = form.querySelector(".answer");
  const says = document.querySelector(".says");
  const say = form.dataset;
  const make = (tag, ...content) => {
    const element = document.createElement(tag);
    element.append(...content);
    return element;
  };
  const money = (text) => {
    const [, amount, currency] = /^([\d.]+) (\S+)$/.exec(text) ?? [];
    return { amount: Number(amount ?? NaN), currency };
  };
  const roles = [...role.options].slice(1).map((option) => ({
    id: option.value, name: option.textContent, ...option.dataset, may: money(option.dataset.right),
  }));
  const may = ({ may }, { amount, currency }) => may.amount >= amount && (!currency || may.currency === currency);
  const leadOf = (one) => roles.find(({ id }) => id === one?.lead);
  const myself = () => roles.find(({ id }) => id === role.value);

  // From a role upwards, or else from the smallest right: the first that may.
  const first = (from, wanted) => {
    const seen = new Set();
    for (let one = from; one && !seen.has(one); one = leadOf(one)) {
      if (may(one, wanted)) return one;
      seen.add(one);
    }
    return roles.find((one) => may(one, wanted));
  };
  const link = ({ href, name }) => Object.assign(make("a", name), { href });
  const filled = (pattern, values) => pattern.split(/(\{\w+\})/).map((part) => values[part.slice(1, -1)] ?? part);
  const aside = (text) => say.open + text + say.close;
  const ask = (pattern, one) => filled(pattern, { role: link(one), limit: one.limit });

  // What the reader may do, where an amount is known, where nothing is owed, and where what is owed has no amount.
  const who = ({ part, plain }) => {
    const me = myself();
    const promised = money(part.dataset.amount);
    const amount = cost.value === "" ? promised.amount : Number(cost.value);
    const texts = [];
    if (Number.isFinite(amount)) {
      const one = first(me, { amount, currency: promised.currency });
      if (!one) texts.push(make("b", say.nobody));
      else if (one === me) texts.push(make("b", say.youMay), aside(say.yourLimit.replace("{amount}", one.amount)));
      else texts.push(...(me ? ask(say.notYou, one) : [link(one), aside(one.limit)]));
      if (amount > promised.amount) texts.push(make("br"), say.above);
    } else if (me && "goodwill" in part.dataset) {
      const more = first(leadOf(me), { amount: (me.may.amount || 0) + 0.01, currency: me.may.currency });
      texts.push(make("b", me.right ? say.youGoodwill.replace("{amount}", me.amount) : say.youNothing));
      if (more) texts.push(" ", ...ask(say.aboveThat, more));
    } else if (me && plain[0]?.getAttribute?.("href") === me.href) {
      texts.push(make("b", say.youMay));
    }
    return texts.length ? texts : plain;
  };

  const parts = [...document.querySelectorAll(".case")].map((part) => {
    const now = part.querySelector(".now");
    return { part, now, lead: make("span"), plain: [...now.childNodes] };
  });
  const short = ({ part }) => {
    const name = link({ name: part.querySelector("h3 a").textContent, href: "#" + part.id });
    const rows = [".owed", ".now", ".say"].map((selector) => {
      const row = part.querySelector(selector);
      const words = row && [row.querySelector(".first") ?? [...row.childNodes]].flat().map((node) => node.cloneNode(true));
      return words?.length ? make("p", make("small", row.previousElementSibling.textContent), ...words) : "";
    });
    return make("div", make("p", make("b", name), " · ", part.closest(".part").querySelector("h2").textContent), ...rows);
  };
  const update = () => {
    const option = chosen.selectedOptions[0];
    const wanted = option.value && (option.dataset.cases ?? option.value).split(" ");
    const lead = leadOf(myself());
    for (const one of parts) {
      const { part, now, lead: place } = one;
      part.hidden = wanted && !wanted.includes(part.id);
      now.replaceChildren(...(role.value || cost.value !== "" ? who(one) : one.plain));
      const tell = part.querySelector(".tell");
      place.remove();
      place.replaceChildren(...(lead ? [tell.firstChild ? make("br") : "", ...filled(say.yourLead, { role: link(lead) })] : []));
      tell.append(place);
    }
    for (const group of document.querySelectorAll("main .part")) group.hidden = group === says ? wanted : !group.querySelector(".case:not([hidden])");
    answer.replaceChildren(...(wanted ? parts.filter(({ part }) => !part.hidden).map(short) : []));
  };
  const choose = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    if ([...chosen.options].some(({ value }) => value && value === wanted)) chosen.value = wanted;
    update();
  };
  try {
    const kept = localStorage.getItem(KEY);
    if (roles.some(({ id }) => id === kept)) role.value = kept;
  } catch { /* a browser that keeps nothing */ }
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  role.addEventListener("change", () => {
    try { role.value ? localStorage.setItem(KEY, role.value) : localStorage.removeItem(KEY); } catch { /* the same */ }
  });
  addEventListener("hashchange", choose);
  choose();
})();
