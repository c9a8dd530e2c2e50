// What a page gains where there is script: previews of links, notes in the margin, contents that follow the reader,
// passages that copy with their citation, and search over the page. Everything can be read without it.
(() => {
  const main = document.querySelector("main");
  if (!main) return;

  // Previews: the page a link leads to tells its own title, summary and tags; it is fetched once. A mouse that rests on the
  // link and a keyboard that reaches it ask for one; a finger never does.
  {
    const seen = new Map();
    const card = document.createElement("div");
    card.id = "nf-preview";
    card.setAttribute("role", "tooltip");
    card.setAttribute("data-nf-keep", "");
    card.hidden = true;
    document.body.append(card);
    let wanted = null;
    let timer = 0;

    const read = (url) => {
      if (!seen.has(url)) {
        const page = fetch(url)
          .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
          .then((html) => {
            const there = new DOMParser().parseFromString(html, "text/html");
            return {
              title: there.querySelector("h1")?.textContent.trim(),
              summary: there.querySelector("meta[name=description]")?.content,
              tags: [...there.querySelectorAll(".nf-head .nf-tags a")].slice(0, 8).map((tag) => tag.textContent.trim()),
            };
          });
        page.catch(() => seen.delete(url));
        seen.set(url, page);
      }
      return seen.get(url);
    };
    const hide = () => {
      clearTimeout(timer);
      wanted?.removeAttribute("aria-describedby");
      wanted = null;
      card.hidden = true;
    };
    const show = (link) => {
      if (link === wanted) return;
      hide();
      wanted = link;
      timer = setTimeout(() => {
        read(link.href.split("#")[0])
          .then(({ title, summary, tags }) => {
            if (wanted !== link || !title) return;
            const part = (name, text) => Object.assign(document.createElement(name), { textContent: text });
            card.replaceChildren(part("strong", title));
            if (summary) card.append(part("p", summary));
            if (tags.length) card.append(part("small", tags.join(" \u00b7 ")));
            card.hidden = false;
            const at = link.getBoundingClientRect();
            const box = card.getBoundingClientRect();
            const below = at.bottom + box.height + 12 < innerHeight;
            card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8)) + scrollX}px`;
            card.style.top = `${(below ? at.bottom + 6 : at.top - box.height - 6) + scrollY}px`;
            link.setAttribute("aria-describedby", card.id);
          })
          .catch(() => {});
      }, 180);
    };
    const internal = (target) => {
      const link = target.closest?.("main a[href]");
      if (!link || link.origin !== location.origin || link.hash && link.pathname === location.pathname) return null;
      return /\.[a-z0-9]+$/i.test(link.pathname) ? null : link;
    };
    for (const event of ["pointerover", "focusin"]) {
      document.addEventListener(event, (e) => {
        if (e.pointerType === "touch") return;
        const link = internal(e.target);
        if (link && (event === "pointerover" || link.matches(":focus-visible"))) show(link);
      });
    }
    document.addEventListener("pointerout", (e) => wanted && !wanted.contains(e.relatedTarget) && hide());
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", (e) => e.key === "Escape" && hide());
  }

  // What follows is done to what the page says now, and again when an author's edit changed it in place: what was added to
  // the old text is gone by then.
  const enrich = (signal) => {
    // Notes in the margin: copies for the eye, where there is room; the list at the end stays for everybody else.
    for (const reference of main.querySelectorAll(".nf-noteref")) {
      const link = reference.querySelector("a");
      const note = document.getElementById(link.hash.slice(1));
      if (!note || !/^nf-fnref-\d+$/.test(link.id)) continue;
      const aside = document.createElement("span");
      aside.className = "nf-sidenote";
      aside.setAttribute("aria-hidden", "true");
      const copy = note.cloneNode(true);
      for (const back of copy.querySelectorAll(".nf-noteback")) back.remove();
      for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
      for (const node of copy.querySelectorAll("a")) node.tabIndex = -1;
      const number = document.createElement("sup");
      number.textContent = link.textContent;
      aside.append(number, " ");
      for (const block of copy.children) aside.append(...block.childNodes, " ");
      reference.after(aside);
    }

    // Contents that follow the reader.
    const entries = new Map([...document.querySelectorAll(".nf-contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...entries.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (headings.length) {
      const follow = () => {
        const past = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
        const here = past.length ? past[past.length - 1].id : null;
        for (const [id, link] of entries) {
          if (id === here) link.setAttribute("aria-current", "location");
          else link.removeAttribute("aria-current");
        }
      };
      addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true, signal });
      follow();
    }

    // Code that is wider than the page scrolls by keyboard too.
    for (const code of main.querySelectorAll("pre:not([tabindex])")) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
    }

    // A passage copies as Markdown with its citation.
    for (const passage of document.querySelectorAll(".nf-passages .nf-passage")) {
      const source = passage.querySelector("figcaption a:last-of-type");
      const title = passage.closest(".nf-passages").querySelector("h3 a").textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "nf-button nf-copy";
      button.textContent = "Copy";
      button.title = "Copy as Markdown, with its citation";
      button.addEventListener("click", async () => {
        const words = passage.querySelector("blockquote").textContent.trim().replace(/\s+/g, " ");
        const address = new URL(source.getAttribute("href"), document.querySelector("link[rel=canonical]")?.href || location.href);
        try {
          await navigator.clipboard.writeText(`> ${words}\n>\n> -- [${title}](${address})\n`);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Not allowed";
        }
        setTimeout(() => (button.textContent = "Copy"), 2000);
      });
      passage.querySelector("figcaption").append(" ", button);
    }
  };

  let until = new AbortController();
  enrich(until.signal);
  document.addEventListener("ninefold:change", () => {
    until.abort();
    until = new AbortController();
    enrich(until.signal);
  });

  // Search opens over the page, by its link or by `/`. Its script is loaded then.
  const search = document.querySelector(".nf-search-link");
  if (search) {
    const open = () =>
      import(search.dataset.script)
        .then((script) => script.open())
        .catch(() => location.assign(search.href));
    const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    search.addEventListener("click", (event) => {
      if (!plain(event)) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.isContentEditable || event.target.matches?.("input:not([type=checkbox]), textarea, select");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing) return;
      event.preventDefault();
      open();
    });
  }
})();
