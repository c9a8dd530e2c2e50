// What a query finds: the pages that have its words, best first, the pattern or concept that is called so, and what was
// probably meant by a word that no page has. Reads the index piece by piece; shows nothing.

const TITLE = 40; // weight of a word in a title: a title that holds all of them is above any text
const PHRASE = 3; // what words side by side count more
const SENTENCE = 4; // words of the shortest query of which some may say little
const FEW = 5; // pages that have all of its words, below which those are asked for that have most
const ALL = 2; // what all words count more than some of them
const MANY = 500; // pages with a word, above which one is looked at before all are asked for again
const KEPT = 40; // words whose pages are remembered while somebody types
const KINDS = ["essay", "incident", "pattern", "concept", "page"];

// Letters and digits without accents and case: what two spellings of a name have in common.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const spaced = (text) => plain(text).replace(/['\u2019]/g, "").replace(/[^\p{L}\p{N}\u2026]+/gu, " ").trim();

// The words of a query. One with a hyphen or a dot within is two, and the two written as one: `on-call`.
const tokens = (query) =>
  query
    .split(/\s+/)
    .map((typed) => ({ typed, parts: spaced(typed).split(/[ \u2026]+/).filter(Boolean), joined: plain(typed).replace(/[^\p{L}\p{N}\p{Pc}]+/gu, "") }))
    .filter(({ parts }) => parts.length);

// Whether `query` is `phrase`, in which an ellipsis stands for any words: `took … to propagate`.
const is = (query, phrase) => {
  const [start, end] = spaced(phrase).split("\u2026").map((part) => part.trim());
  return end === undefined ? query === start : query.startsWith(`${start} `) && query.endsWith(` ${end}`);
};

// Edits from one word to another, two letters that changed places as one; more than `most` are not counted out.
const edits = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
};

// The word that was probably meant; the first of those that are equally near, as names stand before titles.
const nearest = (word, words) => {
  let most = word.length < 5 ? 1 : word.length < 8 ? 2 : 3;
  let best = null;
  for (const other of words) {
    const n = edits(word, plain(other), most);
    // The first letter is seldom wrong.
    if (n > 0 && n <= (other[0] === word[0] ? most : 1)) [best, most] = [other, n - 1];
    if (!most) break;
  }
  return best;
};

// The index whose reader is at `address`, as it is now.
export const read = async (address, version = "") => {
  const base = new URL(address, location);
  const piece = async (name, options) => {
    const answer = await fetch(new URL(name, base), options);
    return answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status} ${name}`));
  };
  // Names the other pieces, whose names change with what is in them.
  const entry = () => piece("pagefind-entry.json", { cache: "no-store" });
  const [pagefind, edition] = await Promise.all([import(`${address}${version}`), entry()]);
  const own = JSON.parse(edition);
  const list = (name) => (name ? piece(name).then(JSON.parse, () => []) : Promise.resolve([]));
  await pagefind.options({ ranking: { metaWeights: { title: TITLE, names: 3, date: 2 } } });
  const all = (filters) => pagefind.search(null, { filters });
  const ids = async (kind) => (await all({ kind: [kind] })).results.map(({ id }) => [id, kind]);
  const names = list(own.names);
  const totals = await pagefind.filters();
  const kinds = new Map((await Promise.all(KINDS.map(ids))).flat());
  let words = null;

  // How many pages have the word, as it is or as the beginning of another, and whether a title has it. The index answers with the nearest beginning
  // where none has it, which nobody asked for: then it counts only if a letter at the end is missing.
  const segmented = /^(zh|ja|th)/.test(document.documentElement.lang);
  const counts = new Map();
  const counted = async (word) => {
    const found = await pagefind.search(word);
    const { results } = found;
    const pages = { n: results.length, inTitle: results.some(({ matchedMetaFields }) => matchedMetaFields?.includes("title")), found };
    const exact = async () => (await pagefind.search(`"${word}"`)).results.length > 0;
    const begins = async () => {
      const { raw_content, meta, locations } = await results[0].data();
      const within = raw_content.split(/[^\S\uFEFF]+/);
      const beginning = word.slice(0, Math.max(3, word.length - 1));
      const has = (text) => spaced(text).split(" ").some((other) => other.startsWith(beginning));
      return locations.some((at) => has(within[at] ?? "")) || has(`${meta.title} ${meta.names ?? ""} ${meta.date ?? ""}`);
    };
    const isFound = segmented || (pages.n > MANY && (await begins())) || (await exact()) || (pages.n && (await begins()));
    return isFound ? pages : { n: 0 };
  };
  const count = async (word) => {
    if (counts.size > KEPT) counts.clear();
    if (!counts.has(word)) counts.set(word, counted(word));
    const pages = await counts.get(word);
    // A piece that did not arrive is asked for again.
    if (!pages.n) counts.delete(word);
    return pages;
  };
  const known = async ({ parts, joined }) => {
    const all = await Promise.all(parts.map(count));
    const together = { n: Math.min(...all.map(({ n }) => n)), inTitle: all.every(({ inTitle }) => inTitle) };
    return parts.length > 1 && !together.n ? { ...(await count(joined)), parts: [joined] } : together;
  };

  // What two searches find together; `both` is what each of them finds.
  const union = (one, other, both) => {
    const hits = new Map(other.results.map((hit) => [hit.id, hit]));
    for (const hit of one.results) hits.set(hit.id, hit);
    const filters = {};
    for (const key of new Set([...Object.keys(one.filters), ...Object.keys(other.filters)])) {
      filters[key] = {};
      for (const value of new Set([one, other].flatMap((found) => Object.keys(found.filters[key] ?? {})))) {
        const n = (found) => found.filters[key]?.[value] ?? 0;
        filters[key][value] = n(one) + n(other) - n(both);
      }
    }
    return { results: [...hits.values()], filters };
  };
  // Pages that have all of these words; those with them side by side, or written as one word, first.
  const having = async (used, filters) => {
    const parts = used.flatMap((token) => token.parts);
    const search = (words) => pagefind.search(words.join(" "), { filters });
    if (parts.length === 1 && !Object.keys(filters).length) return (await count(parts[0])).found;
    let found = await search(parts);
    if (parts.length < 2) return found;
    const beside = new Set((await pagefind.search(`"${parts.join(" ")}"`)).results.map(({ id }) => id));
    if (used.some((token) => token.parts.length > 1)) {
      const joined = used.map((token) => token.joined);
      const [written, both] = await Promise.all([search(joined), search([...parts, ...joined])]);
      const real = (await Promise.all(joined.map(count))).every(({ n }) => n);
      if (real) {
        for (const { id } of written.results) beside.add(id);
        found = union(found, written, both);
      }
    }
    return { ...found, beside };
  };

  const nothing = { results: [], filters: Object.fromEntries(Object.entries(totals).map(([key, values]) => [key, Object.fromEntries(Object.keys(values).map((value) => [value, 0]))])) };

  // The pages that carry what a name means, besides those that have the word.
  const carrying = async (name, found, query, filters, carried) => {
    const value = Object.keys(totals[name.kind] ?? {}).find((value) => value.startsWith(`${name.id} `));
    if (!value) return found;
    const narrowed = { ...filters, [name.kind]: [...(filters[name.kind] ?? []), value] };
    const [carriers, both, page] = await Promise.all([all(narrowed), query.length ? having(query, narrowed) : nothing, all({ kind: [name.kind], [name.kind]: [value] })]);
    name.page = page.results[0]?.id;
    for (const { id } of carriers.results) carried.add(id);
    return union(found, carriers, both);
  };

  const find = async (query, filters) => {
    const asked = spaced(query);
    const exact = /^\s*".+"\s*$/.test(query);
    // What is called so, or pointed to by a phrase like it.
    const called = (name) => {
      const by = (phrases) => phrases.find((phrase) => is(asked, phrase));
      if (by([name.name, name.id])) return [name];
      const [alias, cue] = [by(name.aliases), by(name.cues)];
      return alias || cue ? [{ ...name, alias, cue }] : [];
    };
    const named = asked ? (await names).flatMap(called) : [];
    const typed = exact ? [] : tokens(query);
    const counted = await Promise.all(typed.map(async (token) => ({ ...token, ...(await known(token)) })));
    const unknown = counted.filter(({ n }) => !n);
    let used = counted.filter(({ n }) => n);
    const dropped = [];
    let whole = 0;
    const carried = new Set(); // what carries a name that was asked for
    const weights = new Map(); // how much more than its score a hit counts
    const weight = (id, by) => weights.set(id, (weights.get(id) ?? 1) * by);
    let found = nothing;
    if (exact) found = await pagefind.search(query, { filters });
    else if (!query.trim()) found = await all(filters);
    else if (used.length) {
      const all = used;
      found = await having(all, filters);
      for (const id of found.beside ?? []) weight(id, PHRASE);
      // The commonest word says least, and is dropped first; one of a title says most, unless every other page has it.
      const says = ({ n, inTitle }) => (n > kinds.size / 2 ? 0 : inTitle ? 2 : 1);
      const wanted = all.length < SENTENCE || found.beside?.size || named.length ? 1 : FEW;
      whole = found.results.length;
      for (const token of [...all].sort((a, b) => says(a) - says(b) || b.n - a.n)) {
        if (found.results.length >= wanted || used.length < 2) break;
        if (!dropped.length) for (const { id } of found.results) weight(id, ALL);
        dropped.push(token);
        used = used.filter((other) => other !== token);
        found = await having(used, filters);
      }
    }
    for (const name of named) found = await carrying(name, found, used, filters, carried);
    // What has a card is not listed again.
    const listed = found.results.filter(({ id }) => !named.some((name) => name.page === id));
    if (unknown.length) words ??= list(own.words);
    const near = new Map();
    for (const { typed, parts } of unknown) {
      const meant = nearest(parts.join(""), await words);
      if (meant) near.set(typed, meant);
    }
    const meant = near.size ? typed.map(({ typed }) => near.get(typed) ?? typed).join(" ") : null;
    const score = (hit) => hit.score * (weights.get(hit.id) ?? 1);
    const before = (a, b) => carried.has(b.id) - carried.has(a.id) || score(b) - score(a);
    return { named, whole, used, count: found.results.length, results: listed.sort(before), filters: found.filters, kind: ({ id }) => kinds.get(id), unknown, dropped, meant };
  };

  // Whether the site was published anew since: what is read now may name pieces that are gone.
  const isOld = async () => (await entry()) !== edition;
  return { find, totals, isOld, close: () => pagefind.destroy(), root: new URL("..", base).pathname };
};
