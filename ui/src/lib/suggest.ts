/** Suggestions below the search box: Down goes into them, Up and Down move, Escape or leaving closes. */
export function startSuggestions(): void {
  const box = document.querySelector<HTMLInputElement>("#shell-q");
  const list = document.querySelector<HTMLElement>("#shell-suggestions");
  if (!box || !list) return;
  const form = box.closest("form");
  const links = (): HTMLAnchorElement[] => [...list.querySelectorAll("a")];
  form?.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.childElementCount > 0) {
      list.replaceChildren();
      box.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = links();
    if (all.length === 0) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement as HTMLAnchorElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    (all[next] ?? (next < 0 ? box : all[0]))?.focus();
  });
  document.addEventListener("focusin", (event) => {
    if (!form?.contains(event.target as Node)) list.replaceChildren();
  });
  document.addEventListener("click", (event) => {
    if (!form?.contains(event.target as Node)) list.replaceChildren();
  });
}
