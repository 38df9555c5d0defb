/** A checklist cut into screens, rows that are asked for, and files that answers name. No page in here. */
import { begin } from "./begin";
import { Live } from "./live";
import type { Layout } from "./map";
import { type Answers, type Checklist, type Item, type Question, type Words, inside } from "./model";
import { numberOf, one } from "./value";

/** One screen: a section or repeat of the outermost level, or what stands between two of them. */
export interface Screen {
  label: Words;
  items: Item[];
}

export function screens(list: Checklist): Screen[] {
  const found: Screen[] = [];
  let loose: Item[] = [];
  const close = () => {
    if (loose.length > 0) found.push({ label: list.title, items: loose });
    loose = [];
  };
  for (const item of list.items) {
    if (item.item === "section" || item.item === "repeat") {
      close();
      found.push({ label: item.label, items: [item] });
    } else loose.push(item);
  }
  close();
  return found;
}

/** What is worked out and has no words is nothing to look at. */
export const isShown = (item: Item): boolean => !(item.item === "question" && item.kind === "calculate" && item.label.zh === "" && item.label.en === "");

/** Whether anything of a screen is to be seen. */
export function isOpen(screen: Screen, hidden: Set<string>): boolean {
  return screen.items.some((item) => isShown(item) && !hidden.has(item.name));
}

/** The screen on which a path is asked. */
export function screenOf(all: Screen[], path: string): number {
  const name = /^[^/[]*/.exec(path)?.[0] ?? "";
  const last = path.split("/").at(-1)?.replace(/\[\d+\]$/, "") ?? "";
  const has = (items: Item[], wanted: string): boolean => items.some((item) => item.name === wanted || has(inside(item), wanted));
  const at = all.findIndex(({ items }) => has(items, name) || has(items, last));
  return Math.max(at, 0);
}

/** Rows that a checklist asks for but nobody can add by hand: at most so many, whatever was typed. */
const MOST_ROWS = 200;

/** Adds rows that are asked for and takes away blank ones that are not. Whether anything changed. */
export function fitRows(list: Checklist, map: Layout, answers: Answers, today: number): boolean {
  let changed = false;
  // what is added may ask for more
  for (let round = 0; round < 4; round += 1) {
    const live = new Live(map, answers, today);
    let again = false;
    for (const [at, frame] of live.frames.entries()) {
      for (const [repeat] of frame.rows) {
        const item = map.entries[repeat]?.item;
        if (item?.item !== "repeat" || !item.count || !live.wouldBeRelevant(repeat, at)) continue;
        const asked = numberOf(one(live.value(item.count, repeat, at)));
        const wanted = Number.isFinite(asked) ? Math.min(Math.max(Math.trunc(asked), 0), MOST_ROWS) : 0;
        const rows = ((frame.given.rows ??= {})[item.name] ??= []);
        const blank = JSON.stringify(begin(list, item.items));
        const before = rows.length;
        while (rows.length < wanted) rows.push(begin(list, item.items));
        while (rows.length > wanted && isUntouched(rows.at(-1), blank)) rows.pop();
        if (rows.length !== before) again = changed = true;
        if (rows.length === 0) delete frame.given.rows[item.name];
      }
    }
    if (!again) break;
  }
  return changed;
}

function isUntouched(row: Answers | undefined, blank: string): boolean {
  if (!row) return false;
  const { given = {}, rows = {} } = row;
  const inner = Object.values(rows).flat().every((row) => Object.keys(row.given ?? {}).length === 0);
  return inner && (Object.keys(given).length === 0 || JSON.stringify({ given }) === blank);
}

export interface Named {
  /** Path of its answer. */
  path: string;
  name: string;
}

/** Files that these answers name, with the paths of their questions. */
export function filesIn(items: Item[], answers: Answers, before = ""): Named[] {
  return items.flatMap((item) => {
    if (item.item === "section") return filesIn(item.items, answers, before);
    if (item.item === "repeat") {
      return (answers.rows?.[item.name] ?? []).flatMap((row, at) => filesIn(item.items, row, `${before}${item.name}[${at + 1}]/`));
    }
    return item.item === "question" ? namesOf(item, answers).map((name) => ({ path: before + item.name, name })) : [];
  });
}

export function namesOf(question: Question, answers: Answers): string[] {
  const given = answers.given?.[question.name];
  if (question.kind === "photo" && Array.isArray(given)) return given.filter((name) => typeof name === "string");
  return question.kind === "audio" && typeof given === "string" && given !== "" ? [given] : [];
}
