/** One person's pages on this device: their field list, with what is needed to answer from it. */
import { setState, state } from "../lib/kept";
import { signal } from "../lib/outbox";

export const OWN = "cc-own";

/** The hours of the city's setting; a device that was never told a number keeps nothing for longer than a day. */
const HOURS = 24;
/** A copy that is younger than this is not fetched again. */
const YOUNG = 10 * 60_000;
/** Small copies of photos that belong to a kept page. */
const PHOTOS = /\/photos\/[^"'\s?]+\/thumb(?:\?[^"'\s]*)?/g;
/** Photos kept for one page. */
const MOST_PHOTOS = 6;

export function keptAt(answer: Response): number {
  return Number(answer.headers.get("cc-kept-at") ?? 0);
}

export async function fresh(answer: Response): Promise<boolean> {
  const hours = Number(await state("hours")) || HOURS;
  return keptAt(answer) > Date.now() - hours * 3_600_000;
}

/** Forgets everything that is one person's. */
export async function wipe(): Promise<void> {
  await caches.delete(OWN);
  await setState("keeping", "");
  await setState("kept-at", "");
}

/**
 * Brings the copies up to date, for whoever asked for it on this device. Whether everything worth keeping is kept.
 * `anew`: also what is young.
 */
export async function keepOwn(anew: boolean): Promise<boolean> {
  const keeping = await state("keeping");
  if (keeping === "") return true;
  const now = await signal();
  if (!now) return false;
  if (now.person !== keeping) {
    await wipe();
    return true;
  }
  await setState("hours", String(now.hours));
  const cache = await caches.open(OWN);
  const wanted = new Set<string>();
  let whole = true;
  for (const path of now.pages) {
    wanted.add(path);
    const had = await cache.match(path, { ignoreVary: true });
    if (had && !anew && keptAt(had) > Date.now() - YOUNG) {
      (await photos(had.clone())).forEach((photo) => wanted.add(photo));
      continue;
    }
    const page = await fetched(path, keeping);
    if (!page) {
      whole = false;
      continue;
    }
    // the last page's answer may have come after somebody signed out
    if ((await state("keeping")) !== keeping) return false;
    await cache.put(path, page.clone());
    for (const photo of await photos(page)) {
      wanted.add(photo);
      // asked for again each time, which costs nothing while it is the same: parts of it may have been covered meanwhile
      const picture = await fetched(photo);
      if (picture) await cache.put(photo, picture);
      else await cache.delete(photo);
    }
  }
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.has(pathname + search)) await cache.delete(request);
  }
  await setState("kept-at", String(Date.now()));
  return whole;
}

async function photos(page: Response): Promise<string[]> {
  const text = await page.text();
  return [...new Set(text.replaceAll("&amp;", "&").match(PHOTOS) ?? [])].slice(0, MOST_PHOTOS);
}

/** An answer with the moment it was kept at, if it is for this person. */
export async function fetched(path: string, person?: string): Promise<Response | undefined> {
  try {
    const answer = await fetch(path, { cache: "no-cache" });
    if (!answer.ok || answer.redirected) return undefined;
    if (person && answer.headers.get("cc-person") !== person) return undefined;
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "set-cookie"]) headers.delete(name);
    if (person) headers.set("cc-person", person);
    headers.set("cc-kept-at", String(Date.now()));
    return new Response(await answer.blob(), { status: 200, headers });
  } catch {
    return undefined;
  }
}
