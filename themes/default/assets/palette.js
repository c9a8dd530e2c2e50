// Light, dark or as the system has it: what the reader chose, before anything is painted. Style sheets say by
// `prefers-color-scheme` what is different in the dark; those rules are turned on or off here, whoever wrote them. Without
// script, or without a choice, the system decides.
(() => {
  const WORDS = {}; // words of the theme: colours palettes
  const key = "nf-palette";
  let choice = null;
  try {
    const chosen = localStorage.getItem(key);
    if (chosen === "light" || chosen === "dark") choice = chosen;
  } catch {
    // A browser that keeps nothing follows the system.
  }

  const written = new WeakMap();
  const turn = (media, name) => {
    const condition = written.get(media) ?? media[name];
    if (!condition.includes("prefers-color-scheme")) return;
    written.set(media, condition);
    // Paper stays white.
    const chosen = (_, palette) => (palette === choice ? "(min-width: 0px)" : "(max-width: 0px)");
    const instead = condition.replace(/\(prefers-color-scheme:\s*(\w+)\)/g, chosen);
    media[name] = choice ? (/^\(/.test(instead) ? `screen and ${instead}` : instead) : condition;
  };
  const apply = () => {
    document.documentElement.style.colorScheme = choice ?? "";
    for (const source of document.querySelectorAll("picture > source[media]")) turn(source, "media");
    for (const sheet of document.styleSheets) {
      turn(sheet.media, "mediaText");
      try {
        for (const rule of sheet.cssRules) if (rule.media) turn(rule.media, "mediaText");
      } catch {
        // A sheet of another host does not show its rules.
      }
    }
  };
  apply();
  // A sheet that comes later, as while an author writes.
  document.addEventListener("load", (event) => event.target.rel === "stylesheet" && apply(), true);
  document.addEventListener("ninefold:change", apply);

  document.addEventListener("DOMContentLoaded", () => {
    apply();
    const group = document.createElement("p");
    group.className = "nf-palette";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", WORDS.colours);
    group.setAttribute("data-nf-keep", "");
    for (const palette of ["light", "dark", "system"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = WORDS.palettes[palette];
      const isChosen = () => palette === (choice ?? "system");
      button.setAttribute("aria-pressed", isChosen());
      button.addEventListener("click", () => {
        choice = palette === "system" ? null : palette;
        try {
          if (choice) localStorage.setItem(key, choice);
          else localStorage.removeItem(key);
        } catch {
          // It holds for this page then.
        }
        apply();
        for (const other of group.children) other.setAttribute("aria-pressed", other === button);
      });
      group.append(button);
    }
    document.querySelector(".nf-bottom")?.append(group);
  });
})();
