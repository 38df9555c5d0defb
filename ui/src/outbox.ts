/**
 * Reports and answers that wait for a signal: forms that may be sent later, the list of what waits, and keeping one's own
 * field list on this device. No text for people stands here: it comes from the page's attributes and templates.
 */
import { fill, say } from "./lib/dom";
import { fillLater } from "./lib/drafts";
import { all, get, isSendable, remove, state, type Waiting } from "./lib/kept";
import { showWaiting } from "./lib/offline";
import { sendAll } from "./lib/outbox";

// ── forms ──

/** `form[data-offline]`: gives it the key by which the server takes it once, and brings back what was refused. */
export function startForm(form: HTMLFormElement): void {
  if (typeof crypto.randomUUID !== "function") return;
  const key = new URLSearchParams(location.search).get("outbox");
  hidden(form, "sent_key", key ?? crypto.randomUUID());
  hidden(form, "sent_by", document.querySelector<HTMLMetaElement>('meta[name="cc-person"]')?.content ?? "");
  if (key) void bringBack(form, key);

  form.addEventListener("submit", (event) => {
    hidden(form, "sent_label", label(form));
    if (navigator.onLine) return;
    const halt = (text: string | undefined) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(text, 15);
    };
    // without a worker nobody would catch it
    if (!navigator.serviceWorker?.controller) halt(document.body.dataset["textCannotKeep"]);
    else if (room < weight(form)) halt(document.body.dataset["textNoRoom"]);
  }, true);

  // what there is to know takes a moment to ask; it is known by the time somebody has filled in a form
  let room = Number.POSITIVE_INFINITY;
  void navigator.storage?.estimate?.().then(({ quota = 0, usage = 0 }) => {
    if (quota > 0) room = quota - usage;
  });
}

function hidden(form: HTMLFormElement, name: string, value: string): void {
  let field = form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  // a form that came back with problems holds its key already
  if (name !== "sent_key" || field.value === "") field.value = value;
}

/** The first words that somebody typed, by which they will know it again. */
function label(form: HTMLFormElement): string {
  const words = ["description", "text", "address", "title"].map((name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  });
  return (words.find((text) => text !== "") ?? "").slice(0, 60);
}

function weight(form: HTMLFormElement): number {
  const files = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")].flatMap((input) => [...(input.files ?? [])]);
  return files.reduce((sum, file) => sum + file.size, 100_000);
}

async function bringBack(form: HTMLFormElement, key: string): Promise<void> {
  const item = await get(key);
  if (!item) return;
  const taken: Record<string, number> = {};
  for (const field of form.elements) {
    const name = (field as HTMLInputElement).name;
    const given = item.fields.filter(([other]) => other === name).map(([, value]) => value);
    if (!name || given.length === 0 || name === "sent_key") continue;
    if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) field.checked = given.includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) {
      if (field instanceof HTMLInputElement && field.type === "hidden" && name === "seen") continue;
      const at = taken[name] ?? 0;
      taken[name] = at + 1;
      field.value = given[at] ?? field.value;
      if (field.value !== "" && field.type !== "hidden") field.closest("details")?.setAttribute("open", "");
    }
  }
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const bag = new DataTransfer();
    for (const file of item.files) if (file.field === input.name) bag.items.add(new File([file.bytes], file.name, { type: file.type }));
    if (bag.files.length === 0) continue;
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const texts: Record<string, string[]> = {};
  for (const [name, value] of item.fields) (texts[name] ??= []).push(value);
  fillLater(form, texts);
  form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

// ── sending ──

let begun = false;
/** Seconds until the next try, the first after a signal came back. A phone says that it is connected before it is. */
const AGAIN = [1, 3, 8, 20, 30];
let tries = 0;
let next: ReturnType<typeof setTimeout> | undefined;

/** Tries at once, as if a signal had just come. */
export function sendNow(): void {
  tries = 0;
  void go();
}

/** Sends what waits now, whenever there is a signal again, and now and then. */
export function deliver(): void {
  void refresh();
  if (begun) return;
  begun = true;
  void go();
  addEventListener("online", () => {
    tries = 0;
    void go();
  });
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data === "outbox") void refresh();
  });
}

async function go(): Promise<void> {
  try {
    await sendAll(() => refresh());
    // the worker may have sent it meanwhile
    await refresh();
  } catch {
    /* no database: nothing waits */
  }
  clearTimeout(next);
  next = setTimeout(() => void go(), 1000 * (AGAIN[tries] ?? 30));
  tries += 1;
}

/** Who reads this: as the page says, or, where it is a kept one, whom the server last said to be signed in. */
export async function reader(): Promise<string> {
  return document.documentElement.dataset["kept"] === undefined ? mine() : state("person");
}

const mine = () => document.querySelector<HTMLMetaElement>('meta[name="cc-person"]')?.content ?? "";
let list: HTMLElement | undefined;
let drawn = "";

async function refresh(): Promise<void> {
  try {
    const items = await all();
    showWaiting(items.filter((item) => item.state !== "sent").length);
    document.dispatchEvent(new Event("cc:outbox"));
    if (!list) return;
    const person = await reader();
    // drawn again only when something is different: whoever is about to press a button keeps it
    const now = JSON.stringify([person, items.map((item) => [item.key, item.state, item.status, isSendable(item)])]);
    if (now === drawn) return;
    drawn = now;
    draw(list, items, person);
  } catch {
    list?.querySelector("[data-outbox-unable]")?.removeAttribute("hidden");
  }
}

// ── the list ──

/** `[data-outbox]`: holds one `<template>`, drawn for each that waits. */
export function startList(place: HTMLElement): void {
  list = place;
  place.querySelector("[data-outbox-now]")?.addEventListener("click", () => void go());
  deliver();
}

function draw(place: HTMLElement, items: Waiting[], person: string): void {
  const template = place.querySelector("template");
  const target = place.querySelector("ol");
  if (!template || !target) return;
  // what somebody else wrote on this device waits for them, and is not shown
  const shown = items.filter((item) => item.person === "" || item.person === person);
  place.querySelector("[data-outbox-none]")?.toggleAttribute("hidden", items.length > 0);
  const others = place.querySelector<HTMLElement>("[data-outbox-others]");
  if (others) {
    others.hidden = shown.length === items.length;
    others.textContent = fill(others.dataset["text"], { n: items.length - shown.length });
  }
  target.replaceChildren(...shown.map((item) => line(template, item)));
}

function line(template: HTMLTemplateElement, item: Waiting): Node {
  const row = template.content.cloneNode(true) as DocumentFragment;
  const part = (name: string) => row.querySelector<HTMLElement>(`[data-part="${name}"]`);
  const texts = template.dataset;
  const set = (name: string, text: string | undefined) => {
    const element = part(name);
    if (element) element.textContent = text ?? "";
  };
  set("label", item.label || texts["textNoWords"]);
  const time = new Date(item.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const said = item.files.filter((file) => file.field === "recording").length;
  const photos = item.files.length > said ? fill(texts["textPhotos"], { n: item.files.length - said }) : "";
  set("about", [time, photos, said > 0 ? texts["textRecording"] : ""].filter((text) => text !== "").join(" · "));
  const stale = item.state === "waiting" && !isSendable(item);
  const states: Record<Waiting["state"], string | undefined> = {
    waiting: stale ? texts["textStale"] : texts["textWaiting"],
    refused: item.status === 422 ? texts["textWrong"] : item.status === 409 ? texts["textMoved"] : texts["textRefused"],
    "sign-in": texts["textSignIn"],
    sent: item.status === 409 ? texts["textBeside"] : fill(texts["textSent"], { number: item.number ?? "" }),
  };
  set("state", states[item.state]);
  part("state")?.classList.add(item.state === "sent" ? "tag-ok" : item.state === "waiting" && !stale ? "tag-brand" : "tag-late");
  const open = part("open") as HTMLAnchorElement | null;
  if (open) {
    open.hidden = item.state === "waiting" && !stale;
    if (item.state === "sent") open.href = item.href ?? "/";
    else if (item.state === "sign-in") open.href = "/sign-in?back=/outbox";
    else open.href = item.form ?? `${formOf(item.url)}?outbox=${encodeURIComponent(item.key)}`;
    open.textContent = (item.state === "sent" ? texts["textOpen"] : item.state === "sign-in" ? texts["textDoSignIn"] : texts["textAgain"]) ?? "";
  }
  part("remove")?.addEventListener("click", () => {
    if (item.state === "sent" || confirm(texts["textSure"])) void remove(item.key).then(refresh);
  });
  return row;
}

/** The page with the form that is sent to this address. */
function formOf(url: string): string {
  return url === "/cases" ? "/cases/new" : url;
}

// ── one's own pages on this device ──

/** `[data-keep]`: turns keeping on and off, and says since when there is a copy. */
export function startKeep(place: HTMLElement): void {
  const person = mine();
  const button = place.querySelector<HTMLButtonElement>("button");
  const note = place.querySelector<HTMLElement>("[data-keep-note]");
  if (!button || !person || !navigator.serviceWorker) return;
  const show = async () => {
    const on = (await state("keeping")) === person;
    const at = Number(await state("kept-at"));
    button.textContent = (on ? place.dataset["textStop"] : place.dataset["textKeep"]) ?? "";
    button.setAttribute("aria-pressed", String(on));
    const time = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    if (note) note.textContent = on && at > 0 ? fill(place.dataset["textKept"], { time }) : "";
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    void (async () => {
      const on = (await state("keeping")) === person;
      const whole = await ask(on ? { type: "forget" } : { type: "keep", person });
      if (!on && whole !== true) say(place.dataset["textPartly"], 10);
      button.removeAttribute("aria-busy");
      await show();
    })();
  });
  void show().then(() => (place.hidden = false)).catch(() => undefined);
}

async function ask(what: { type: string; person?: string }): Promise<unknown> {
  const worker = (await navigator.serviceWorker.ready).active;
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => done(event.data);
    setTimeout(() => done(undefined), 60_000);
    worker?.postMessage(what, [channel.port2]);
  });
}
