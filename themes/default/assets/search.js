// Searches the site: over any page in a dialog, and on its own page with filters. The index and the program that reads it
// come piece by piece from the site itself, the first of them when somebody searches.
const entry = document.querySelector(".nf-search-link");

const KINDS = { essay: ["Essays", "essay"], incident: ["Incidents", "incident"], pattern: ["Patterns", "pattern"], concept: ["Concepts", "concept"], page: ["Pages", "page"] };
const FILTERS = { pattern: "Patterns", concept: "Concepts", incident: "Incidents" };
const OPTIONS = 10; // options of a filter before its own search is used
const PLACES = 3; // passages and sections below a result
const WAIT = 120; // milliseconds after the last key

const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

// Names of the index's filters, id and name: an id holds no space.
const split = (value) => [value.slice(0, value.indexOf(" ")), value.slice(value.indexOf(" ") + 1)];

let engine = null;
const load = () => {
  engine ??= import(entry.dataset.index)
    .then(async (pagefind) => {
      await pagefind.options({ excerptLength: 26, excerptEllipsis: "\u2026" });
      return { pagefind, totals: await pagefind.filters() };
    })
    .catch((fault) => {
      engine = null; // the next key tries again
      throw fault;
    });
  return engine;
};

// An excerpt is text with <mark> round what was found, and nothing else.
const marked = (excerpt) =>
  excerpt.split(/<mark>(.*?)<\/mark>/).map((part, n) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return n % 2 ? element("mark", { textContent: text }) : text;
  });

// Places in a page where the words were found, best first, each once. What stands before the first heading is the page's own.
const places = (result) => {
  const own = (url) => !url.includes("#") || url.endsWith("#nf-start");
  const found = new Map();
  let start = null;
  for (const place of result.sub_results) {
    if (own(place.url)) start ??= place;
    else if (found.has(place.url)) found.get(place.url).weight += place.locations.length;
    else found.set(place.url, { ...place, weight: place.locations.length });
  }
  const best = [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, PLACES);
  return { start, below: best.sort((a, b) => a.locations[0] - b.locations[0]) };
};

const item = (result) => {
  const { start, below } = places(result);
  const title = element("a", { href: result.url, textContent: result.meta.title });
  const node = element("li", {}, element("p", { className: "nf-result" }, title));
  if (result.meta.date) node.firstChild.append(" ", element("span", { className: "nf-date", textContent: result.meta.date }));
  if (start || !below.length) node.append(element("p", { className: "nf-excerpt" }, ...marked((start ?? result).excerpt)));
  if (below.length) {
    const line = (place) => {
      const passage = place.url.includes("#passage-");
      const words = passage ? `\u201c${place.title}\u201d` : place.title;
      return element("li", { className: passage ? "nf-is-passage" : "" }, element("a", { href: place.url, textContent: words }), element("p", { className: "nf-excerpt" }, ...marked(place.excerpt)));
    };
    node.append(element("ul", { "aria-label": "Passages and sections" }, ...below.map(line)));
  }
  return node;
};

// The field, what it finds, and how many: the same over a page and on the search page. `page` has filters and an address.
const mount = (root, { page, shown }) => {
  const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, "aria-label": "Words to find" });
  const form = element("form", { role: "search", className: "nf-search-form", action: entry.href }, input);
  const status = element("p", { role: "status", className: "nf-search-status" });
  const results = element("div", { className: "nf-results" });
  const filters = element("form", { className: "nf-facets", "aria-label": "Filters", hidden: true });
  root.replaceChildren(form, ...(page ? [filters] : []), element("div", { className: "nf-search-found" }, status, results));
  const chosen = new Map(Object.keys(FILTERS).map((key) => [key, new Set()]));
  let latest = 0;
  let timer = 0;
  let found = ""; // the words whose results are shown

  const address = () => {
    const query = new URLSearchParams();
    if (input.value.trim()) query.set("q", input.value.trim());
    for (const [key, ids] of chosen) for (const id of ids) query.append(key, id);
    return query.size ? `?${query}` : location.pathname;
  };
  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    input.value = query.get("q") ?? "";
    for (const [key, ids] of chosen) {
      ids.clear();
      for (const id of query.getAll(key)) ids.add(id);
    }
  };

  const group = ([kind, [name, one]], all, first) => {
    const list = element("ol");
    const more = element("button", { type: "button", className: "nf-button" });
    const id = `nf-found-${page ? "" : "over-"}${kind}`;
    let taken = 0;
    const take = async (n) => {
      const next = await Promise.all(all.slice(taken, taken + n).map((result) => result.data()));
      const nodes = next.map(item);
      list.append(...nodes);
      taken += n;
      more.hidden = !page || taken >= all.length;
      more.textContent = `More ${name.toLowerCase()}`;
      return nodes;
    };
    more.addEventListener("click", async () => (await take(20))[0]?.querySelector("a").focus());
    const count = element("span", { className: "nf-count", textContent: all.length });
    const heading = element("h2", { id }, `${all.length === 1 ? one[0].toUpperCase() + one.slice(1) : name} `, count);
    const section = element("section", { "aria-labelledby": id, className: "nf-found" }, heading, list, more);
    return take(first).then(() => section);
  };

  const find = async () => {
    clearTimeout(timer);
    const turn = ++latest;
    const words = input.value.trim();
    const narrowed = [...chosen.values()].some((ids) => ids.size);
    try {
      if (!engine && (words || page)) status.textContent = "Loading the index\u2026";
      if (!words && !page) {
        status.textContent = "";
        results.replaceChildren();
        found = "";
        return;
      }
      const { pagefind, totals } = await load();
      const values = {};
      for (const [key, ids] of chosen) if (ids.size) values[key] = [...ids].map((id) => Object.keys(totals[key] ?? {}).find((value) => split(value)[0] === id) ?? id);
      const empty = !words && !narrowed;
      const all = empty ? { results: [], filters: totals } : await pagefind.search(words || null, { filters: values });
      const kinds = empty ? [] : Object.entries(KINDS).filter(([kind]) => all.filters.kind?.[kind]);
      const lists = await Promise.all(
        kinds.map(async (kind) => {
          const { results: list } = await pagefind.search(words || null, { filters: { ...values, kind: kind[0] } });
          return { kind, list };
        }),
      );
      // The kind with the best result comes first, the others in their order.
      const score = ({ list }) => list[0]?.score ?? 0;
      const best = Math.max(...lists.map(score));
      lists.sort((a, b) => (score(b) === best) - (score(a) === best));
      const groups = await Promise.all(lists.filter(({ list }) => list.length).map(({ kind, list }) => group(kind, list, shown)));
      if (turn !== latest) return;
      results.replaceChildren(...groups);
      found = words;
      const n = all.results.length;
      status.textContent = empty ? "" : n ? `${n} result${n === 1 ? "" : "s"}` : "Nothing is found";
      if (page) showFilters(all.filters);
    } catch {
      if (turn === latest) status.textContent = "The search index can\u2019t be read.";
    }
    root.dataset.ready = "";
  };

  const boxes = Object.entries(FILTERS).map(([key, name]) => {
    const search = element("input", { type: "search", "aria-label": `Find in ${name.toLowerCase()}`, placeholder: "Find", hidden: true });
    const options = element("ul");
    const box = element("details", { open: innerWidth >= 768 }, element("summary", { textContent: name }), search, options);
    filters.append(box);
    return { key, search, options, box };
  });
  let counts = {};
  const showFilters = (now) => {
    counts = now;
    const held = document.activeElement?.value;
    for (const { key, search, options, box } of boxes) {
      const ids = chosen.get(key);
      const part = search.value.trim().toLowerCase();
      const left = Object.entries(counts[key] ?? {}).map(([value, n]) => [...split(value), n]);
      const usable = left.filter(([id, , n]) => n || ids.has(id));
      usable.sort((a, b) => ids.has(b[0]) - ids.has(a[0]) || b[2] - a[2] || a[1].localeCompare(b[1]));
      const listed = usable.filter(([id, name]) => ids.has(id) || name.toLowerCase().includes(part)).slice(0, OPTIONS);
      const option = ([id, name, n]) => {
        const check = element("input", { type: "checkbox", value: `${key}:${id}`, checked: ids.has(id) });
        const label = element("label", {}, check, " ", element("span", { textContent: name }), " ", element("span", { className: "nf-count", textContent: n }));
        if (key === "pattern") label.dataset.pattern = id;
        return element("li", {}, label);
      };
      options.replaceChildren(...listed.map(option));
      search.hidden = usable.length <= OPTIONS && !part;
      box.hidden = !usable.length && !part;
    }
    filters.hidden = boxes.every(({ box }) => box.hidden);
    if (held) filters.querySelector(`input[value="${CSS.escape(held)}"]`)?.focus();
  };
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", (event) => {
    if (event.target.type === "search") showFilters(counts);
  });
  filters.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    const [key, id] = event.target.value.split(":");
    if (event.target.checked) chosen.get(key).add(id);
    else chosen.get(key).delete(id);
    history.pushState(null, "", address());
    find();
  });

  const links = () => [...results.querySelectorAll("a")];
  const opened = () => (found === input.value.trim() ? links()[0]?.click() : find());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (page) history.replaceState(null, "", address());
      find();
    }, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!page) return opened();
    if (address() !== location.search) history.pushState(null, "", address());
    find();
  });
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = links().indexOf(event.target);
    const down = event.key === "ArrowDown";
    if ((down || event.key === "ArrowUp") && (at >= 0 || event.target === input)) {
      event.preventDefault();
      const next = at + (down ? 1 : -1);
      if (next < 0) input.focus();
      else links()[next]?.focus();
    } else if (at >= 0 && event.key.length === 1 && event.key !== " " && event.key !== "/") {
      input.focus(); // the letter goes there
    } else if (event.key === "Escape" && page && (at >= 0 || event.target === input)) {
      event.preventDefault();
      if (at >= 0) input.focus();
      else if (input.value) {
        input.value = "";
        history.replaceState(null, "", address());
        find();
      } else input.blur();
    }
  });
  if (page) {
    addEventListener("popstate", () => {
      readAddress();
      find();
    });
    readAddress();
    find();
  }
  return { input, find };
};

const dialog = () => {
  const close = element("button", { type: "button", className: "nf-button", textContent: "Close" });
  const root = element("div");
  const onward = element("a", { href: entry.href, textContent: "All results, with filters" });
  const hint = element("p", { className: "nf-search-keys" }, onward, " ", element("span", { "aria-hidden": "true" }, element("kbd", { textContent: "\u2191" }), " ", element("kbd", { textContent: "\u2193" }), " to move, ", element("kbd", { textContent: "Esc" }), " to close"));
  const node = element("dialog", { id: "nf-search-dialog", "aria-label": "Search" }, root, hint);
  node.setAttribute("data-nf-keep", "");
  document.body.append(node);
  const { input } = mount(root, { page: false, shown: 4 });
  input.placeholder = "Search the site";
  input.closest("form").append(close);
  close.addEventListener("click", () => node.close());
  // A click beside the dialog closes it, and so does a result on this very page.
  node.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (event.target === node || (link && link.pathname === location.pathname && link.hash)) node.close();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    node.close();
  });
  onward.addEventListener("focus", () => (onward.href = `${entry.href}?${new URLSearchParams({ q: input.value.trim() })}`));
  onward.addEventListener("pointerdown", () => (onward.href = `${entry.href}?${new URLSearchParams({ q: input.value.trim() })}`));
  return { node, input };
};

const styled = () =>
  new Promise((done) => {
    const sheet = element("link", { rel: "stylesheet", href: entry.dataset.style });
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", done);
    document.head.append(sheet);
  });

const root = document.getElementById("nf-search");
const own = root && entry ? mount(root, { page: true, shown: 10 }) : null;
let over = null;

// Opens search: on its own page the field, anywhere else the dialog.
export const open = async () => {
  if (!own) {
    over ??= styled().then(dialog);
    const { node } = await over;
    if (!node.open) node.showModal();
    load().catch(() => {}); // ready before the first letter
  }
  const { input } = own ?? (await over);
  input.focus();
  input.select();
};
