// What has gone wrong and what it costs: who may grant it now, by the rights of the roles that the page brings. The reader's
// role is kept in this browser alone.
(() => {
  "use strict";
  const form = document.querySelector("form.ask");
  const KEY = `pledgebook-role:${new URL("..", document.currentScript.src).pathname}:${form.dataset.handbook}`;
  const { case: chosen, amount: cost, role } = form.elements;
  const answer = form.querySelector(".answer");
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

  // The reader, then those above the reader, then whoever has the smallest right that is enough.
  const granter = (wanted) => {
    const me = roles.find(({ id }) => id === role.value);
    const seen = new Set();
    for (let one = me; one && !seen.has(one); one = leadOf(one)) {
      if (may(one, wanted)) return { one, me };
      seen.add(one);
    }
    return { one: roles.find((one) => may(one, wanted)), me };
  };
  const link = ({ href, name }) => Object.assign(make("a", name), { href });
  const filled = (pattern, values) => pattern.split(/(\{\w+\})/).map((part) => values[part.slice(1, -1)] ?? part);

  const who = (part) => {
    const promised = money(part.dataset.amount);
    const asked = cost.value === "" ? promised.amount : Number(cost.value);
    if (!Number.isFinite(asked)) return;
    const { one, me } = granter({ amount: asked, currency: promised.currency });
    const texts = [];
    if (!one) texts.push(make("b", say.nobody));
    else if (one === me) texts.push(make("b", say.you), ` (${one.words})`);
    else texts.push(...filled(say.ask, { role: link(one), amount: one.words }));
    if (asked > promised.amount) texts.push(make("br"), say.above);
    return texts;
  };

  const parts = [...document.querySelectorAll(".case")].map((part) => {
    const now = part.querySelector(".now");
    return { part, now, lead: make("span"), plain: [...now.childNodes] };
  });
  const update = () => {
    const lead = leadOf(roles.find(({ id }) => id === role.value));
    for (const { part, now, lead: place, plain } of parts) {
      part.hidden = chosen.value !== "" && part.dataset.case !== chosen.value;
      now.replaceChildren(...((role.value || cost.value !== "") && who(part) || plain));
      place.replaceChildren(...(lead ? [" ", ...filled(say.lead, { role: link(lead) })] : []));
      if (lead) part.querySelector(".tell").append(place);
    }
    for (const group of document.querySelectorAll("main .part")) group.hidden = !group.querySelector(".case:not([hidden])");
    const one = parts.find(({ part }) => part.dataset.case === chosen.value);
    answer.textContent = one ? say.who + one.now.textContent : "";
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
  const wanted = decodeURIComponent(location.hash.slice(1));
  if ([...chosen.options].some(({ value }) => value && value === wanted)) chosen.value = wanted;
  update();
})();
