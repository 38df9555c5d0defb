/** Answers laid beside their checklist: rows, relevance and calculated values. As `crates/checklist/src/answers/live.rs`. */
import { Layout } from "./map";
import { type Answers, type Given, type Kind, type Place, type Tree, isBlank, isPlace } from "./model";
import { type Scalar, type Value, daysOf, dayText, display, isDay, one, textOf } from "./value";
import { type Surroundings, truth, workOut } from "./work";

/** Rows of all repeats together. */
export const ROWS = 2000;

/** One row of a repeat, or the whole. */
export interface Frame {
  repeat: number | undefined;
  /** The frame around; the outermost stands around itself. */
  parent: number;
  /** How many repeats stand around and with it. */
  depth: number;
  /** Counted from 0 within its repeat. */
  row: number;
  given: Answers;
  /** Rows of the repeats that stand directly in it. */
  rows: Map<number, number[]>;
  relevant: Map<number, boolean>;
  calculated: Map<number, Scalar>;
}

export class Live {
  readonly frames: Frame[] = [];
  /** Whether there were more rows than are looked at. */
  cut = false;

  constructor(readonly map: Layout, answers: Answers, private readonly today: number) {
    this.enter(undefined, 0, 0, answers);
    for (const item of map.order) {
      const innermost = map.rows(item).at(-1);
      for (const [at, frame] of this.frames.entries()) if (frame.repeat === innermost) this.settle(item, at);
    }
  }

  private enter(repeat: number | undefined, parent: number, row: number, given: Answers): number {
    const at = this.frames.length;
    const depth = repeat === undefined ? 0 : (this.frames[parent]?.depth ?? 0) + 1;
    const frame: Frame = { repeat, parent, depth, row, given, rows: new Map(), relevant: new Map(), calculated: new Map() };
    this.frames.push(frame);
    for (const [inner, entry] of this.map.entries.entries()) {
      if (entry.item.item !== "repeat" || entry.repeats.at(-1) !== repeat) continue;
      const rows: number[] = [];
      for (const [row, answers] of (given.rows?.[entry.item.name] ?? []).entries()) {
        if (this.frames.length > ROWS) {
          this.cut = true;
          break;
        }
        rows.push(this.enter(inner, at, row, answers));
      }
      frame.rows.set(inner, rows);
    }
    return at;
  }

  private settle(item: number, at: number): void {
    const relevant = this.wouldBeRelevant(item, at);
    const question = this.map.question(item);
    const value = relevant && question?.expr ? one(this.value(question.expr, item, at)) : undefined;
    this.frames[at]?.relevant.set(item, relevant);
    if (value !== undefined) this.frames[at]?.calculated.set(item, value);
  }

  /** Whether an item counts in a frame, its own condition worked out there. */
  wouldBeRelevant(item: number, at: number): boolean {
    const entry = this.map.entries[item];
    if (!entry) return false;
    const around = entry.parent === undefined || this.isRelevant(entry.parent, at);
    return around && (entry.item.relevant === undefined || this.holds(entry.item.relevant, item, at));
  }

  /** Whether an item counts, in this frame or the one around it that it belongs to. */
  isRelevant(item: number, at: number): boolean {
    return this.frames[this.around(at, this.map.rows(item).length)]?.relevant.get(item) ?? false;
  }

  private around(at: number, depth: number): number {
    for (;;) {
      const frame = this.frames[at];
      if (!frame || frame.depth <= depth) return at;
      at = frame.parent;
    }
  }

  holds(tree: Tree, item: number, at: number): boolean {
    return truth(tree, this.here(item, at));
  }

  value(tree: Tree, item: number, at: number): Value {
    return workOut(tree, this.here(item, at));
  }

  /** The answer to a question in the frame it belongs to; nothing where there is none or it does not count. */
  given(item: number, at: number): Given | undefined {
    const question = this.map.question(item);
    if (!question || !this.isRelevant(item, at)) return undefined;
    const given = this.frames[this.around(at, this.map.rows(item).length)]?.given.given?.[question.name];
    return isBlank(given) ? undefined : given;
  }

  /** What was calculated, as an answer. */
  calculated(item: number, at: number): Given | undefined {
    const value = this.frames[at]?.calculated.get(item);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "boolean") return String(value);
    if (isDay(value)) return dayText(value.days) || undefined;
    if (typeof value === "string") return value;
    if (Number.isNaN(value)) return undefined;
    return Number.isFinite(value) ? value + 0 : textOf(value);
  }

  private scalar(item: number, at: number): Scalar {
    const question = this.map.question(item);
    if (!question) return "";
    if (question.kind === "calculate") {
      const found = this.frames[this.around(at, this.map.rows(item).length)]?.calculated.get(item);
      // a calculation that has no result leaves its question without an answer
      return found === undefined || Number.isNaN(found) ? "" : found;
    }
    const given = this.given(item, at);
    return given === undefined ? "" : scalarOf(question.kind, given);
  }

  /** Frames in which an item is answered, as seen from a frame. */
  framesOf(item: number, from: number): number[] {
    const repeats = this.map.entries[item]?.repeats ?? [];
    const chain = this.chain(from);
    let shared = 0;
    while (shared < repeats.length && chain[shared] === repeats[shared]) shared += 1;
    let found = [this.around(from, shared)];
    for (const repeat of repeats.slice(shared)) found = found.flatMap((at) => this.frames[at]?.rows.get(repeat) ?? []);
    return found;
  }

  /** Repeats of a frame and of those around it, outermost first. */
  private chain(at: number): number[] {
    const chain: number[] = [];
    for (let frame = this.frames[at]; frame?.repeat !== undefined; frame = this.frames[frame.parent]) chain.unshift(frame.repeat);
    return chain;
  }

  /** `lines[2]/stops[5]/clean` */
  path(at: number, name: string): string {
    const parts = [name];
    for (let frame = this.frames[at]; frame?.repeat !== undefined; frame = this.frames[frame.parent]) {
      parts.unshift(`${this.map.entries[frame.repeat]?.item.name ?? ""}[${frame.row + 1}]`);
    }
    return parts.filter((part) => part !== "").join("/");
  }

  private here(item: number, at: number): Surroundings {
    return {
      answers: (name) => {
        const asked = this.map.find(name);
        if (asked === undefined) return "";
        const frames = this.framesOf(asked, at);
        if (this.map.entries[asked]?.item.item === "repeat") {
          return frames.flatMap((frame) => this.frames[frame]?.rows.get(asked) ?? []).filter((row) => this.isRelevant(asked, row)).map(() => "");
        }
        return frames.filter((frame) => this.isRelevant(asked, frame)).map((frame) => this.scalar(asked, frame));
      },
      own: () => {
        const [question, given] = [this.map.question(item), this.given(item, at)];
        return question && given !== undefined ? scalarOf(question.kind, given) : "";
      },
      position: (steps) => {
        let up: number | undefined = item;
        for (let n = 0; n < steps && up !== undefined; n += 1) up = this.map.entries[up]?.parent;
        if (up === undefined || this.map.entries[up]?.item.item !== "repeat") return 1;
        return (this.frames[this.around(at, this.map.rows(up).length)]?.row ?? 0) + 1;
      },
      today: () => this.today,
    };
  }
}

/** An answer as expressions see it, which is as it stands in a submission. */
export function scalarOf(kind: Kind, given: Given): Scalar {
  if (typeof given === "number") return given;
  if (typeof given === "string") {
    const days = kind === "date" ? daysOf(given) : undefined;
    return days === undefined ? given : { days };
  }
  if (isPlace(given)) return placeText(given);
  if (given.length > 0 && typeof given[0] !== "string") return (given as Place[]).map(placeText).join(";");
  return kind === "photo" ? ((given as string[])[0] ?? "") : (given as string[]).join(" ");
}

/** Latitude, longitude, altitude, accuracy, as ODK's programs write them. */
function placeText({ lat, lng, altitude = 0, accuracy = 0 }: Place): string {
  return [lat, lng, altitude, accuracy].map(display).join(" ");
}
