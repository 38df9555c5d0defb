/** Elder mode, theme, what is unfolded in the menu: changed at once, kept in a cookie so that the server draws the next page right. */
import { enhance, on, remember } from "./dom";

const root = document.documentElement;

export function startPrefs(): void {
  // Each button stands in a small form that does the same without script.
  on("click", "[data-toggle-elder]", (_, event) => {
    event.preventDefault();
    const elder = root.toggleAttribute("data-elder");
    remember("cc_elder", elder ? "1" : "");
    show();
  });
  on("click", "[data-set-theme]", (button, event) => {
    event.preventDefault();
    const theme = button.dataset["setTheme"] ?? "";
    if (theme === "light" || theme === "dark") root.dataset["bsTheme"] = theme;
    else delete root.dataset["bsTheme"];
    remember("cc_theme", theme === "auto" ? "" : theme);
    document.dispatchEvent(new CustomEvent("cc:theme"));
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.dispatchEvent(new CustomEvent("cc:theme"));
  });
  enhance("[data-toggle-elder], [data-set-theme]", show);
  // heard by a click and not by "toggle": that one also fires for what is unfolded as the page arrives
  on("click", ".sidenav-title", () => setTimeout(keepFolds));
}

function keepFolds(): void {
  const open = document.querySelectorAll<HTMLElement>(".sidenav-group[open]");
  // a name that is none, so that "everything folded" is a choice too
  remember("cc_menu", ["menu", ...[...open].map((group) => group.dataset["fold"] ?? "")].join("."));
}

function show(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-toggle-elder]")) {
    button.setAttribute("aria-pressed", String(root.hasAttribute("data-elder")));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset["setTheme"] === (root.dataset["bsTheme"] ?? "auto")));
  }
}
