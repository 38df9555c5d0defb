/** What this device keeps: reports that wait for a signal, and whose pages are kept. Shared by pages and the service worker. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A form that was filled in and has not been answered for yet. */
export interface Waiting {
  /** Travels with the form as `sent_key`: the server takes each only once. */
  key: string;
  url: string;
  at: number;
  /** Whose it is: the mark that the server gave the person, or "" for somebody without an account. */
  person: string;
  /** For people to recognise it by. */
  label: string;
  fields: [string, string][];
  files: { field: string; name: string; type: string; bytes: ArrayBuffer }[];
  state: "waiting" | "refused" | "sign-in" | "sent";
  /** How the server answers: with a page that it leads to, or, `data`, with JSON and a status that says everything. */
  reply?: "data";
  /** It is one text of JSON, and not a form. */
  json?: true;
  /** Holds what nobody is to look at again: emptied as soon as it cannot be taken any more. */
  closed?: true;
  /** What the page that made it needs to know of it for as long as it is listed: nothing that anybody said. */
  note?: string;
  /** The page to open it in again; without it, the one that it was sent from. */
  form?: string;
  /** What the server answered, when it did not take it; 409 of what is sent: kept beside somebody else's. */
  status?: number;
  /** Its words, as JSON. */
  said?: string;
  /** The receipt, once it is sent. */
  number?: string;
  href?: string;
}

interface Kept extends DBSchema {
  outbox: { key: string; value: Waiting };
  state: { key: string; value: string };
}

let opened: Promise<IDBPDatabase<Kept>> | undefined;

function database(): Promise<IDBPDatabase<Kept>> {
  opened ??= openDB<Kept>("cc", 1, {
    upgrade(db) {
      db.createObjectStore("outbox", { keyPath: "key" });
      db.createObjectStore("state");
    },
  });
  return opened;
}

/** Days after which what could not be sent is no longer sent by itself, and after which a receipt is forgotten. */
const SENDABLE_DAYS = 30;
const RECEIPT_DAYS = 2;
const DAY = 86_400_000;

export async function all(): Promise<Waiting[]> {
  const db = await database();
  const items = await db.getAll("outbox");
  const old = items.filter((item) => item.state === "sent" && item.at < Date.now() - RECEIPT_DAYS * DAY);
  for (const item of old) await db.delete("outbox", item.key);
  for (const item of items) {
    if (!item.closed || item.fields.length === 0 || item.at > Date.now() - SENDABLE_DAYS * DAY) continue;
    item.fields = [];
    await db.put("outbox", item);
  }
  return items.filter((item) => !old.includes(item)).sort((a, b) => a.at - b.at);
}

export async function get(key: string): Promise<Waiting | undefined> {
  return (await database()).get("outbox", key);
}

export async function put(item: Waiting): Promise<void> {
  await (await database()).put("outbox", item);
}

export async function remove(key: string): Promise<void> {
  await (await database()).delete("outbox", key);
}

export async function removeOf(person: string): Promise<void> {
  for (const item of await all()) if (item.person === person && person !== "") await remove(item.key);
}

export function isSendable(item: Waiting): boolean {
  return item.state === "waiting" && item.at > Date.now() - SENDABLE_DAYS * DAY;
}

/** Names: `person` (who was last seen to be signed in), `keeping` (whose pages are kept), `hours` (how long), `kept-at`. */
export async function state(name: string): Promise<string> {
  return (await (await database()).get("state", name)) ?? "";
}

export async function setState(name: string, value: string): Promise<void> {
  await (await database()).put("state", value, name);
}
