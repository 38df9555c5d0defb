/**
 * What this device keeps of an inspector's day: the points with their checklists, what was begun, and its photos. A database of
 * its own, as `kept.ts` is older than it. Everything belongs to the mark of one person; the service worker clears it.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Answers, Checklist, Words } from "./model";

/** A point to visit: see `GET /api/v1/fieldwork/day`. */
export interface Visit {
  id: string;
  /** Number of the inspection. */
  inspection: string;
  /** Number of the point. */
  number: string;
  name: string;
  /** Code of its type. */
  type: string;
  address: string | null;
  lng: number;
  lat: number;
  /** In the day's way, from 1. */
  place: number;
  checklist: string | null;
  state: "open" | "handed_in";
  /** Page of the record that is there. */
  record: string | null;
  /** Why it came back. */
  returned?: string | null;
}

export interface Version {
  id: string;
  code: string;
  version: string;
  name: Words;
  model: Checklist;
}

export interface Package {
  date: string;
  made_at: string;
  visits: Visit[];
  checklists: Version[];
}

/** Answers that are not handed in yet. */
export interface Draft {
  key: string;
  person: string;
  visit: string;
  /** Sent with it: the server takes each only once. */
  instance: string;
  /** The version that was begun with: another may be published meanwhile. */
  version: Version;
  /** For people to recognise it by. */
  label: string;
  date: string;
  started_at: string;
  at: number;
  answers: Answers;
  /** The screen that was looked at last. */
  screen: number;
}

export interface KeptFile {
  key: string;
  name: string;
  type: string;
  bytes: ArrayBuffer;
}

interface Days {
  key: string;
  at: number;
  day: Package;
}

interface Field extends DBSchema {
  days: { key: string; value: Days };
  drafts: { key: string; value: Draft };
  files: { key: string; value: KeptFile };
}

let opened: Promise<IDBPDatabase<Field>> | undefined;

function database(): Promise<IDBPDatabase<Field>> {
  opened ??= openDB<Field>("cc-field", 1, {
    upgrade(db) {
      for (const store of ["days", "drafts", "files"] as const) db.createObjectStore(store, { keyPath: "key" });
    },
  });
  return opened;
}

/** Days after which a day's points are forgotten. */
const DAYS = 7;

/** Every key of a person begins with it; marks are letters of a hexadecimal number. */
const of = (person: string) => IDBKeyRange.bound(`${person}/`, `${person}/\uffff`);

export const draftKey = (person: string, visit: Visit["id"]) => `${person}/${visit}`;
export const filesOf = (draft: Pick<Draft, "person" | "instance">) => `${draft.person}/${draft.instance}/`;

export async function keptDay(person: string, date: string): Promise<Days | undefined> {
  return (await database()).get("days", `${person}/${date}`);
}

export async function keepDay(person: string, day: Package, at = Date.now()): Promise<void> {
  const db = await database();
  await db.put("days", { key: `${person}/${day.date}`, at, day });
  for (const old of await db.getAll("days", of(person))) if (old.at < Date.now() - DAYS * 86_400_000) await db.delete("days", old.key);
}

export async function drafts(person: string): Promise<Draft[]> {
  return (await database()).getAll("drafts", of(person));
}

/** Written to the disk before it is called kept: a telephone's battery may be empty a moment later. */
async function keepForSure<S extends "drafts" | "files">(store: S, value: Field[S]["value"]): Promise<void> {
  const done = (await database()).transaction(store, "readwrite", { durability: "strict" });
  await Promise.all([done.objectStore(store).put(value), done.done]);
}

export async function keepDraft(draft: Draft): Promise<void> {
  await keepForSure("drafts", draft);
}

/** Forgets a draft with its photos. */
export async function dropDraft(draft: Draft): Promise<void> {
  const db = await database();
  const done = db.transaction(["drafts", "files"], "readwrite");
  await Promise.all([
    done.objectStore("drafts").delete(draft.key),
    done.objectStore("files").delete(IDBKeyRange.bound(filesOf(draft), `${filesOf(draft)}\uffff`)),
    done.done,
  ]);
}

export async function keepFile(file: KeptFile): Promise<void> {
  await keepForSure("files", file);
}

export async function keptFile(key: string): Promise<KeptFile | undefined> {
  return (await database()).get("files", key);
}

export async function dropFile(key: string): Promise<void> {
  await (await database()).delete("files", key);
}

/** Whether this device was ever used for it; a database is not made by asking. */
async function isThere(): Promise<boolean> {
  // Firefox has had `databases` since 126; before that the database is opened
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some(({ name }) => name === "cc-field");
}

/** Everything of one person: on signing out. */
export async function forget(person: string): Promise<void> {
  if (person === "" || !(await isThere())) return;
  const db = await database();
  for (const store of ["days", "drafts", "files"] as const) await db.delete(store, of(person));
}

/** Points and addresses of everybody else: when somebody else signs in. What they wrote waits for them, unseen. */
export async function forgetDaysOfOthers(person: string): Promise<void> {
  if (!(await isThere())) return;
  const db = await database();
  for (const key of await db.getAllKeys("days")) if (!key.startsWith(`${person}/`)) await db.delete("days", key);
}

/** Whether somebody has begun what is not handed in: asked before signing out. */
export async function anythingBegun(person: string): Promise<boolean> {
  return (await isThere()) && person !== "" && (await drafts(person)).length > 0;
}
