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

/** Longest wait for one report with its photos on a slow connection. */
const PATIENCE = 120_000;

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
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  for (const file of item.files) body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
  body.set("csrf", now.csrf);
  body.set("sent_key", item.key);
  // what the page could not ask without a signal is not demanded now
  body.set("sent_late", "1");
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(item.url, { method: "POST", body, signal: timeout(PATIENCE) });
    text = await answer.text();
  } catch {
    return false;
  }
  if (answer.status === 429 || answer.status >= 500) return false;
  const to = new URL(answer.url).pathname;
  if (answer.ok && answer.redirected && !to.startsWith("/sign-in")) {
    item.state = "sent";
    item.at = Date.now();
    item.number = /data-receipt="([^"]*)"/.exec(text)?.[1] ?? to.split("/").pop() ?? "";
    item.href = /data-receipt-href="([^"]*)"/.exec(text)?.[1] ?? to;
    // what it said about people is the server's now
    item.fields = [];
    item.files = [];
  } else if (answer.redirected) {
    item.state = "sign-in";
  } else {
    item.state = "refused";
    item.status = answer.status;
  }
  return true;
}

function timeout(ms: number): AbortSignal {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  return stop.signal;
}
