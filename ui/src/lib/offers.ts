/** `a[data-fill="#field"][data-value]`: an offered value goes into its field; without script the link opens the form with it. */
import { named, on } from "./dom";

export function startOffers(): void {
  on("click", "a[data-fill]", (link, event) => {
    const field = named(link.dataset["fill"]) as HTMLSelectElement | HTMLInputElement | null;
    const value = link.dataset["value"] ?? "";
    // a list that lacks the value is for the server to refuse
    if (!field || (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value))) return;
    event.preventDefault();
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}
