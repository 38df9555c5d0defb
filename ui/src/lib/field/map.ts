/** A checklist's items in one row, with what stands around each of them: as `crates/checklist/src/map.rs`. */
import { type Checklist, type Item, type Question, type Tree, inside } from "./model";

export interface Entry {
  item: Item;
  /** The section or repeat it stands in. */
  parent: number | undefined;
  /** Repeats around it, outermost first; a repeat does not stand around itself. */
  repeats: number[];
}

export class Layout {
  readonly entries: Entry[] = [];
  /** Items in an order in which everything that is asked for comes first. */
  readonly order: number[];
  private readonly names = new Map<string, number>();

  constructor(list: Checklist) {
    this.enter(list.items, undefined, []);
    this.order = this.sorted();
  }

  private enter(items: Item[], parent: number | undefined, repeats: number[]): void {
    for (const item of items) {
      const at = this.entries.length;
      if (!this.names.has(item.name)) this.names.set(item.name, at);
      this.entries.push({ item, parent, repeats });
      this.enter(inside(item), at, item.item === "repeat" ? [...repeats, at] : repeats);
    }
  }

  find(name: string): number | undefined {
    return this.names.get(name);
  }

  question(at: number): Question | undefined {
    const item = this.entries[at]?.item;
    return item?.item === "question" ? item : undefined;
  }

  /** Repeats whose rows an item is answered in, itself included where it is one. */
  rows(at: number): number[] {
    const entry = this.entries[at];
    if (!entry) return [];
    return entry.item.item === "repeat" ? [...entry.repeats, at] : entry.repeats;
  }

  /** The first that waits for nothing, again and again; what waits in a circle is left out, as the server refuses it. */
  private sorted(): number[] {
    const before = this.entries.map(({ item, parent }) => {
      const asked = asks(item).flatMap((tree) => names(tree)).map((name) => this.find(name));
      return new Set([...asked, parent].filter((at) => at !== undefined));
    });
    const order: number[] = [];
    const left = new Set(this.entries.keys());
    for (;;) {
      const next = [...left].find((at) => [...(before[at] ?? [])].every((needed) => !left.has(needed)));
      if (next === undefined) return order;
      order.push(next);
      left.delete(next);
    }
  }
}

/** Expressions that must be worked out before the item's own value is known. */
function asks(item: Item): Tree[] {
  const calculated = item.item === "question" ? item.expr : item.item === "repeat" ? item.count : undefined;
  return [item.relevant, calculated].filter((tree) => tree !== undefined);
}

export function names(tree: Tree): string[] {
  if ("name" in tree) return [tree.name];
  if ("negative" in tree) return names(tree.negative);
  return "of" in tree ? (tree.of as Tree[]).flatMap(names) : [];
}
