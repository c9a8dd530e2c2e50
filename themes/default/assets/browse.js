// Combines facets on /browse/. Reads one static index; keeps its state in the address, so that a choice can be bookmarked
// and the back button undoes it. Without it the page lists links instead.
(() => {
  const root = document.getElementById("nf-browse");
  if (!root) return;

  const SHOWN = 50; // essays listed before "show more"
  const OPTIONS = 12; // options of a facet before its filter is used

  const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in node && key !== "list") node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };

  // British order for plain English, as in the pages.
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || "en-GB";

  const date = (n) => {
    if (!n) return "";
    const day = new Date(Date.UTC(Math.floor(n / 10000), (Math.floor(n / 100) % 100) - 1, n % 100));
    return day.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  };

  // A facet has options [id, name] and, for each essay, the options it has. In a facet whose essays have one option each,
  // two choices mean either; in the others they mean both.
  const facets = (index) => {
    const bits = index.pattern.map((mask) => index.patterns.map((_, n) => n).filter((n) => mask & (1 << n)));
    const years = [...new Set(index.date.map((n) => Math.floor(n / 10000)))].filter(Boolean);
    const organisations = index.incident.map((list) => [...new Set(list.flatMap((n) => index.incidents[n][2]))]);
    return [
      { key: "p", name: "Patterns", options: index.patterns, of: bits },
      { key: "c", name: "Concepts", options: index.concepts, of: index.concept },
      { key: "i", name: "Incidents", options: index.incidents, of: index.incident },
      { key: "o", name: "Organisations", options: index.organisations.map((name) => [name, name]), of: organisations },
      { key: "k", name: "Kinds", options: index.kinds.map((kind) => [kind, kind]), of: index.kind.map((n) => [n]), either: true },
      { key: "y", name: "Years", options: years.map((y) => [String(y), String(y)]), of: index.date.map((n) => [years.indexOf(Math.floor(n / 10000))]), either: true },
    ].filter((facet) => facet.options.length);
  };

  const start = (index) => {
    const all = facets(index);
    const chosen = new Map();
    let shown = SHOWN;

    const readAddress = () => {
      const query = new URLSearchParams(location.search);
      for (const facet of all) {
        const ids = (query.get(facet.key) || "").split("~").filter(Boolean);
        chosen.set(facet.key, new Set(ids.map((id) => facet.options.findIndex((option) => option[0] === id)).filter((n) => n >= 0)));
      }
    };
    const writeAddress = () => {
      const query = new URLSearchParams();
      for (const facet of all) {
        const ids = [...chosen.get(facet.key)].map((n) => facet.options[n][0]);
        if (ids.length) query.set(facet.key, ids.join("~"));
      }
      const text = query.toString();
      history.pushState(null, "", text ? `?${text}` : location.pathname);
    };

    const fits = (facet, essay) => {
      const wanted = chosen.get(facet.key);
      if (!wanted.size) return true;
      const has = facet.of[essay];
      return facet.either ? has.some((n) => wanted.has(n)) : [...wanted].every((n) => has.includes(n));
    };

    // For each facet, how many essays would remain with each of its options: what fits all other facets counts where the
    // facet's own choices mean either, what fits all facets where they mean both.
    const count = () => {
      const remaining = [];
      const counts = new Map(all.map((facet) => [facet.key, new Array(facet.options.length).fill(0)]));
      for (let essay = 0; essay < index.title.length; essay++) {
        const misses = all.filter((facet) => !fits(facet, essay));
        if (!misses.length) remaining.push(essay);
        for (const facet of all) {
          const others = facet.either ? misses.every((missed) => missed === facet) : !misses.length;
          if (others) for (const n of facet.of[essay]) counts.get(facet.key)[n]++;
        }
      }
      return { remaining, counts };
    };

    const status = element("p", { className: "nf-browse-status", role: "status" });
    const list = element("ol", { className: "nf-browse-results" });
    const more = element("button", { type: "button", className: "nf-button", textContent: "Show more" });
    const clear = element("button", { type: "button", className: "nf-button", textContent: "Clear all" });
    const form = element("form", { className: "nf-facets", ariaLabel: "Facets" });
    const views = all.map((facet) => {
      const options = element("ul");
      const filter = element("input", { type: "search", ariaLabel: `Find in ${facet.name.toLowerCase()}`, placeholder: "Find" });
      const box = element("fieldset", {}, element("legend", { textContent: facet.name }));
      if (facet.options.length > OPTIONS) box.append(filter);
      box.append(options);
      form.append(box);
      filter.addEventListener("input", () => show(false));
      return { facet, options, filter };
    });

    const option = (facet, n, left) => {
      const on = chosen.get(facet.key).has(n);
      const box = element("input", { type: "checkbox", checked: on, disabled: !on && !left, value: `${facet.key}:${n}` });
      const label = element("label", {}, box, " ", element("span", { textContent: facet.options[n][1] }), " ", element("span", { className: "nf-count", textContent: left }));
      if (facet.key === "p") label.dataset.pattern = facet.options[n][0];
      return element("li", {}, label);
    };

    const show = (focus = true) => {
      const { remaining, counts } = count();
      const held = focus && document.activeElement && document.activeElement.value;
      for (const { facet, options, filter } of views) {
        const words = filter.value.trim().toLowerCase();
        const left = counts.get(facet.key);
        const order = facet.options.map((_, n) => n).filter((n) => chosen.get(facet.key).has(n) || !words || facet.options[n][1].toLowerCase().includes(words));
        if (facet.options.length > OPTIONS) order.sort((a, b) => chosen.get(facet.key).has(b) - chosen.get(facet.key).has(a) || left[b] - left[a] || a - b);
        options.replaceChildren(...order.slice(0, facet.key === "p" ? 9 : OPTIONS).map((n) => option(facet, n, left[n])));
      }
      if (held) form.querySelector(`input[value="${CSS.escape(held)}"]`)?.focus();
      const n = remaining.length;
      status.textContent = n === 1 ? "1 essay" : `${n} essays`;
      list.replaceChildren(
        ...remaining.slice(0, shown).map((essay) =>
          element("li", {}, element("a", { href: `${index.essays}${index.slug[essay]}/`, textContent: index.title[essay] }), " ", element("span", { className: "nf-date", textContent: date(index.date[essay]) })),
        ),
      );
      more.hidden = n <= shown;
      clear.hidden = all.every((facet) => !chosen.get(facet.key).size);
    };

    form.addEventListener("change", (event) => {
      const [key, n] = event.target.value.split(":");
      if (event.target.type !== "checkbox" || !chosen.has(key)) return;
      const wanted = chosen.get(key);
      if (event.target.checked) wanted.add(Number(n));
      else wanted.delete(Number(n));
      shown = SHOWN;
      writeAddress();
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => {
      shown += SHOWN;
      show();
    });
    clear.addEventListener("click", () => {
      for (const facet of all) chosen.get(facet.key).clear();
      writeAddress();
      show();
    });
    addEventListener("popstate", () => {
      readAddress();
      show();
    });

    readAddress();
    root.replaceChildren(form, element("section", { className: "nf-browse-found", ariaLabel: "Essays" }, status, clear, list, more));
    root.dataset.ready = "";
    show();
  };

  fetch(root.dataset.index)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(start)
    .catch(() => {}); // the links that stand there stay
})();
