/** Sends what waits. Runs in pages and in the service worker; one at a time where the browser can tell. */
import { all, isSendable, put, type Waiting } from "./kept";

/** What the server says of this browser: see `/offline/state`. */
export interface Signal {
  /** The mark of whoever is signed in; empty for nobody. */
  person: string;
  csrf: string;
  /** How long pages may be kept, in hours. */
  hours: number;
  /** Pages worth keeping for this person. */
  pages: string[];
}

/** Undefined without a signal. */
export async function signal(): Promise<Signal | undefined> {
  try {
    const answer = await fetch("/offline/state", { cache: "no-store", signal: timeout(10_000) });
    return answer.ok ? ((await answer.json()) as Signal) : undefined;
  } catch {
    return undefined;
  }
}

/** Longest wait for one report with its photos on a slow connection, and what each byte adds to it: 20 kB a second. */
const PATIENCE = 120_000;
const A_BYTE = 1 / 20;

/** Tries everything that waits; whether anything changed. */
export async function sendAll(changed: (item: Waiting) => void | Promise<void> = () => undefined): Promise<boolean> {
  const work = async () => {
    const items = (await all()).filter((item) => isSendable(item) || item.state === "sign-in");
    if (items.length === 0) return false;
    const now = await signal();
    if (!now) return false;
    let some = false;
    for (const item of items) {
      const before = item.state;
      if (!(await send(item, now))) break;
      if (item.state === before) continue;
      some = true;
      await put(item);
      await changed(item);
    }
    return some;
  };
  if (!navigator.locks) return work();
  const done = await navigator.locks.request("cc-outbox", { ifAvailable: true }, (lock) => (lock ? work() : false));
  return done ?? false;
}

/** False when there is no signal after all: nothing is known then, and the same will be sent again. */
async function send(item: Waiting, now: Signal): Promise<boolean> {
  if (item.person !== now.person && item.person !== "") {
    item.state = "sign-in";
    return true;
  }
  let body: FormData | string = new FormData();
  const headers: Record<string, string> = {};
  let patience = PATIENCE;
  for (const [name, value] of item.fields) body.append(name, value);
  for (const file of item.files) {
    body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
    patience += file.bytes.byteLength * A_BYTE;
  }
  if (item.json) {
    body = item.fields[0]?.[1] ?? "";
    headers["Content-Type"] = "application/json";
  }
  if (item.reply === "data" || typeof body === "string") {
    headers["Accept"] = "application/json";
    headers["X-CSRF-Token"] = now.csrf;
  } else {
    body.set("csrf", now.csrf);
    body.set("sent_key", item.key);
    // what the page could not ask without a signal is not demanded now
    body.set("sent_late", "1");
  }
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(item.url, { method: "POST", body, headers, signal: timeout(patience) });
    text = await answer.text();
  } catch {
    return false;
  }
  if (answer.status === 429 || answer.status >= 500) return false;
  if (item.reply === "data") {
    data(item, answer, text);
    return true;
  }
  const to = new URL(answer.url).pathname;
  if (answer.ok && answer.redirected && !to.startsWith("/sign-in")) {
    received(item);
    item.number = /data-receipt="([^"]*)"/.exec(text)?.[1] ?? to.split("/").pop() ?? "";
    item.href = /data-receipt-href="([^"]*)"/.exec(text)?.[1] ?? to;
  } else if (answer.redirected) {
    item.state = "sign-in";
  } else {
    item.state = "refused";
    item.status = answer.status;
  }
  return true;
}

function received(item: Waiting): void {
  item.state = "sent";
  item.at = Date.now();
  // what it said about people is the server's now
  item.fields = [];
  item.files = [];
}

/** Longest answer that is kept, in characters. */
const SAID = 100_000;

/** Received (409 that says so: kept beside somebody else's), to be signed in for, or refused. */
function data(item: Waiting, answer: Response, text: string): void {
  const told = read(text);
  item.status = answer.status;
  item.said = text.slice(0, SAID);
  if (answer.ok || (answer.status === 409 && told["kept"] === true)) {
    received(item);
    item.number = String(told["number"] ?? told["id"] ?? "");
    const href = told["href"] ?? told["record"];
    if (typeof href === "string" && href.startsWith("/")) item.href = href;
  } else {
    item.state = answer.status === 401 ? "sign-in" : "refused";
    // of what was taken already, or has no place any more
    if (item.closed && answer.status === 409) item.fields = [];
  }
}

function read(text: string): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === "object" && told !== null ? (told as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function timeout(ms: number): AbortSignal {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  return stop.signal;
}
