/** Keys: `/` searches, `?` shows the shortcuts, `[data-key]` links and buttons answer to theirs. Menus and dialogs close. */
import { on } from "./dom";

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return escape();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    // WCAG 2.1.4: single-key shortcuts can be switched off by the person.
    if (document.documentElement.hasAttribute("data-no-keys")) return;
    const act = action(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });

  on("click", "[data-dialog]", (opener, event) => {
    const dialog = document.querySelector<HTMLDialogElement>(opener.dataset["dialog"] ?? "");
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });
  on("click", "[data-close]", (button) => button.closest("dialog")?.close());
  on("click", "dialog", (dialog, event) => {
    // A click on the backdrop lands on the dialog element itself.
    if (event.target === dialog && dialog.hasAttribute("data-light")) (dialog as HTMLDialogElement).close();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  on("click", "[data-print]", () => print());
}

function action(key: string): (() => void) | undefined {
  if (key === "/") {
    const field = [...document.querySelectorAll<HTMLInputElement>("[data-search]")].find((input) => input.offsetParent);
    return field && (() => field.select());
  }
  if (key === "?") {
    const dialog = document.querySelector<HTMLDialogElement>("dialog#shortcuts");
    return dialog ? () => dialog.showModal() : undefined;
  }
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  return target ? () => target.click() : undefined;
}

function escape(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  if (location.hash === "#nav") location.hash = "#main";
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea"));
}
