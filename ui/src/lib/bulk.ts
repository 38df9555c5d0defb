/** Bulk selection in a list: `[data-bulk]` around `[data-bulk-item]` boxes, with a bar that counts. */
import { enhance, fill } from "./dom";

export function startBulk(): void {
  enhance("[data-bulk]", (root) => {
    const items = () => [...root.querySelectorAll<HTMLInputElement>("[data-bulk-item]")];
    const all = root.querySelector<HTMLInputElement>("[data-bulk-all]");
    let last: HTMLInputElement | undefined;

    const show = () => {
      const boxes = items();
      const n = boxes.filter((box) => box.checked).length;
      for (const bar of root.querySelectorAll<HTMLElement>("[data-bulk-bar]")) bar.hidden = n === 0;
      for (const count of root.querySelectorAll<HTMLElement>("[data-bulk-count]")) {
        count.textContent = fill(count.dataset["bulkCount"] || "{n}", { n });
      }
      if (all) {
        all.checked = n > 0 && n === boxes.length;
        all.indeterminate = n > 0 && n < boxes.length;
      }
    };

    root.addEventListener("click", (event) => {
      const box = (event.target as Element).closest<HTMLInputElement>("[data-bulk-item]");
      if (!box) return;
      if (event.shiftKey && last) {
        const boxes = items();
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, (to ?? 0) + 1)) between.checked = box.checked;
      }
      last = box;
    });
    root.addEventListener("change", (event) => {
      if (event.target === all) for (const box of items()) box.checked = all?.checked ?? false;
      show();
    });
    root.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
      for (const box of items()) box.checked = false;
      show();
    });
    show();
  });
}
