// Keeps a page as its author last saved it, without leaving the place it is read at. The server says that the page changed;
// this fetches it and changes what differs.
(() => {
  // The server puts its part at the end of a page. A text before it may hold the same ids.
  const live = (page) => [...page.querySelectorAll("#nf-live")].pop();
  const own = live(document);
  const bar = own.querySelector(":scope > div");
  const faults = () => bar.querySelector("#nf-faults");
  let seen = { page: own.dataset.page, assets: own.dataset.assets };
  let source = null;
  let again = 0;
  let failures = 0;

  const path = () => {
    try {
      return decodeURIComponent(location.pathname);
    } catch {
      return location.pathname;
    }
  };

  // A hidden page lets go of its connection: browsers have few for each host.
  const listen = () => {
    clearTimeout(again);
    source?.close();
    source = null;
    if (document.hidden) return;
    const query = new URLSearchParams({ page: path(), seen: seen.page, assets: seen.assets, search: seen.search ?? "" });
    source = new EventSource(`/.ninefold/events?${query.toString().replace(/\+/g, "%20")}`);
    source.addEventListener("page", () => fetched((there) => change(there)));
    source.addEventListener("style", () => fetched((there) => restyle(there)));
    source.addEventListener("faults", (event) => tell(event.data));
    source.addEventListener("go", (event) => location.assign(event.data));
    // The index was made anew: a search that is open looks again.
    source.addEventListener("search", (event) => {
      if (seen.search) document.dispatchEvent(new CustomEvent("ninefold:search", { detail: event.data }));
      seen.search = event.data;
    });
    source.onopen = () => (failures = 0);
    source.onerror = () => {
      source?.close();
      // Once may be a server that starts again. What it says when it is back takes the place of this.
      if (++failures === 2) tell('<p id="nf-stopped">The server has stopped: this page is not kept up any more. Start <code>ninefold serve</code> again.</p>');
      again = setTimeout(listen, 1000);
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());

  let turn = 0;
  const fetched = async (then) => {
    const mine = ++turn;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer || mine !== turn) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = live(there);
    if (!next || mine !== turn) return;
    seen = { ...seen, page: next.dataset.page, assets: next.dataset.assets };
    // A script can't be run again in a page that it already changed, nor a policy loosened.
    const fixed = (page) => [...page.querySelectorAll("script[src], head > meta[http-equiv]")].map((node) => node.getAttribute("src") ?? node.content).sort().join("\n");
    if (fixed(document) !== fixed(there)) {
      location.reload();
      return;
    }
    tell(next.querySelector(":scope > div").innerHTML);
    next.remove();
    then(there);
  };

  const tell = (html) => {
    const open = faults()?.open;
    bar.innerHTML = html;
    if (open && faults()) faults().open = true;
    makeRoom();
  };

  // The page ends above the bar.
  const makeRoom = () => {
    document.body.style.paddingBottom = bar.offsetHeight ? `${bar.offsetHeight}px` : "";
  };
  document.addEventListener("toggle", (event) => event.target === faults() && makeRoom(), true);

  // New style sheets come in before the old ones go, so that nothing flashes.
  const restyle = (there) => {
    const sheets = (page) => [...page.querySelectorAll("head link[rel=stylesheet]")];
    const old = sheets(document);
    const wanted = sheets(there).map((sheet) => sheet.getAttribute("href"));
    if (old.map((sheet) => sheet.getAttribute("href")).join() === wanted.join()) return;
    const loaded = sheets(there).map((sheet) => {
      const link = document.importNode(sheet, true);
      document.head.append(link);
      return new Promise((done) => {
        link.onload = link.onerror = done;
        setTimeout(done, 3000);
      });
    });
    Promise.all(loaded).then(() => old.forEach((sheet) => sheet.remove()));
  };

  const change = (there) => {
    restyle(there);
    document.title = there.title;
    for (const meta of document.head.querySelectorAll("meta[name], meta[property], link:not([rel=stylesheet])")) meta.remove();
    document.head.append(...[...there.head.querySelectorAll("meta[name], meta[property], link:not([rel=stylesheet])")].map((node) => document.importNode(node, true)));
    const focus = document.activeElement;
    first = null;
    morph(document.body, there.body);
    document.dispatchEvent(new CustomEvent("ninefold:change"));
    if (focus?.isConnected && focus !== document.activeElement) focus.focus({ preventScroll: true });
    uncover();
  };

  // The first element whose words changed: what is being written, most likely.
  let first = null;
  const uncover = () => {
    if (!first?.isConnected) return;
    const words = first.getBoundingClientRect();
    const covered = words.bottom - (innerHeight - bar.offsetHeight);
    if (bar.offsetHeight && words.top < innerHeight && covered > 0) scrollBy({ top: covered + 16, behavior: "instant" });
  };

  // What scripts put there for good, and what the server adds.
  const stays = (node) => node === own || (node.nodeType === 1 && node.hasAttribute("data-nf-keep") && !node.closest("main"));
  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

  const morph = (old, next) => {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== next.nodeValue) {
        old.nodeValue = next.nodeValue;
        first ??= old.parentElement;
      }
      return;
    }
    attributes(old, next);
    let here = old.firstChild;
    const skip = () => {
      while (here && stays(here)) here = here.nextSibling;
    };
    for (const wanted of [...next.childNodes]) {
      skip();
      const same = here && here.isEqualNode(wanted) ? here : ahead(here, wanted);
      if (same) {
        while (here !== same) {
          const gone = here;
          here = here.nextSibling;
          if (!stays(gone)) gone.remove();
        }
        morph(here, wanted);
        here = here.nextSibling;
      } else if (here && alike(here, wanted) && !later(wanted, here)) {
        morph(here, wanted);
        here = here.nextSibling;
      } else {
        const made = old.insertBefore(document.importNode(wanted, true), here);
        first ??= made.nodeType === 1 ? made : old;
      }
    }
    while (here) {
      const gone = here;
      here = here.nextSibling;
      if (!stays(gone)) gone.remove();
    }
  };

  // A later sibling that is the very one, or has its name.
  const ahead = (here, wanted) => {
    for (let node = here; node; node = node.nextSibling) {
      if (stays(node)) continue;
      if (node.isEqualNode(wanted) && (wanted.nodeType === 1 || node === here)) return node;
      if (wanted.id && node.id === wanted.id && node.nodeName === wanted.nodeName) return node;
    }
    return null;
  };

  // Whether the element that stands here is wanted further on, as it is.
  const later = (wanted, here) => {
    for (let node = wanted.nextSibling; node; node = node.nextSibling) {
      if (here.nodeType === 1 && (node.isEqualNode(here) || (here.id && node.id === here.id))) return true;
    }
    return false;
  };

  // What a reader opened, typed or ticked is theirs.
  const theirs = { DETAILS: ["open"], DIALOG: ["open"], INPUT: ["value", "checked"], OPTION: ["selected"] };
  const attributes = (old, next) => {
    const kept = theirs[old.nodeName] || [];
    for (const { name } of [...old.attributes]) {
      if (!next.hasAttribute(name) && !kept.includes(name) && !(old === document.body && name === "style")) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
    }
  };

  listen();
  makeRoom();
})();
