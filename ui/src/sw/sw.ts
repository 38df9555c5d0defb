/**
 * The service worker: pages without a signal, reports that wait, news by push. Served as `/sw.js` with `self.CC` before it.
 *
 * Kept: what every page is drawn with; pages that are the same for everybody; and, for whoever asked for it on this device,
 * that one person's field list. Whose pages may be shown is decided by what the server last said of who is signed in.
 */
import { all, put, remove, removeOf, setState, state, type Waiting } from "../lib/kept";
import { field } from "../lib/field/store";
import { sendAll } from "../lib/outbox";
import { survey } from "../lib/survey/store";
import { AWAY, awayPage, keepAway } from "./away";
import { fresh, keepOwn, keptAt, OWN, wipe } from "./own";

declare const self: ServiceWorkerGlobalScope & { CC: { version: string; assets: string[] } };

const ASSETS = `cc-assets-${self.CC.version}`;
const PAGES = `cc-pages-${self.CC.version}`;
/** The same for everybody; the report form is what a citizen opens in the street. */
const SHARED = ["/report", "/outbox", "/offline"];
/** With a kept page at hand, nobody waits longer than this for a network that does not answer. */
const PATIENCE = 6_000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const assets = await caches.open(ASSETS);
      await Promise.all(self.CC.assets.map((path) => assets.add(path)));
      const pages = await caches.open(PAGES);
      await Promise.all(SHARED.map((path) => keepShared(pages, path)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await self.clients.claim();
      // kept pages are drawn with the assets of their version: new ones first, then the old go
      const whole = (await keepOwn(true)) && (await keepAway(undefined, recognise));
      for (const name of await caches.keys()) {
        const old = name.startsWith("cc-") && name !== OWN && name !== AWAY && name !== ASSETS && name !== PAGES;
        if (old && (whole || !name.startsWith("cc-assets-"))) await caches.delete(name);
      }
    })(),
  );
});

async function keepShared(pages: Cache, path: string): Promise<void> {
  const answer = await fetch(path, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  await pages.put(path, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(open(event, url));
    else if (request.method === "POST" && url.pathname === "/sign-out") event.respondWith(leave(request));
    else if (request.method === "POST") event.respondWith(submit(event, url));
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/assets/") || url.pathname === "/icon.svg") event.respondWith(asset(request));
  else if (url.pathname.startsWith("/photos/")) event.respondWith(picture(request));
});

async function asset(request: Request): Promise<Response> {
  // of any version: a kept page may be older than this worker
  return (await caches.match(request)) ?? fetch(request);
}

async function picture(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await caches.open(OWN)).match(request, { ignoreVary: true });
    if (found && (await fresh(found))) return found;
    throw error;
  }
}

// ── pages ──

async function open(event: FetchEvent, url: URL): Promise<Response> {
  const kept = await keptPage(url);
  try {
    const answer = await within(fetch(event.request), kept ? PATIENCE : 0);
    if (kept && [502, 503, 504].includes(answer.status)) return shown(kept);
    event.waitUntil(learn(answer.clone(), url));
    return answer;
  } catch (error) {
    const found = kept ?? (await shared("/offline"));
    if (!found) throw error;
    return shown(found);
  }
}

async function keptPage(url: URL): Promise<Response | undefined> {
  const own = await (await caches.open(OWN)).match(url.pathname, { ignoreVary: true });
  if (own && (await state("keeping")) !== "" && (await fresh(own))) return own;
  const away = await awayPage(url.pathname);
  if (away) return away;
  return SHARED.includes(url.pathname) ? shared(url.pathname) : undefined;
}

/** A page that is the same for everybody, without the mark of whoever it was fetched for. */
async function shared(path: string): Promise<Response | undefined> {
  const kept = await (await caches.open(PAGES)).match(path, { ignoreVary: true });
  if (!kept) return undefined;
  const text = (await kept.text()).replace(/<meta name="cc-person"[^>]*>/, "");
  return new Response(text, { status: 200, headers: kept.headers });
}

/** Says in the page that it is a kept one, so that its script can tell the reader. */
async function shown(kept: Response): Promise<Response> {
  const text = await kept.text();
  const at = keptAt(kept);
  const headers = new Headers(kept.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(text.replace("<html ", `<html data-kept="${at > 0 ? new Date(at).toISOString() : ""}" `), { status: 200, headers });
}

/** What an answer tells: who is signed in now, and a newer copy of what is kept. */
async function learn(answer: Response, url: URL): Promise<void> {
  const person = answer.headers.get("cc-person");
  if (person === null) return;
  await recognise(person === "-" ? "" : person);
  if (answer.ok && url.search === "" && SHARED.includes(url.pathname)) {
    await (await caches.open(PAGES)).put(url.pathname, answer);
  }
}

/** Somebody else, or nobody: what was kept for one person is gone before anybody can be shown it. */
async function recognise(person: string): Promise<void> {
  const before = await state("person");
  if (before === person) return;
  await setState("person", person);
  const keeping = await state("keeping");
  if (keeping !== "" && keeping !== person) await wipe();
  await caches.delete(AWAY);
  // nobody at all: a session that ended; its person's points and doors are needed for what is not sent yet
  if (person !== "") for (const store of [field, survey]) await store.forgetDaysOfOthers(person);
}

async function leave(request: Request): Promise<Response> {
  const person = await state("person");
  await wipe();
  await removeOf(person);
  await caches.delete(AWAY);
  for (const store of [field, survey]) await store.forget(person);
  await setState("person", "");
  const subscription = await self.registration.pushManager?.getSubscription().catch(() => null);
  if (subscription) await subscription.unsubscribe().catch(() => false);
  try {
    return await fetch(request);
  } catch (error) {
    const found = await shared("/offline");
    if (!found) throw error;
    return shown(found);
  }
}

function within(answer: Promise<Response>, ms: number): Promise<Response> {
  if (ms === 0) return answer;
  return new Promise((done, failed) => {
    setTimeout(() => failed(new Error("no answer")), ms);
    answer.then(done, failed);
  });
}

// ── forms ──

/** A form that carries a key is kept when nobody answers, and sent again with the same key: the server takes it once. */
async function submit(event: FetchEvent, url: URL): Promise<Response> {
  const { request } = event;
  const type = request.headers.get("content-type") ?? "";
  const copy = /form-data|urlencoded/.test(type) ? request.clone() : undefined;
  try {
    const answer = await fetch(request);
    if (copy && (answer.type === "opaqueredirect" || answer.ok)) event.waitUntil(settled(copy));
    return answer;
  } catch (error) {
    const item = copy && (await waiting(copy, url));
    if (!item) throw error;
    await put(item);
    await later();
    return Response.redirect(`/outbox?kept=${encodeURIComponent(item.key)}`, 303);
  }
}

/** What was sent after all need not wait any more. */
async function settled(request: Request): Promise<void> {
  if (!(await all()).some((item) => item.state !== "sent")) return;
  const key = (await request.formData()).get("sent_key");
  if (typeof key === "string" && key !== "") await remove(key);
}

async function waiting(request: Request, url: URL): Promise<Waiting | undefined> {
  const form = await request.formData();
  const key = form.get("sent_key");
  if (typeof key !== "string" || key === "") return undefined;
  const item: Waiting = {
    key,
    url: url.pathname,
    at: Date.now(),
    person: String(form.get("sent_by") ?? ""),
    label: String(form.get("sent_label") ?? ""),
    fields: [],
    files: [],
    state: "waiting",
  };
  for (const [name, value] of form) {
    if (["csrf", "sent_by", "sent_label"].includes(name)) continue;
    if (typeof value === "string") item.fields.push([name, value]);
    else if (value.size > 0) item.files.push({ field: name, name: value.name, type: value.type, bytes: await value.arrayBuffer() });
  }
  return item;
}

/** The browser wakes the worker when there is a signal again, where it can do that. */
async function later(): Promise<void> {
  const registration = self.registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  await registration.sync?.register("outbox").catch(() => undefined);
}

self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === "outbox") waitUntil.call(event, sendAll(tell));
});

/** Open pages show what has become of it. */
async function tell(): Promise<void> {
  for (const client of await self.clients.matchAll()) client.postMessage("outbox");
}

// ── what pages ask for ──

self.addEventListener("message", (event) => {
  const asked = event.data as { type?: string; person?: string; page?: string };
  const answer = (value: unknown) => event.ports[0]?.postMessage(value);
  if (asked.type === "keep") {
    event.waitUntil(setState("keeping", asked.person ?? "").then(() => keepOwn(true)).then(answer));
  } else if (asked.type === "away") {
    event.waitUntil(keepAway(asked.page, recognise).then(answer));
  } else if (asked.type === "refresh") {
    event.waitUntil(keepOwn(false).then(answer));
  } else if (asked.type === "forget") {
    event.waitUntil(wipe().then(answer));
  }
});

// ── news ──

self.addEventListener("push", (event) => {
  const news = (event.data?.json() ?? {}) as { title?: string; body?: string; href?: string; tag?: string };
  const options = { body: news.body ?? "", tag: news.tag ?? "news", icon: "/icon.svg", data: news.href ?? "/" };
  event.waitUntil(self.registration.showNotification(news.title ?? "", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // only ever a path of this site
  const href = String(event.notification.data);
  const path = href.startsWith("/") && !href.startsWith("//") ? href : "/";
  event.waitUntil(self.clients.openWindow(path));
});
