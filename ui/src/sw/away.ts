/** Pages that work without a network: kept for whoever opened them, so that they open without one. */
import { setState, state } from "../lib/kept";
import { signal } from "../lib/outbox";
import { fetched, fresh } from "./own";

/** Named for the first of them. */
export const AWAY = "cc-field";
const PAGES = ["/fieldwork/app", "/surveys/app"];

const kept = (page: string) =>
  // asked in this way, no cache is made where there is none
  caches.match(page, { cacheName: AWAY, ignoreVary: true });

/** The copy, for whoever was last seen to be signed in. */
export async function awayPage(page: string): Promise<Response | undefined> {
  if (!PAGES.includes(page)) return undefined;
  const found = await kept(page);
  return found && found.headers.get("cc-person") === (await state("person")) && (await fresh(found)) ? found : undefined;
}

/**
 * A copy of now: of `page`, or, without one, of all that were kept before. `recognise` is told who is signed in. Whether what
 * should be there is.
 */
export async function keepAway(page: string | undefined, recognise: (person: string) => Promise<void>): Promise<boolean> {
  const wanted: string[] = [];
  for (const one of PAGES) if (page === undefined ? await kept(one) : one === page) wanted.push(one);
  if (wanted.length === 0) return true;
  const now = await signal();
  if (!now) return false;
  await setState("hours", String(now.hours));
  await recognise(now.person);
  if (now.person === "") return true;
  let whole = true;
  for (const one of wanted) {
    const copy = await fetched(one, now.person);
    // it may have come after somebody signed out
    if (copy && (await state("person")) === now.person) await (await caches.open(AWAY)).put(one, copy);
    else whole = false;
  }
  return whole;
}
