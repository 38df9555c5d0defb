/** What this device keeps of an inspector's day: the points with their checklists, what was begun, and its photos. */
import { type KeptDay, Store } from "../away/store";
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

export const field = new Store<Package, Draft>("cc-field", ["files"]);

export const draftKey = (person: string, visit: Visit["id"]) => `${person}/${visit}`;
export const filesOf = (draft: Pick<Draft, "person" | "instance">) => `${draft.person}/${draft.instance}/`;

export const keptDay = (person: string, date: string): Promise<KeptDay<Package> | undefined> => field.day(`${person}/${date}`);

export const keepDay = (person: string, day: Package, at = Date.now()): Promise<void> => field.keepDay(person, { key: `${person}/${day.date}`, at, day });

export const drafts = (person: string): Promise<Draft[]> => field.begun(person);

export const keepDraft = (draft: Draft): Promise<void> => field.keep("drafts", draft);

/** Forgets a draft with its photos. */
export async function dropDraft(draft: Draft): Promise<void> {
  const done = (await field.database()).transaction(["drafts", "files"], "readwrite");
  await Promise.all([
    done.objectStore("drafts").delete(draft.key),
    done.objectStore("files").delete(IDBKeyRange.bound(filesOf(draft), `${filesOf(draft)}\uffff`)),
    done.done,
  ]);
}

export const keepFile = (file: KeptFile): Promise<void> => field.keep("files", file);

export async function keptFile(key: string): Promise<KeptFile | undefined> {
  return (await field.database()).get("files", key) as Promise<KeptFile | undefined>;
}

export const dropFile = (key: string): Promise<void> => field.drop("files", key);
