/** Nothing typed is ever lost: text of `form[data-draft="key"]` is kept on this device until the server says it is done. */
import { enhance } from "./dom";

const PREFIX = "cc-draft:";
const DAYS = 14;
const NEVER = "[type=password], [type=file], [type=hidden], [type=submit], [data-draft-skip], [autocomplete=one-time-code]";

interface Draft {
  at: number;
  values: Record<string, string[]>;
}
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function startDrafts(): void {
  attempt(forgetOld);
  // The page after a successful save names the draft that is done; signing out forgets all.
  enhance("[data-draft-done]", (element) => attempt(() => localStorage.removeItem(PREFIX + element.dataset["draftDone"])));
  enhance("[data-drafts-clear]", () => attempt(() => drafts().forEach((key) => localStorage.removeItem(key))));
  enhance("form[data-draft]", (form) => attempt(() => keep(form as HTMLFormElement)));
}

function keep(form: HTMLFormElement): void {
  const key = PREFIX + form.dataset["draft"];
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  const stored = localStorage.getItem(key);
  // A form that comes back with problems already holds what was typed.
  if (stored && !form.querySelector(".problems, .field-error")) {
    const { values } = JSON.parse(stored) as Draft;
    fillLater(form, values);
    const restored = restore(form, values);
    if (restored && note) note.hidden = false;
  }

  note?.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    note.hidden = true;
  });

  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => attempt(() => localStorage.setItem(key, JSON.stringify(read(form)))), 400);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
}

/** Fills fields that the server draws into the form afterwards, each once: questions that an answer brings. */
export function fillLater(form: HTMLFormElement, values: Record<string, string[]>): void {
  const waiting = { ...values };
  for (const field of fields(form)) delete waiting[field.name];
  form.addEventListener("input", (event) => delete waiting[(event.target as Field).name]);
  document.addEventListener("htmx:after:swap", (event) => {
    const { target } = (event as CustomEvent<{ ctx: { target?: Element } }>).detail.ctx;
    if (!target || !form.contains(target)) return;
    const come: Record<string, string[]> = {};
    for (const { name } of fields(form)) {
      const list = waiting[name];
      if (list) come[name] = list;
    }
    for (const name of Object.keys(come)) delete waiting[name];
    if (Object.keys(come).length > 0) restore(form, come);
  });
}

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      element.matches("input, select, textarea") && !element.matches(NEVER) && (element as Field).name !== "",
  );
}

function read(form: HTMLFormElement): Draft {
  const values: Draft["values"] = {};
  for (const field of fields(form)) {
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) {
      if (field.checked) list.push(field.value);
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      list.push(...[...field.selectedOptions].map((option) => option.value));
    } else {
      list.push(field.value);
    }
  }
  return { at: Date.now(), values };
}

/** Returns whether anything on the form changed. */
function restore(form: HTMLFormElement, values: Draft["values"]): boolean {
  let changed = false;
  const taken: Record<string, number> = {};
  for (const field of fields(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) {
      const checked = list.includes(field.value);
      changed ||= checked !== field.checked;
      field.checked = checked;
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      for (const option of field.options) option.selected = list.includes(option.value);
    } else {
      const at = taken[field.name] ?? 0;
      taken[field.name] = at + 1;
      const value = list[at];
      if (value === undefined || value === field.value) continue;
      field.value = value;
      changed = true;
    }
  }
  // later: htmx listens only once the page's scripts have all run
  if (changed) setTimeout(() => form.dispatchEvent(new Event("draft:restored", { bubbles: true })));
  return changed;
}

function drafts(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function forgetOld(): void {
  const limit = Date.now() - DAYS * 86_400_000;
  for (const key of drafts()) {
    const at = (JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Draft>).at ?? 0;
    if (at < limit) localStorage.removeItem(key);
  }
}

/** Storage may be switched off or full; the form works without it. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    /* no storage, no draft */
  }
}
