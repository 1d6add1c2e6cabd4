// What follows the first result of the search: the keys of the list, what is said of it, and what the text of the pages adds.
pledgebookSearch("rest", ({ at, lang, RUNS, SHOWN, load, split, stem, whole, plain, parse, rank, merge, draw, show, make, name, home, go, close, search, again, index, parts }) => {
  const choose = (number) => {
    const { box, list } = parts();
    list.children[at.active]?.setAttribute("aria-selected", "false");
    const option = list.children[at.active = number];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const press = (event) => {
    if (event.isComposing) return;
    const { box, shell } = parts(), { key } = event, last = at.hits.length - 1, held = event.ctrlKey || event.metaKey;
    const to = { ArrowDown: at.active < last ? at.active + 1 : 0, ArrowUp: at.active > 0 ? at.active - 1 : last, Home: at.active < 0 ? undefined : 0, End: at.active < 0 ? undefined : last }[key];
    if (to !== undefined) { event.preventDefault(); if (at.hits[0]) choose(to); else search(); }
    else if (key === "Escape") { event.preventDefault(); event.stopPropagation(); if (shell.hidden) box.value = ""; else close(); }
    else if (key === "Enter" && at.hits[0] && held) { event.preventDefault(); go(at.hits[Math.max(at.active, 0)], true); }
    else if (key.length === 1 && !held) choose(-1);
  };

  const say = (words, key, filled = {}) => Object.entries(filled).reduce((text, [hole, value]) => text.replaceAll(`{${hole}}`, value), words[key] ?? "");
  // A word as it is spelled in what was found.
  const spelling = (term) => {
    if (!term.meant) return term.typed;
    for (const { record } of at.hits) for (const word of `${name(record)} ${record[5] ?? ""}`.match(RUNS) ?? []) if (stem(whole(plain(word))) === term.meant) return word;
    return term.meant;
  };
  const help = (terms, query, { words, ask }) => {
    const { box, note } = parts(), meant = terms.map(spelling).join(" "), line = (...inner) => note.append(make("p", {}, ...inner));
    if (!at.hits[0]) line(say(words, "no_results", { query }));
    if (terms.some((term) => term.meant)) {
      const [before, after] = say(words, "did_you_mean", { word: "\0" }).split("\0");
      line(before, make("button", { type: "button", onclick: () => again(meant) }, meant), after);
    }
    if (at.hits[0]) return;
    line(make("a", { href: box.form.action }, say(words, "try_az")));
    line(make("a", { href: home + ask[0] }, say(words, "ask", { role: ask[1] })));
  };
  // Says how much was found, and helps where that is nothing or something else.
  const tell = async (terms, query) => {
    const brings = await load("text"), { note, status } = parts(), n = at.hits.length;
    note.replaceChildren();
    if (!n || terms.some((term) => term.meant)) help(terms, query, brings);
    const told = n ? say(brings.words, `results.${new Intl.PluralRules(lang).select(n)}`, { n }) || say(brings.words, "results.other", { n }) : note.textContent;
    if (status.textContent !== told) status.textContent = told;
    show();
  };

  // The text of the pages completes the list.
  const complete = async ({ terms, things, query, mine, first }) => {
    const brings = await load("text");
    if (!mine()) return;
    if (at.hits[0]) await tell(terms, query);
    else parts().status.textContent = say(brings.words, "searching");
    await new Promise((done) => at.timer = setTimeout(done, at.hits[0] ? 150 : 0));
    index().t ??= split(brings.t);
    const written = parse(parts().box.value), text = mine() ? await rank("t", written, at.hits[0] ? undefined : first) : [];
    if (!mine()) return;
    // What is written as it was typed comes before what was only meant; who has begun to choose keeps the list in its place.
    const exact = written.every((term) => !term.meant) && text[0]?.share > .99, guessed = terms.some((term) => term.meant);
    const all = merge([...(exact && guessed ? [] : things), ...text.filter(() => !guessed || exact).map((hit) => ({ ...hit, score: hit.score * .8 }))]);
    const chosen = at.active;
    at.hits = chosen < 0 ? all : [...at.hits, ...all.filter((hit) => at.hits.every((known) => known.href !== hit.href))].slice(0, SHOWN);
    await draw(exact ? written : terms, query);
    if (chosen >= 0) choose(chosen);
  };
  return { press, choose, tell, complete };
});
