// What a query found, as parts of the page: a result with its sentence and the places in it, the card of a name. Knows no query.

const PLACES = 3; // passages and sections below a result
const LONG = 44; // words of the longest sentence that is shown whole
const AROUND = 14; // words shown before the first found in a longer one

const WORDS = {}; // words of the theme: passages passages_and_sections quoted also_called_name points_to_it

// A text with something put in its places.
export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

// A text without a letter of a page that runs from right to left runs the other way, with the sign at its end.
export const running = (textContent) => (document.dir === "rtl" && !/[\u0590-\u08ff]/.test(textContent) ? { textContent, dir: "ltr" } : { textContent });

// Where sentences begin in a text that is given as words.
const starts = (words, breaks) => {
  const all = [0];
  for (let n = 1; n < words.length; n++) {
    const ends = /[.!?\u2026\u3002\uff01\uff1f]["'\u201d\u2019\u00bb)\]]*$/.test(words[n - 1].trim()) && !/^\p{Ll}/u.test(words[n]);
    if (ends || breaks.has(n)) all.push(n);
  }
  return all;
};

// The text of a page in words and sentences. A heading is no sentence: what stands below it is shown.
const read = ({ raw_content, anchors }) => {
  const text = raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const run = text.includes("\u200b"); // a language that has no spaces
  const words = run ? text.split("\u200b") : text.split(/[^\S\uFEFF]+/);
  const above = anchors.filter(({ element }) => /^h\d$/i.test(element));
  const headings = new Set(above.map(({ location }) => location));
  const below = run ? [] : above.map(({ location, text }) => location + text.trim().split(/\s+/).length);
  const begin = starts(words, new Set([...headings, ...below]));
  return { words, begin, space: run ? "" : " ", isHeading: (n) => headings.has(begin[n]), of: (at) => begin.findLastIndex((start) => start <= at) };
};

// The sentence that has most of what was found at `locations`, and how much it has: different words, and words side by side.
const best = ({ words, isHeading, of, begin }, locations) => {
  const found = new Map();
  for (const at of locations) {
    const n = of(at);
    if (isHeading(n)) continue;
    const here = found.get(n) ?? { different: new Set(), beside: 0 };
    here.different.add(words[at].toLowerCase().slice(0, 5));
    if (locations.includes(at + 1)) here.beside = 1;
    found.set(n, here);
  }
  let [sentence, most] = [locations.length ? of(locations[0]) : 0, 0];
  for (const [n, { different, beside }] of found) if (different.size + beside > most) [sentence, most] = [n, different.size + beside];
  while (isHeading(sentence)) sentence++;
  return { sentence: begin[sentence] === undefined ? null : sentence, most };
};

// A sentence in parts of text and what was found in it; of a long one what stands around that.
const quoted = ({ words, begin, space }, { sentence }, locations) => {
  if (sentence === null) return [];
  const [start, end] = [begin[sentence], begin[sentence + 1] ?? words.length];
  const first = locations.find((at) => at >= start && at < end) ?? start;
  const from = end - start > LONG ? Math.max(start, Math.min(first - AROUND, end - LONG)) : start;
  const to = Math.min(end, from + LONG);
  const found = new Set(locations);
  const parts = [from > start ? "\u2026 " : ""];
  for (let n = from; n < to; n++) parts.push(n > from ? space : "", found.has(n) ? element("mark", { textContent: words[n] }) : words[n]);
  return [...parts, to < end ? " \u2026" : ""];
};

const isPassage = ({ url }) => url.includes("#passage-");

// Places in a page where the words were found, in their order, those that have most of them. What stands before the first heading is the
// page's own: it is shown if no place has more.
const places = (result, text) => {
  const own = (url) => !url.includes("#") || url.endsWith("#nf-start");
  const found = new Map();
  let start = null;
  for (const place of result.sub_results) {
    const { url, title, locations } = place;
    if (own(url)) start = { url, title, locations: [...(start?.locations ?? []), ...locations] };
    else found.set(url, { url, title, locations: [...(found.get(url)?.locations ?? []), ...locations] });
  }
  const weighed = (place) => ({ ...place, ...best(text, place.locations) });
  const all = [...found.values()].map(weighed).sort((a, b) => b.most - a.most || b.locations.length - a.locations.length);
  // Of a section and a passage in it that have one sentence the passage is nearer.
  const nearest = (place) => !all.some((other) => other !== place && other.sentence === place.sentence && isPassage(other) && (!isPassage(place) || all.indexOf(other) < all.indexOf(place)));
  const below = all.filter(nearest).slice(0, PLACES).sort((a, b) => a.locations[0] - b.locations[0]);
  if (start || !below.length) start = weighed(start ?? result);
  return { start: below.some(({ most, sentence }) => most > start?.most || sentence === start?.sentence) ? null : start, below };
};

export const item = (result) => {
  const text = read(result);
  const { start, below } = places(result, text);
  const sentence = (place) => element("p", { className: "nf-excerpt" }, ...quoted(text, place, place.locations));
  const title = element("a", { href: result.url, ...running(result.meta.title) });
  const node = element("li", {}, element("p", { className: "nf-result" }, title));
  if (result.meta.date) node.firstChild.append(" ", element("span", { className: "nf-date", textContent: result.meta.date }));
  if (start) node.append(sentence(start));
  if (below.length) {
    const line = (place) => {
      const passage = isPassage(place);
      const words = passage ? say(WORDS.quoted, { text: place.title }) : place.title;
      return element("li", { className: passage ? "nf-is-passage" : "" }, element("a", { href: place.url, ...running(words) }), sentence(place));
    };
    node.append(element("ul", { "aria-label": WORDS.passages_and_sections }, ...below.map(line)));
  }
  return node;
};

// What goes by the name that was asked for: what it means, and the passages that show it best.
export const card = (name, root) => {
  const link = element("a", { href: root + name.path.slice(1), ...running(name.name) });
  const node = element("li", {}, element("p", { className: "nf-result" }, link), element("p", { className: "nf-definition", ...running(name.definition) }));
  if (name.kind === "pattern") link.dataset.pattern = name.id;
  const other = name.alias
    ? say(WORDS.also_called_name, { name: say(WORDS.quoted, { text: name.alias }) })
    : name.cue
      ? say(WORDS.points_to_it, { cue: say(WORDS.quoted, { text: name.cue }) })
      : null;
  if (other) node.append(element("p", { className: "nf-meta", textContent: other }));
  const line = ({ path, essay, before, words, after }) => {
    const title = element("a", { href: root + path.slice(1), ...running(essay) });
    return element("li", { className: "nf-is-passage" }, element("p", { className: "nf-excerpt" }, before, element("mark", { textContent: words }), after), title);
  };
  if (name.passages.length) node.append(element("ul", { "aria-label": WORDS.passages }, ...name.passages.map(line)));
  return node;
};

