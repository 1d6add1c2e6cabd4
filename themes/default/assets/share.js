// A run of a checklist leaves the page: as a link that carries it, as Markdown, as CSV. And it comes in by such a link.
(() => {
  "use strict";
  const { part, items, say, tell, written, wordsOf, known, offer, current } = window.pledgebookRun;
  const MOST = 4000; // characters of a link's end
  const LONGEST = part.querySelector("input").maxLength; // of a name
  const title = document.querySelector("h1").textContent;
  const progress = () => document.querySelector(".tally [role=status]").textContent;

  // What stands behind `#` is seen by no server. Ids that are neither done nor open are new to whoever opens the link.
  const link = () => {
    const { id, run } = current();
    const ids = (ticked) => [...new Set([...Object.keys(run.known), ...Object.keys(run.ticks)])]
      .filter((id) => (run.ticks[id]?.[0] > 0) === ticked && (ticked || id in run.known)).join(" ");
    return "#" + new URLSearchParams({ shared: 1, id, name: run.name, begun: run.begun, at: run.changed, done: ids(true), open: ids(false) });
  };
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const [shared, id, name, done, open] = ["shared", "id", "name", "done", "open"].map((key) => given.get(key));
    const [begun, at] = ["begun", "at"].map((key) => Number(given.get(key)));
    const isTime = (time) => time > 0 && time < 8e15;
    if (location.hash.length > MOST || shared !== "1" || !/^[a-z0-9]{4,24}$/.test(id) || !name?.trim() || name.length > LONGEST ||
      !isTime(begun) || !isTime(at) || ![done, open].every((ids) => /^(~?[\w.-]+( |$))*$/.test(ids ?? "!"))) return offer();
    const here = known();
    const ids = (text, is) => text.split(" ").filter(Boolean).map((id) => [id, is]);
    const all = [...ids(done, 1), ...ids(open, 0)];
    const changed = Math.min(at, Date.now());
    offer(id, {
      list: part.dataset.checklist, title, name, begun, changed, used: changed,
      ticks: Object.fromEntries(all.map(([id, is]) => [id, [is, changed]])),
      known: Object.fromEntries(all.filter(([id]) => id[0] !== "~").map(([id]) => [id, here[id] ?? id])),
    });
  };

  const copy = async (text, word) => {
    try {
      await navigator.clipboard.writeText(text);
      return tell(say(word));
    } catch { /* the older way */ }
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.setAttribute("aria-label", say("copy_failed"));
    tell(say("copy_failed"), area);
    area.select();
    if (document.execCommand("copy")) tell(say(word));
  };
  const rows = () => items.map(([id, box]) => ({
    part: box.closest(".part").querySelector("h2").textContent, text: wordsOf(box), done: box.checked,
    when: box.checked ? written(current().run.ticks[id][1]) : "",
  }));
  const markdown = () => {
    const lines = [`# ${title}: ${current().run.name}`, "", progress()];
    let heading;
    for (const { part, text, done, when } of rows()) {
      if (part !== heading) lines.push("", `## ${heading = part}`, "");
      lines.push(`- [${done ? "x" : " "}] ${text.replace(/[\\\x60*_[\]<]/g, "\\$&")}${when && ` (${when})`}`);
    }
    return lines.join("\n") + "\n";
  };
  // A cell that a spreadsheet would take for a formula gets an apostrophe.
  const cell = (text) => `"${text.replace(/^[=+\-@\t]/, "'$&").replace(/"/g, '""')}"`;
  const csv = () => [["part", "item", "done", "when"].map((name) => say(`csv.${name}`)),
    ...rows().map(({ part, text, done, when }) => [part, text, done ? "x" : "", when])]
    .map((cells) => cells.map(cell).join(",") + "\r\n").join("");

  const acts = {
    share: () => (link().length > MOST ? tell(say("link_too_long")) : copy(location.href.split("#")[0] + link(), "link_copied")),
    markdown: () => copy(markdown(), "copied"),
    csv: () => copy(csv(), "copied"),
  };
  for (const [act, press] of Object.entries(acts)) part.querySelector(`[data-do=${act}]`).addEventListener("click", press);
  const arrive = () => { if (location.hash.startsWith("#shared=")) read(); };
  addEventListener("hashchange", arrive);
  arrive();
})();
