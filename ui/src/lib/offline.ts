/** Work without a signal, as far as every page has to do with it. What is larger is an island: `outbox.ts`. */
import { enhance, fill } from "./dom";

/** Set while something waits, so that a page without forms need not open a database to know. */
const WAITING = "cc-waiting";

export function startOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  // registering before the page is drawn would make it slower
  addEventListener("load", () => void register());
  if (document.readyState === "complete") void register();

  const kept = document.documentElement.dataset["kept"];
  if (kept !== undefined) {
    const time = kept ? new Date(kept).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }) : "";
    banner(fill(document.body.dataset[kept ? "textKept" : "textKeptPage"], { time }));
  }

  const outbox = () => import("../outbox");
  enhance("form[data-offline]", (form) => void outbox().then((island) => island.startForm(form as HTMLFormElement)));
  enhance("[data-outbox]", (place) => void outbox().then((island) => island.startList(place)));
  enhance("[data-keep]", (place) => void outbox().then((island) => island.startKeep(place)));
  enhance('form[action="/sign-out"]', (form) => askBeforeLeaving(form as HTMLFormElement));
  // the list counts it as well, but whoever goes on at once does not wait for the list
  if (new URLSearchParams(location.search).has("kept")) mark(1);
  try {
    if (localStorage.getItem(WAITING)) void outbox().then((island) => island.deliver());
  } catch {
    /* no storage: nothing can wait */
  }
}

/** Signing out removes what waits. Whether anything does is read where it is kept: a mark may not be written yet. */
function askBeforeLeaving(form: HTMLFormElement): void {
  let asked = false;
  form.addEventListener("submit", (event) => {
    if (asked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void anythingWaits().then((waits) => {
      if (waits && !confirm(document.body.dataset["textLeave"])) return;
      asked = true;
      form.requestSubmit();
    });
  }, true);
}

async function anythingWaits(): Promise<boolean> {
  try {
    const { all, state } = await import("./kept");
    const [{ field }, { survey }] = await Promise.all([import("./field/store"), import("./survey/store")]);
    const person = await state("person");
    return (await all()).some((item) => item.state !== "sent") || (await field.anythingBegun(person)) || survey.anythingBegun(person);
  } catch {
    // no database, so nothing could be kept
    return false;
  }
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    const registration = await navigator.serviceWorker.ready;
    // copies of one's own pages grow old while one works
    registration.active?.postMessage({ type: "refresh" });
  } catch {
    /* switched off, or a private window: pages work as before */
  }
}

/** Whether the mark could be written. */
function mark(count: number): boolean {
  try {
    if (count > 0) localStorage.setItem(WAITING, String(count));
    else localStorage.removeItem(WAITING);
    return true;
  } catch {
    return false;
  }
}

/** Shows how many wait, on every page but those that list them. */
export function showWaiting(count: number): void {
  if (!mark(count)) return;
  document.querySelector(".offline-bar-waiting")?.remove();
  if (count === 0 || document.querySelector("[data-outbox], [data-field], [data-survey]")) return;
  const line = banner(fill(document.body.dataset["textWaiting"], { n: count }));
  line.classList.add("offline-bar-waiting");
  const link = document.createElement("a");
  link.href = "/outbox";
  link.textContent = document.body.dataset["textWaitingOpen"] ?? "";
  line.append(" ", link);
}

/** There is a signal again: the page need not say that there is none. */
export function signalBack(): void {
  document.querySelector(".offline-bar:not(.offline-bar-waiting)")?.remove();
}

function banner(text: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "offline-bar";
  line.setAttribute("role", "status");
  line.textContent = text;
  document.getElementById("main")?.prepend(line);
  return line;
}
