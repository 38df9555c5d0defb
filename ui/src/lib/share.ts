/** Copy and share: `<button data-copy="#link" data-text="已复制">`. */
import { named, on, say } from "./dom";

export function startShare(): void {
  on("click", "[data-copy]", (button) => {
    const source = named(button.dataset["copy"]);
    const text = source instanceof HTMLInputElement ? source.value : (source?.textContent ?? location.href);
    void navigator.clipboard?.writeText(text.trim()).then(() => say(button.dataset["text"]));
  });
}
