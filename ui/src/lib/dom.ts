/** Small helpers shared by everything below. No text for people is written in TypeScript. */

type Starter = (element: HTMLElement) => void;

const starters: [string, Starter, WeakSet<Element>][] = [];

/** Runs `start` once for every element that matches, now and after each htmx swap. */
export function enhance(selector: string, start: Starter): void {
  const entry: [string, Starter, WeakSet<Element>] = [selector, start, new WeakSet()];
  starters.push(entry);
  run(entry);
}

/** Looks for new elements; called after content has been swapped in. */
export function enhanceAll(): void {
  starters.forEach(run);
}

function run([selector, start, seen]: [string, Starter, WeakSet<Element>]): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    if (seen.has(element)) continue;
    seen.add(element);
    start(element);
  }
}

/** Listens on the document for events inside elements that match `selector`. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  act: (element: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (element) act(element, event);
  });
}

/** Finds the element an attribute such as `data-preview="#photos"` names. */
export function named(selector: string | undefined, root: ParentNode = document): HTMLElement | null {
  return selector ? root.querySelector<HTMLElement>(selector) : null;
}

/** Puts values into a text from the markup: `fill("{n} 项", { n: 3 })`. */
export function fill(text: string | undefined, values: Record<string, string | number>): string {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** A preference that the server reads on the next page. */
export function remember(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = value === "" ? 0 : 60 * 60 * 24 * 365;
  document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

/** Says a text politely and shows it for a while. Needs `<div id="toasts" role="status">`. */
export function say(text: string | undefined, seconds = 6): void {
  const place = document.getElementById("toasts");
  if (!place || !text) return;
  const line = document.createElement("div");
  line.className = "toast-line";
  line.textContent = text;
  place.append(line);
  setTimeout(() => line.remove(), seconds * 1000);
}

/** An icon of the sprite that the page itself uses (the address comes from `<html data-icons>`). */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.documentElement.dataset["icons"] ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
