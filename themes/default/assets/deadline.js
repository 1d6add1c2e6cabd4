// The deadline finder. It walks opening intervals that the build has written down, and knows no time zones and no
// holidays. Calendars and words come as scripts when they are used, so that a page opened from a disk finds them too.
(() => {
  "use strict";
  const DAY = 86400;
  const CLOCK = { s: 1, min: 60, h: 3600 };
  const here = document.currentScript.src;
  const all = (selector) => document.querySelectorAll(selector);

  // Files: each calls this with its name and what it brings.
  const files = new Map();
  const arrived = new Map();
  window.pledgebookCalendar = (name, brings) => arrived.get(name)(brings);
  const fetched = (tag, name, address) => new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    arrived.set(name, resolve);
    if (tag === "link") { element.rel = "stylesheet"; element.onload = resolve; }
    element.onerror = reject;
    element[tag === "link" ? "href" : "src"] = new URL(address, here);
    document.head.append(element);
  });
  const file = (name) => {
    if (!files.has(name)) files.set(name, fetched("script", name, `../calendars/${encodeURIComponent(name)}.js`));
    return files.get(name);
  };

  // Calendars: days are numbered from the first; an instant is seconds since 1970.
  const calendarOf = async (id) => {
    const calendar = await file(id);
    if (!calendar.begins) {
      const odd = Object.fromEntries(calendar.odd_days);
      calendar.begins = [calendar.start];
      for (const day of calendar.days.keys()) calendar.begins.push(calendar.begins[day] + DAY + (odd[day] ?? 0));
      calendar.zero = Date.parse(calendar.first) / 1000;
    }
    return calendar;
  };
  const offsetAt = ({ offsets }, at) => offsets.reduce((found, [from, offset]) => (from <= at ? offset : found), offsets[0][1]);
  const dayOf = ({ begins }, at) => begins.findIndex((begin) => begin > at) - 1;
  const dateOf = (calendar, day) => calendar.zero + day * DAY;
  const numberOf = (calendar, date) => (Date.parse(date) / 1000 - calendar.zero) / DAY;

  // Gives the instants at which the calendar's clocks show a time: none in a night in which they skip it, or two.
  const instants = (calendar, local) => calendar.offsets.map(([, offset]) => local - offset)
    .filter((at, n, list) => offsetAt(calendar, at) + at === local && list.indexOf(at) === n);

  // Finds when a limit ends, with what each day did to it; nothing beyond what is spelled out.
  const find = (calendar, start, count, unit) => {
    const { begins, days, patterns, names } = calendar;
    const rows = [];
    const tell = (day, reason, n) => rows.push({ day, reason, n });
    const first = dayOf(calendar, start);
    const ends = (at, day) => ({ at, day, rows, whole: at === begins[day + 1] && !CLOCK[unit] });
    if (first < 0) return;
    if (CLOCK[unit]) {
      const at = start + count * CLOCK[unit];
      let day = first;
      for (let from = start; from < at; from = begins[++day]) {
        if (day >= days.length) return;
        tell(day, "ran", Math.min(begins[day + 1], at) - from);
      }
      return ends(at, day - 1);
    }
    if (unit[0] !== "b") {
      tell(first, "start");
      for (let n = 1; n <= count; n++) {
        const [day, moved] = after(calendar, first, n, unit);
        if (day >= days.length) return;
        tell(day, { d: "calendar_day", w: "week", mo: "month", y: "year" }[unit], n);
        if (moved) rows[n].moved = true;
      }
      return ends(begins[rows[count].day + 1], rows[count].day);
    }
    let received = false;
    let left = unit === "bh" ? count * 3600 : count;
    for (let day = first; day < days.length; day++) {
      const { open, cut_off: cutOff = Infinity } = patterns[days[day]];
      const closing = begins[day] + open[open.length - 1];
      if (!open.length) {
        tell(day, names[day] ? "holiday" : new Date(dateOf(calendar, day) * 1000).getUTCDay() % 6 ? "closed" : "weekend");
      } else if (unit === "bh") {
        const before = left;
        for (let n = 0; n < open.length; n += 2) {
          const from = Math.max(begins[day] + open[n], start);
          const length = Math.max(begins[day] + open[n + 1] - from, 0);
          if (length >= left) { tell(day, "ran", before); return ends(from + left, day); }
          left -= length;
        }
        tell(day, before > left ? "ran" : "after_closing", before - left);
      } else if (!received && start >= closing) {
        tell(day, "after_closing");
      } else if (!received && start > begins[day] + cutOff) {
        tell(day, "after_cut_off");
      } else if (!received && !calendar.same_day) {
        received = true;
        tell(day, "received");
      } else {
        received = true;
        tell(day, "business_day", count - --left);
        if (!left) return ends(closing, day);
      }
    }
  };

  // Gives the day so many units after another, and whether it is the end of a month that is too short.
  const after = (calendar, first, n, unit) => {
    if (unit === "d" || unit === "w") return [first + n * (unit === "w" ? 7 : 1)];
    const date = new Date(dateOf(calendar, first) * 1000);
    const month = date.getUTCMonth() + n * (unit === "y" ? 12 : 1);
    const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0));
    const moved = last.getUTCDate() < date.getUTCDate();
    if (!moved) last.setUTCDate(date.getUTCDate());
    return [(last / 1000 - calendar.zero) / DAY, moved];
  };

  // Words. Times are local seconds, written as if in UTC, so that the reader's own zone has no part in them.
  let words;
  const fill = (text, values) => text.replace(/\{(\w+)(:\w+)?\}/g, (whole, name) => values[name] ?? whole);
  const say = (key, values = {}) => fill(words.deadline[key] ?? words.deadline[`${key}.other`] ?? key, values);
  const two = (n) => String(n).padStart(2, "0");
  const written = (pattern, local) => {
    const date = new Date(local * 1000);
    const [month, day, weekday] = [date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()];
    return fill(words.date[pattern], {
      year: date.getUTCFullYear(), month: words.months[month], month_short: words.months_short[month], mm: two(month + 1),
      day, dd: two(day), weekday: words.weekdays[weekday], weekday_short: words.weekdays_short[weekday],
    });
  };
  const clock = (local) => {
    const [hour, minute] = [Math.floor(local / 3600), two(Math.floor(local / 60) % 60)];
    return fill(words.date.time, { hour, hh: two(hour), minute });
  };
  const moment = (local, whole) => fill(words.date.date_time, {
    date: written("with_weekday", local - whole), time: clock(whole ? DAY : local % DAY),
  });
  const amount = (seconds) => {
    const parts = { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds < 3600 ? seconds % 60 : 0 };
    const list = Object.keys(parts).filter((part) => parts[part]);
    return (list.length ? list : ["minute"]).map((part) => fill(words.short[part] ?? words.short[`${part}.other`], { n: parts[part] })).join(" ");
  };
  const iso = (at, offset) => {
    const size = Math.abs(offset) / 60;
    return `${new Date((at + offset) * 1000).toISOString().slice(0, 19)}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };

  // Shows one of the deadlines: what it is, the calendar's time, and the reader's where it is another.
  const shown = (calendar, { label, found }) => {
    const offset = offsetAt(calendar, found.at);
    const own = new Date(found.at * 1000).getTimezoneOffset() * -60;
    const time = make("time", "", moment(found.at + offset, found.whole));
    time.dateTime = iso(found.at, offset);
    const part = make("div", "", make("dt", "", label), make("dd", "fig", time));
    if (own !== offset) part.append(make("dd", "small", say("your_time", { time: moment(found.at + own) })));
    if (found.at * 1000 < Date.now()) part.append(make("dd", "small past", say("past")));
    return part;
  };

  // Lists the days of limits that are counted alike, with the reason for each.
  const explained = (calendar, limits) => {
    const longest = limits.reduce((one, other) => (other.found.at > one.found.at ? other : one));
    const pattern = /^(w|mo|y)$/.test(longest.unit) ? "long" : "day";
    const list = longest.found.rows.map(({ day, reason, n, moved }) => {
      const name = calendar.names[day];
      const texts = [say(`reason.${reason}`, { n, name, amount: n && amount(n) })];
      if (moved) texts.push(say("reason.month_end"));
      if (name && calendar.patterns[calendar.days[day]].open.length) texts.push(say("reason.make_up", { name }));
      const ended = limits.filter(({ found }) => found.day === day);
      const due = ended.map(({ label, found }) => make("b", "", `${label}: ${found.whole ? clock(DAY) : clock((found.at + offsetAt(calendar, found.at)) % DAY)}`));
      return make("li", n ? "on" : "", make("span", "", written(pattern, dateOf(calendar, day))), make("span", "", texts.join(" · ")), ...due);
    });
    return [make("p", "", say("explain")), make("ol", "days", ...list)];
  };

  // Says what a reader must know of the answer.
  const notes = (calendar, id, limits, twice, pauses) => {
    const business = limits.filter(({ unit }) => unit[0] === "b");
    const known = (key) => written("long", Date.parse(calendar[key]) / 1000);
    const days = business.flatMap(({ found }) => [found.rows[0].day, found.day]);
    const plain = [business.length && say("business_limit", { calendar: id }), say("zone_note", { zone: calendar.zone }), pauses && say("pauses_not_counted")];
    const loud = [
      twice && say("twice"),
      days.some((day) => day < numberOf(calendar, calendar.known_from)) && say("before_holidays", { date: known("known_from") }),
      days.some((day) => day > numberOf(calendar, calendar.known_until)) && say("beyond_holidays", { date: known("known_until") }),
    ];
    return [...loud.filter(Boolean).map((text) => make("p", "notice", text)), make("p", "small", plain.filter(Boolean).join(" "))];
  };

  const answer = (calendar, id, given, { date, time }, pauses) => {
    const local = Date.parse(`${date}T${time}Z`) / 1000;
    if (Number.isNaN(local)) return [make("p", "", say("invalid"))];
    const [start, again] = instants(calendar, local);
    const { begins, first, last, days, patterns } = calendar;
    const range = { from: written("long", Date.parse(first) / 1000), until: written("long", Date.parse(last) / 1000) };
    const refuse = (key) => [make("p", "notice", say(key, range))];
    if (local < calendar.zero || local >= dateOf(calendar, days.length)) return refuse("not_covered");
    if (start === undefined) return refuse("skipped");
    const limits = given.map((limit) => ({ ...limit, found: find(calendar, start, limit.count, limit.unit) }));
    const counted = limits.filter(({ found }) => found);
    if (!counted.length) return refuse(patterns.some(({ open }) => open.length) ? "not_covered" : "never_open");
    const alike = new Map();
    for (const limit of counted) {
      const key = CLOCK[limit.unit] ? "h" : limit.unit;
      alike.set(key, [...(alike.get(key) ?? []), limit]);
    }
    return [
      make("dl", "figures", ...counted.map((limit) => shown(calendar, limit))),
      ...(counted.length < limits.length ? refuse("not_covered") : []),
      ...notes(calendar, id, counted, again !== undefined, pauses),
      [...alike.values()].flatMap((limits) => explained(calendar, limits)),
    ];
  };

  // Reads what is asked for.
  const asked = (form) => {
    const { standard, count, unit, calendar } = form.elements;
    const own = standard && !standard.value;
    if (own) return { id: calendar.value, pairs: [["due", count.value + unit.value]] };
    const { dataset } = standard ? standard.selectedOptions[0] : form;
    const pairs = ["internal", "promised", "legal"].map((kind) => [`${kind}_due`, dataset[kind]]);
    return { id: dataset.calendar, pairs, pauses: "pauses" in dataset };
  };

  const work = (form) => {
    const { elements } = form;
    const [place, days] = [form.querySelector(".answer"), form.querySelector(".counted")];
    let turn = 0;
    const update = async (event, now) => {
      const mine = ++turn;
      const { id, pairs, pauses } = asked(form);
      if (elements.count) form.querySelector(".own").hidden = Boolean(elements.standard.value);
      let shows;
      try {
        const calendar = await calendarOf(id);
        if (mine !== turn) return;
        if (now) {
          const at = Date.now() / 1000;
          [elements.date.value, elements.time.value] = iso(at, offsetAt(calendar, at)).slice(0, 16).split("T");
        }
        const limits = pairs.flatMap(([key, limit]) => {
          const [, count, unit] = /^(\d+)(\D+)$/.exec(limit ?? "") ?? [];
          return count > 0 ? [{ label: say(key), count: Number(count), unit }] : [];
        });
        shows = limits.length ? answer(calendar, id, limits, { date: elements.date.value, time: elements.time.value }, pauses) : [make("p", "", say("invalid"))];
      } catch {
        shows = [make("p", "notice", say("failed"))];
      }
      const list = Array.isArray(shows[shows.length - 1]) ? shows.pop() : [];
      // What is said already is not said again.
      const next = make("div", "", ...shows);
      if (next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
      days.replaceChildren(...list);
    };
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("button").addEventListener("click", (event) => update(event, true));
    update(undefined, true);
  };

  const ready = async () => { words ??= await file(`words.${document.documentElement.lang}`); };

  // On a sheet: a finder gets its form when it is opened.
  let style;
  const open = async (part) => {
    const template = part.querySelector("template");
    style ??= fetched("link", "style", "deadline.css");
    await Promise.allSettled([ready(), style]);
    if (!words || !template?.isConnected) return;
    template.replaceWith(template.content);
    work(part.querySelector("form"));
  };
  addEventListener("toggle", ({ target }) => { if (target.open && target.matches("details.finder")) open(target); }, true);
  all("details.finder[open]").forEach(open);

  // On its own page: an address may choose the standard, as in `deadline.html?standard=repair/in-warranty/turnaround`.
  all("form.finder").forEach(async (form) => {
    const wanted = new URLSearchParams(location.search).get("standard") ?? decodeURIComponent(location.hash.slice(1));
    const chosen = [...form.elements.standard.options].find(({ value }) => value && value === wanted);
    if (chosen) chosen.selected = true;
    await ready();
    work(form);
  });
})();
