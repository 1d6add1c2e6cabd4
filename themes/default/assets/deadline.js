// The deadline finder. It walks opening intervals that the build wrote down; it knows no time zones and no holidays.
// Calendars and words are scripts that come when they are used, so that a page opened from a disk finds them too.
(() => {
  "use strict";
  const DAY = 86400;
  const CLOCK = { s: 1, min: 60, h: 3600 };
  const here = document.currentScript.src;
  let words;

  const files = {};
  window.pledgebookCalendar = (name, brings) => files[name].come(brings);
  const file = (name) => (files[name] ??= (() => {
    const script = document.createElement("script");
    let come;
    const wait = new Promise((resolve, reject) => { come = resolve; script.onerror = reject; });
    script.src = new URL(`../calendars/${encodeURIComponent(name)}.js`, here);
    document.head.append(script);
    return { come, wait };
  })()).wait;

  // Days are numbers from the calendar's first; instants are seconds since 1970; local times are read as if in UTC.
  const seconds = (iso) => Date.parse(iso) / 1000;
  const dateOf = (calendar, day) => seconds(calendar.first) + day * DAY;
  const calendarOf = async (id) => {
    const calendar = await file(id);
    const odd = Object.fromEntries(calendar.odd_days);
    let begin = calendar.start;
    calendar.begins ??= [begin, ...calendar.days.map((_, day) => begin += DAY + (odd[day] ?? 0))];
    return calendar;
  };
  const offsetAt = ({ offsets }, at) => offsets.reduce((found, [from, offset]) => (from <= at ? offset : found), 0);

  // Finds when a limit ends: `at`, on which day, and what each day did to it; nothing beyond what is written down.
  const find = (calendar, start, count, unit) => {
    const { begins, days, patterns } = calendar;
    const rows = [];
    const tell = (day, reason, n, more, until) => rows.push({ day, reason, n, more, until });
    const first = begins.findIndex((begin) => begin > start) - 1;
    const zero = new Date(dateOf(calendar, first) * 1000);
    const ends = (at, day) => ({ at, day, rows, whole: at === begins[day + 1] });

    if (CLOCK[unit]) {
      const at = start + count * CLOCK[unit];
      for (let day = first, from = start; day < days.length; from = begins[++day]) {
        tell(day, "ran", Math.min(begins[day + 1], at) - from);
        if (at <= begins[day + 1]) return ends(at, day);
      }
    } else if (unit[0] !== "b") {
      tell(first, "start");
      for (let n = 1; n <= count; n++) {
        let day = first + n * (unit === "w" ? 7 : 1);
        let short;
        if (unit === "mo" || unit === "y") {
          const date = new Date(Date.UTC(zero.getUTCFullYear(), zero.getUTCMonth() + 1 + n * (unit === "y" ? 12 : 1), 0));
          short = date.getUTCDate() < zero.getUTCDate();
          if (!short) date.setUTCDate(zero.getUTCDate());
          day = first + (date - zero) / 1000 / DAY;
        }
        if (day >= days.length) return;
        tell(day, { d: "calendar_day", w: "week", mo: "month", y: "year" }[unit], n, short);
        if (n === count) return ends(begins[day + 1], day);
      }
    } else {
      let left = unit === "bh" ? count * 3600 : count;
      let received = false;
      for (let day = first; day < days.length; day++) {
        const { open, cut_off: cutOff = Infinity } = patterns[days[day]];
        const closing = begins[day] + open[open.length - 1];
        if (!open.length) {
          const weekday = new Date(dateOf(calendar, day) * 1000).getUTCDay();
          tell(day, calendar.names[day] ? "holiday" : weekday % 6 ? "closed" : "weekend");
        } else if (start >= closing) {
          tell(day, "after_closing");
        } else if (unit === "bh") {
          const before = left;
          for (let n = 0; n < open.length; n += 2) {
            const from = Math.max(begins[day] + open[n], start);
            const length = Math.max(begins[day] + open[n + 1] - from, 0);
            if (length >= left) { tell(day, "ran", before); return ends(from + left, day); }
            left -= length;
          }
          tell(day, "ran", before - left);
        } else if (start > begins[day] + cutOff) {
          tell(day, "after_cut_off", 0, false, begins[day] + cutOff);
        } else if (received || calendar.same_day) {
          tell(day, "business_day", count - --left);
          if (!left) return ends(closing, day);
        } else {
          received = true;
          tell(day, "received");
        }
      }
    }
  };

  // Words.
  const fill = (text, values) => text.replace(/\{(\w+)(:\w+)?\}/g, (whole, name) => values[name] ?? whole);
  const say = (key, values) => fill(words.deadline[key], values ?? {});
  const two = (n) => String(n).padStart(2, "0");
  const written = (pattern, local) => {
    const date = new Date(local * 1000);
    const [month, day, weekday] = [date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()];
    return fill(words.date[pattern], {
      year: date.getUTCFullYear(), month: words.months[month], month_short: words.months_short[month], mm: two(month + 1),
      day, dd: two(day), weekday: words.weekdays[weekday], weekday_short: words.weekdays_short[weekday],
    });
  };
  const time = (local, whole) => {
    const [hour, minute] = whole ? [24, 0] : [Math.floor(local / 3600) % 24, Math.floor(local / 60) % 60];
    return fill(words.date.time, { hour, hh: two(hour), minute: two(minute) }).replace(/ /g, "\u00a0");
  };
  const moment = (local, whole) => {
    const date = written("with_weekday", local - (whole ? 1 : 0));
    return fill(words.date.date_time, { date, time: time(local, whole) });
  };
  const amount = (n) => {
    const parts = [["hour", Math.floor(n / 3600)], ["minute", Math.floor(n / 60) % 60], ["second", n < 3600 ? n % 60 : 0]];
    return parts.filter(([, n]) => n).map(([part, n]) => fill(words.short[part], { n })).join(" ");
  };
  const iso = (at, offset) => {
    const size = Math.abs(offset) / 60;
    const local = new Date((at + offset) * 1000).toISOString().slice(0, 19);
    return local + (offset < 0 ? "-" : "+") + two(Math.floor(size / 60)) + ":" + two(size % 60);
  };

  // The answer, as elements.
  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...content.flat());
    return element;
  };
  const note = (text) => make("p", "notice", text);

  const shown = (calendar, { label, at, whole }) => {
    const offset = offsetAt(calendar, at);
    const own = new Date(at * 1000).getTimezoneOffset() * -60;
    const due = make("time", "", moment(at + offset, whole));
    due.dateTime = iso(at, offset);
    return make("div", "", make("dt", "", label), make("dd", "due", due),
      own === offset ? [] : make("dd", "small", say("your_time", { time: moment(at + own) })),
      at * 1000 < Date.now() ? make("dd", "small", make("b", "past", say("past"))) : []);
  };

  // Limits of one unit are counted in one list, that of the longest, with the reason for each day.
  const explained = (calendar, limits) => {
    const { rows, unit } = limits.reduce((one, other) => (other.at > one.at ? other : one));
    return [make("p", "", say("explain")), make("ol", "days", rows.map(({ day, reason, n, more, until }) => {
      const name = calendar.names[day];
      const open = calendar.patterns[calendar.days[day]].open.length;
      const texts = [say("reason." + reason, { n, name, amount: reason === "ran" && amount(n), time: until && time(until + offsetAt(calendar, until)) })];
      if (more) texts.push(say("reason.month_end"));
      if (name && open) texts.push(say("reason.make_up", { name }));
      const due = limits.filter((limit) => limit.day === day);
      return make("li", n ? "on" : "",
        make("span", "", written(/^(w|mo|y)$/.test(unit) ? "long" : "day", dateOf(calendar, day))),
        make("span", "", texts.join(" · ")),
        due.map(({ label, at, whole }) => make("b", "", label + " " + time(at + offsetAt(calendar, at), whole))));
    }))];
  };

  const answer = (calendar, id, given, local, pauses, due) => {
    if (!Number.isFinite(local) || !given.length) return [[make("p", "", say("invalid"))]];
    const long = (date) => written("long", seconds(date));
    const refused = (key) => note(say(key, { from: long(calendar.first), until: long(calendar.last) }));
    const { offsets, days, patterns, known_from: from, known_until: until } = calendar;
    if (local < seconds(calendar.first) || local >= dateOf(calendar, days.length)) return [[refused("not_covered")]];

    // A night in which the clocks change skips this time or has it twice.
    const starts = new Set(offsets.map(([, offset]) => local - offset).filter((at) => at + offsetAt(calendar, at) === local));
    if (!starts.size) return [[refused("skipped")]];
    const start = Math.min(...starts);
    const limits = given.map((limit) => ({ ...limit, ...find(calendar, start, limit.count, limit.unit) }));
    const found = limits.filter(({ at }) => at);
    due.push(...found.map(({ label, at, whole }) => ({ text: `${label}: ${moment(at + offsetAt(calendar, at), whole)}`, at: at * 1000 })));
    const notes = [];
    const ever = patterns.some(({ open }) => open.length);
    if (found.length < limits.length) notes.push(refused(ever ? "not_covered" : "never_open"));
    if (starts.size > 1) notes.push(note(say("twice")));
    const business = found.filter(({ unit }) => unit[0] === "b");
    if (business.some(({ rows }) => dateOf(calendar, rows[0].day) < seconds(from))) {
      notes.push(note(say("before_holidays", { date: long(from) })));
    }
    if (business.some(({ day }) => dateOf(calendar, day) > seconds(until))) {
      notes.push(note(say("beyond_holidays", { date: long(until) })));
    }
    const texts = [say("zone_note", { zone: calendar.zone.split("/").pop().replaceAll("_", " ") })];
    if (business.length) texts.unshift(say("business_limit", { calendar: words.calendars[id] ?? id }));
    if (pauses) texts.push(say("pauses_not_counted"));
    notes.push(make("p", "small", texts.join(" ")));

    const alike = {};
    for (const limit of found) (alike[CLOCK[limit.unit] ? "h" : limit.unit] ??= []).push(limit);
    return [
      [found.length ? make("dl", "dues", found.map((limit) => shown(calendar, limit))) : [], notes].flat(),
      Object.values(alike).flatMap((limits) => explained(calendar, limits)),
    ];
  };

  // A form answers as one types; `now` fills in the time that it is where the calendar is.
  const work = (form) => {
    const { standard, count, unit, calendar: chosen, date, time } = form.elements;
    const [place, list] = form.querySelectorAll("div");
    let turn = 0;
    // What was filled in and not changed by hand follows the zone of what is chosen.
    let filled;
    const given = () => `${date.value}T${time.value}`;
    const update = async (now) => {
      const mine = ++turn;
      const own = standard?.value === "";
      if (count) form.querySelector(".own").hidden = !own;
      const { dataset } = standard?.selectedOptions[0] ?? form;
      const id = own ? chosen.value : dataset.calendar;
      const pairs = own
        ? [["due", count.value + unit.value]]
        : ["internal", "promised", "legal"].map((kind) => [kind + "_due", dataset[kind]]);
      const limits = pairs.map(([key, text]) => {
        const [, count, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
        return { label: say(key), count: Number(count), unit };
      });
      let shows;
      let due = [];
      try {
        const calendar = await calendarOf(id);
        if (mine !== turn) return;
        const at = Date.now() / 1000;
        if (now || given() === filled) {
          filled = iso(at, offsetAt(calendar, at)).slice(0, 16);
          [date.value, time.value] = filled.split("T");
        }
        const local = seconds(given() + "Z");
        shows = answer(calendar, id, limits.filter(({ count }) => count > 0), local, "pauses" in dataset, due);
      } catch {
        shows = [[note(say("failed"))]];
      }
      // What has been said is not said again.
      const next = make("div", "", standard?.value ? make("p", "of", standard.selectedOptions[0].textContent) : [], shows[0]);
      if (next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
      list.replaceChildren(...(shows[1] ?? []));
      form.dispatchEvent(new CustomEvent("due", { bubbles: true, detail: due }));
    };
    form.addEventListener("input", () => update());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("button").addEventListener("click", () => update(true));
    // A page that knows when it came in says so, and is told when it is due.
    form.dispatchEvent(new Event("finder", { bubbles: true }));
    update(!date.value);
  };

  const ready = async () => { words ??= await file("words." + document.documentElement.lang); };

  // On a sheet a finder gets its form when it is opened.
  const open = async (part) => {
    const template = part.querySelector("template");
    if (!template) return;
    template.replaceWith(template.content);
    await ready();
    part.querySelector("p").remove();
    work(part.querySelector("form"));
  };
  addEventListener("toggle", ({ target }) => { if (target.open && target.matches("details.finder")) open(target); }, true);
  document.querySelectorAll("details.finder[open]").forEach(open);

  // On a page of its own the address may choose: `deadline.html?standard=repair/in-warranty/turnaround`, or with `#`.
  document.querySelectorAll("form.finder").forEach(async (form) => {
    const wanted = new URLSearchParams(location.search).get("standard") ?? decodeURIComponent(location.hash.slice(1));
    if (wanted && [...form.elements.standard.options].some(({ value }) => value === wanted)) form.elements.standard.value = wanted;
    await ready();
    work(form);
  });
})();
