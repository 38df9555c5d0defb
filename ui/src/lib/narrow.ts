/**
 * A long list of choices is shortened by typing: part of a name, or first letters in pinyin. The list itself stays the
 * browser's own, so that a phone shows its wheel, screen readers know it, and without JavaScript all of it is there.
 */
import { enhance, fill } from "./dom";

export function startNarrow(): void {
  enhance("select[data-narrow]", (element) => {
    const list = element as HTMLSelectElement;
    const [nothing, ...all] = [...list.options];
    if (!nothing || all.length === 0) return;

    const box = document.createElement("input");
    box.type = "search";
    box.className = "form-control narrow";
    box.autocomplete = "off";
    box.placeholder = list.dataset["narrow"] ?? "";
    box.setAttribute("aria-label", box.placeholder);
    if (list.id) box.setAttribute("aria-controls", list.id);
    const found = document.createElement("span");
    found.className = "field-count";
    found.setAttribute("role", "status");
    list.before(box);
    list.after(found);

    const fits = (option: HTMLOptionElement, asked: string): boolean =>
      option.text.toLowerCase().includes(asked) ||
      (option.dataset["initials"] ?? "").split(" ").some((way) => way.includes(asked));

    const narrow = (): void => {
      const asked = box.value.trim().toLowerCase();
      const chosen = list.selectedOptions[0];
      const left = all.filter((option) => asked === "" || fits(option, asked));
      // what is chosen stays chosen until something else is
      const shown = chosen && chosen !== nothing && !left.includes(chosen) ? [chosen, ...left] : left;
      list.replaceChildren(nothing, ...shown);
      if (chosen) chosen.selected = true;
      found.textContent = asked === "" ? "" : fill(list.dataset["narrowFound"], { n: left.length });
    };

    box.addEventListener("input", narrow);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        list.focus();
      }
      if (event.key !== "Enter") return;
      // Enter chooses; it does not send the form
      event.preventDefault();
      const asked = box.value.trim().toLowerCase();
      const first = all.find((option) => asked !== "" && fits(option, asked));
      if (!first) return;
      first.selected = true;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      list.focus();
    });
    // another form field may set the list back; then all of it is there again
    list.form?.addEventListener("reset", () => {
      box.value = "";
      narrow();
    });
  });
}
