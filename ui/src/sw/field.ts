/** The page in which an inspector fills in checklists: kept for whoever opened it, so that it opens without a network. */
import { setState, state } from "../lib/kept";
import { signal } from "../lib/outbox";
import { fetched, fresh } from "./own";

export const FIELD = "cc-field";
export const FIELD_PAGE = "/fieldwork/app";

/** The copy, for whoever was last seen to be signed in. */
export async function fieldPage(): Promise<Response | undefined> {
  // asked in this way, no cache is made where there is none
  const kept = await caches.match(FIELD_PAGE, { cacheName: FIELD, ignoreVary: true });
  return kept && kept.headers.get("cc-person") === (await state("person")) && (await fresh(kept)) ? kept : undefined;
}

/**
 * A copy of now. Not `first`: only where there was one before. `recognise` is told who is signed in. Whether what should be
 * there is.
 */
export async function keepField(first: boolean, recognise: (person: string) => Promise<void>): Promise<boolean> {
  if (!first && !(await caches.match(FIELD_PAGE, { cacheName: FIELD, ignoreVary: true }))) return true;
  const now = await signal();
  if (!now) return false;
  await setState("hours", String(now.hours));
  await recognise(now.person);
  if (now.person === "") return true;
  const page = await fetched(FIELD_PAGE, now.person);
  // it may have come after somebody signed out
  if (!page || (await state("person")) !== now.person) return false;
  await (await caches.open(FIELD)).put(FIELD_PAGE, page);
  return true;
}
