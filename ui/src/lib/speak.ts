/** Read aloud: `<button data-read-aloud="#main" hidden>`. Shown only where the device can speak. */
import { enhance, named } from "./dom";

const SILENT = "nav, script, style, template, [hidden], [aria-hidden=true], .no-speak, button, .map, select";

export function startSpeak(): void {
  if (!("speechSynthesis" in window)) return;
  enhance("[data-read-aloud]", (button) => {
    button.hidden = false;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const speaking = button.getAttribute("aria-pressed") === "true";
      speechSynthesis.cancel();
      button.setAttribute("aria-pressed", String(!speaking));
      if (speaking) return;
      const parts = sentences(named(button.dataset["readAloud"]) ?? document.body);
      parts.forEach((part, at) => {
        const words = new SpeechSynthesisUtterance(part);
        words.lang = document.documentElement.lang;
        words.rate = 0.9;
        if (at === parts.length - 1) words.onend = () => button.setAttribute("aria-pressed", "false");
        speechSynthesis.speak(words);
      });
    });
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

/** The visible words in reading order, in pieces short enough that no engine cuts them off. */
function sentences(root: HTMLElement): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Element) return node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return node.textContent?.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const blocks = new Map<Element, string>();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent ?? "";
    const block = walker.currentNode.parentElement?.closest("p, li, dt, dd, td, th, h1, h2, h3, h4, label, figcaption, a, div") ?? root;
    blocks.set(block, `${blocks.get(block) ?? ""}${text}`);
  }
  return [...blocks.values()].flatMap((text) => text.replace(/\s+/g, " ").trim().match(/.{1,120}?(?:[。！？；.!?;]|$)|.{1,120}/g) ?? []);
}
