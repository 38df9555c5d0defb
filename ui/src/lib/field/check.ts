/** What of the answers counts, what does not, and every fault with its place: as `crates/checklist/src/answers/check.rs`. */
import { type Code, misfit } from "./fits";
import { Live, ROWS } from "./live";
import type { Layout } from "./map";
import { type Answers, type Checklist, type Given, type Question, type Words, isBlank } from "./model";
import { display, numberOf, one } from "./value";

export interface Fault {
  /** `lines[2]/stops[5]/clean`: rows count from 1, sections are left out. */
  path: string;
  code: Code;
  what: string;
  /** The checklist's own words, where it has some. */
  message?: Words;
}

export interface Settled {
  answers: Answers;
  /** Answered, and does not count. */
  aside: Answers;
  /** Paths of items that are not relevant. */
  hidden: string[];
  faults: Fault[];
}

/** `today` in days since 1970. */
export function settle(list: Checklist, map: Layout, answers: Answers, today: number): Settled {
  return new Check(list, new Live(map, answers, today)).settled();
}

class Check {
  private readonly hidden: string[] = [];
  private readonly faults: Fault[] = [];

  constructor(private readonly list: Checklist, private readonly live: Live) {}

  settled(): Settled {
    if (this.live.cut) this.add(0, "", "too-many-rows", String(ROWS));
    const [answers, aside] = this.frame(0);
    return { answers, aside, hidden: this.hidden, faults: this.faults };
  }

  private add(frame: number, name: string, code: Code, what: string, message?: Words): void {
    const words = message && (message.zh !== "" || message.en !== "") ? { message } : {};
    this.faults.push({ path: this.live.path(frame, name), code, what, ...words });
  }

  /** What counts in a frame, and what does not. */
  private frame(at: number): [Answers, Answers] {
    const { live } = this;
    const frame = live.frames[at];
    if (!frame) return [{}, {}];
    const [counted, aside]: [Kept, Kept] = [new Kept(), new Kept()];
    for (const [item, entry] of live.map.entries.entries()) {
      if (entry.repeats.at(-1) !== frame.repeat) continue;
      const { item: node } = entry;
      const relevant = node.item === "repeat" ? live.wouldBeRelevant(item, at) : live.isRelevant(item, at);
      if (!relevant) this.hidden.push(live.path(at, node.name));
      if (node.item === "question") {
        const found = frame.given.given?.[node.name];
        const given = isBlank(found) ? undefined : found;
        if (!relevant) aside.give(node.name, given);
        else if (node.kind === "calculate") counted.give(node.name, live.calculated(item, at));
        else {
          this.question(node, item, at, given);
          counted.give(node.name, given);
        }
      } else if (node.item === "repeat") {
        const rows = frame.rows.get(item) ?? [];
        if (node.count && relevant) {
          const asked = numberOf(one(live.value(node.count, item, at)));
          const wanted = Number.isFinite(asked) ? Math.max(Math.trunc(asked), 0) + 0 : 0;
          if (wanted !== rows.length) this.add(at, node.name, "rows", `${rows.length}/${display(wanted)}`);
        }
        if (rows.length === 0) continue;
        const pairs = rows.map((row) => this.frame(row));
        if (rows.some((row) => live.isRelevant(item, row))) counted.add(node.name, pairs.map(([in_row]) => in_row));
        if (pairs.some(([, beside]) => Object.keys(beside).length > 0)) aside.add(node.name, pairs.map(([, beside]) => beside));
      }
    }
    this.unknown(at, aside);
    return [counted.answers, aside.answers];
  }

  private question(question: Question, item: number, at: number, given: Given | undefined): void {
    const { live } = this;
    if (given === undefined) {
      const { required = false } = question;
      const wanted = typeof required === "boolean" ? required : live.holds(required, item, at);
      if (wanted) this.add(at, question.name, "required", "", question.required_message);
      return;
    }
    const wrong = misfit(this.list, question, given);
    if (wrong) this.add(at, question.name, wrong.code, wrong.what);
    else if (question.constraint && !live.holds(question.constraint, item, at)) {
      this.add(at, question.name, "constraint", "", question.constraint_message);
    }
  }

  /** Names that have no question or repeat here. */
  private unknown(at: number, aside: Kept): void {
    const { live } = this;
    const frame = live.frames[at];
    if (!frame) return;
    const known = (name: string, kind: "question" | "repeat") => {
      const item = live.map.find(name);
      const entry = item === undefined ? undefined : live.map.entries[item];
      return entry !== undefined && entry.repeats.at(-1) === frame.repeat && entry.item.item === kind;
    };
    for (const [name, given] of sorted(frame.given.given)) {
      if (known(name, "question")) continue;
      this.add(at, name, "unknown-name", "");
      aside.give(name, given);
    }
    for (const [name, rows] of sorted(frame.given.rows)) {
      if (known(name, "repeat")) continue;
      this.add(at, name, "unknown-name", "");
      aside.add(name, rows);
    }
  }
}

const sorted = <T>(all: Record<string, T> = {}): [string, T][] => Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));

/** Answers without empty parts, as the server writes them. */
class Kept {
  readonly answers: Answers = {};

  give(name: string, given: Given | undefined): void {
    if (given !== undefined) (this.answers.given ??= {})[name] = given;
  }

  add(name: string, rows: Answers[]): void {
    (this.answers.rows ??= {})[name] = rows;
  }
}
