/** What pages without a network share about sending: the outbox sends, and what it was told comes back to whoever made it. */
import { all, isSendable, type Waiting } from "../kept";

/** How something in the outbox stands. `wrong`: what it says has to be mended. */
export type Standing = "waiting" | "stale" | "sign-in" | "wrong" | "refused" | "sent";

export function standingOf(item: Waiting): Standing {
  if (item.state === "waiting") return isSendable(item) ? "waiting" : "stale";
  return item.state === "refused" && item.status === 422 ? "wrong" : item.state;
}

/** What a person's page has put there, the oldest first. */
export async function ownItems(person: string, form: string): Promise<Waiting[]> {
  return (await all()).filter((item) => item.person === person && item.form?.startsWith(form));
}

/** The browser wakes the worker when there is a signal again, where it can do that. */
export async function later(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await registration?.sync?.register("outbox");
  } catch {
    /* refused: pages try by themselves */
  }
}

/** Whatever a server answered, as an object. */
export function told(said: string | undefined): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(said ?? "");
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Of a problem's JSON: faults of answers, or fields of a form. */
export function faultsIn(said: string | undefined): Record<string, unknown>[] {
  const { faults, errors, fields } = told(said);
  return ([faults, errors, fields].find((list) => Array.isArray(list)) ?? []) as Record<string, unknown>[];
}
