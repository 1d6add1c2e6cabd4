// What the search needs when nothing is written as it was typed: other spellings and other characters.
pledgebookSearch("more", ({ place, load, split, han, index }) => {
  // Steps between two words: letters put in, left out, replaced, or two exchanged; more than `most` are not counted.
  const steps = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before, last = [], row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last, row, [i]];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row[b.length];
  };
  const close = (term, some) => {
    const most = term.typed.length < 8 ? 1 : 2, found = [];
    for (const word of new Set(some)) {
      if (word.length < 3 || word.endsWith("*") || han.test(word)) continue;
      const far = Math.min(steps(term.stem, word, most), steps(term.typed, word, most));
      if (far <= most) found.push([word, far]);
    }
    return found;
  };
  // Words near to the one that was typed, with what their entries are worth: the parts of a compound, then other spellings.
  const near = async (kind, term, all) => {
    const heads = index(), turned = [...term.stem].reverse().join("");
    const spelled = split((await load("v" + place(heads.v, turned))).v);
    await load(kind + place(heads[kind], term.stem.slice(0, 4)));
    const part = (word, least) => word.length > 3 && !word.endsWith("*") && term.stem.length - word.length > least;
    const ends = spelled.filter((word) => part(word, 2) && term.stem.endsWith(word));
    const begins = Object.keys(all).filter((word) => part(word, 2) && term.stem.startsWith(word)).sort((a, b) => b.length - a.length).slice(0, 1);
    const both = [...begins, ...ends];
    if ((heads.digraphs ? both[0] : begins[0] && ends[0]) && !close(term, [...spelled, ...Object.keys(all)]).some(([, far]) => far < 2)) return both.map((word) => [word, .5]);
    // Two ways of beginning are looked at beside the file of the word itself, since the first letter may be the wrong one.
    const found = close(term, [...Object.keys(all), ...(kind === "w" ? spelled : [])]).sort((a, b) => a[1] - b[1] || (b[0][0] === term.stem[0]) - (a[0][0] === term.stem[0]) || (a[0] < b[0] ? -1 : 1));
    const best = found.filter(([, far]) => far === found[0][1]).slice(0, 4);
    if (best[0]) term.meant = best[0][0];
    return best.map(([word, far]) => [word, .5 / far]);
  };
  // Traditional characters for simplified ones.
  const simplify = async () => {
    index().simple = new Map((await load("simple")).simple.match(/../gu)?.map((pair) => [...pair]));
  };
  return { near, simplify: index().simplify && simplify };
});
