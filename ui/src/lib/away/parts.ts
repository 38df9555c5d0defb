/** Small pieces that the screens of pages without a network are made of. All words come from the page: `data-text-…`. */
import { fill, icon } from "../dom";
import type { Words } from "./words";

type Child = Node | string | undefined | false;

/** An element with attributes (`true`: without a value; nothing and `false`: none) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A button that does something here. */
export function button(words: string, act: () => void, { look = "btn", sign, label }: { look?: string; sign?: string; label?: string } = {}): HTMLButtonElement {
  const made = el("button", { class: look, type: "button", "aria-label": label }, sign !== undefined && icon(sign), words);
  made.addEventListener("click", act);
  return made;
}

/** What the page says, by its name: `say("state-open")` is `data-text-state-open`. */
export class Said {
  readonly lang: "zh" | "en";

  constructor(private readonly place: HTMLElement) {
    this.lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  }

  text(name: string, values: Record<string, string | number> = {}): string {
    return fill(this.place.getAttribute(`data-text-${name}`) ?? "", values);
  }

  has(name: string): boolean {
    return this.place.hasAttribute(`data-text-${name}`);
  }

  /** Words of both languages in the page's, or in the other where there are none. */
  of(words: Words | undefined): string {
    return words?.[this.lang] || words?.[this.lang === "zh" ? "en" : "zh"] || "";
  }

  time(at: number | string): string {
    return new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  }

  /** `2026-11-30` as people write it; what is none as it is. */
  day(text: string): string {
    const date = new Date(`${text}T12:00:00`);
    return Number.isNaN(date.getTime()) ? text : date.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  }

  number(value: number): string {
    return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 12 });
  }
}

/** The day of this device, `2026-11-30`. */
export function localDay(at = new Date()): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** For what is sent once: also where a page is not served over HTTPS, on a test's own network. */
export function uuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
