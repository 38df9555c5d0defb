/**
 * What this device keeps for a page that works without a network: what was fetched for a day, and what was begun. Each page has a
 * database of its own, as `kept.ts` is older than they are. Everything belongs to the mark of one person; the service worker
 * clears it.
 */
import { type IDBPDatabase, openDB } from "idb";

/** What was fetched, and when. */
export interface KeptDay<D> {
  key: string;
  at: number;
  day: D;
}

/** Days after which what was fetched is forgotten. */
const DAYS = 7;

/** Every key of a person begins with it; marks are letters of a hexadecimal number. */
const of = (person: string) => IDBKeyRange.bound(`${person}/`, `${person}/\uffff`);

/** `D`: a day; `B`: what was begun. */
export class Store<D, B extends { key: string }> {
  private opened: Promise<IDBPDatabase> | undefined;

  /** `stores`: further ones, beside `days` and `drafts`. */
  constructor(private readonly name: string, private readonly stores: string[] = []) {}

  database(): Promise<IDBPDatabase> {
    this.opened ??= openDB(this.name, 1, {
      upgrade: (db) => {
        for (const store of this.all) db.createObjectStore(store, { keyPath: "key" });
      },
    });
    return this.opened;
  }

  private get all(): string[] {
    return ["days", "drafts", ...this.stores];
  }

  async day(key: string): Promise<KeptDay<D> | undefined> {
    return (await this.database()).get("days", key) as Promise<KeptDay<D> | undefined>;
  }

  async keepDay(person: string, kept: KeptDay<D>): Promise<void> {
    const db = await this.database();
    await db.put("days", kept);
    const all = (await db.getAll("days", of(person))) as KeptDay<D>[];
    for (const old of all) if (old.at < Date.now() - DAYS * 86_400_000) await db.delete("days", old.key);
  }

  async begun(person: string): Promise<B[]> {
    return (await this.database()).getAll("drafts", of(person)) as Promise<B[]>;
  }

  /** Written to the disk before it is called kept: a telephone's battery may be empty a moment later. */
  async keep(store: string, value: B | { key: string }): Promise<void> {
    const done = (await this.database()).transaction(store, "readwrite", { durability: "strict" });
    await Promise.all([done.objectStore(store).put(value), done.done]);
  }

  async drop(store: string, key: string): Promise<void> {
    await (await this.database()).delete(store, key);
  }

  /** Whether this device was ever used for it; a database is not made by asking. */
  private async isThere(): Promise<boolean> {
    // Firefox has had `databases` since 126; before that the database is opened
    if (!indexedDB.databases) return true;
    return (await indexedDB.databases()).some(({ name }) => name === this.name);
  }

  /** Everything of one person: on signing out. */
  async forget(person: string): Promise<void> {
    if (person === "" || !(await this.isThere())) return;
    const db = await this.database();
    for (const store of this.all) await db.delete(store, of(person));
  }

  /** What was fetched for everybody else: when somebody else signs in. What they wrote waits for them, unseen. */
  async forgetDaysOfOthers(person: string): Promise<void> {
    if (!(await this.isThere())) return;
    const db = await this.database();
    for (const key of await db.getAllKeys("days")) if (!String(key).startsWith(`${person}/`)) await db.delete("days", key);
  }

  /** Whether somebody has begun what is not sent: asked before signing out. */
  async anythingBegun(person: string): Promise<boolean> {
    return (await this.isThere()) && person !== "" && (await this.begun(person)).length > 0;
  }
}
