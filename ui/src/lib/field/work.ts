/** What an expression comes to, over its tree: as `crates/checklist/src/expr/work.rs`, function by function. Nothing fails. */
import type { Op, Tree } from "./model";
import { matches } from "./pattern";
import { round } from "./round";
import { type Scalar, type Value, daysOf, equals, isDay, numberOf, one, textOf, trim, truthOf, words } from "./value";

/** What stands around an expression while it is worked out. */
export interface Surroundings {
  /** Answers of a name as seen from here: those of the same rows, and all rows of repeats that are not around us. */
  answers(name: string): Value;
  /** The answer to the question that the expression belongs to. */
  own(): Scalar;
  /** Which one of its repeat the item so many steps up is, from 1. */
  position(steps: number): number;
  /** Days since 1970. */
  today(): number;
}

export function truth(tree: Tree, around: Surroundings): boolean {
  return truthOf(one(workOut(tree, around)));
}

export function workOut(tree: Tree, around: Surroundings): Value {
  if ("number" in tree) return tree.number;
  if ("text" in tree) return tree.text;
  if ("name" in tree) return around.answers(tree.name);
  if ("this" in tree) return around.own();
  if ("position" in tree) return around.position(tree.position);
  if ("negative" in tree) return -numberOf(one(workOut(tree.negative, around)));
  if ("op" in tree) return pair(tree.op, tree.of[0], tree.of[1], around);
  return called(tree.call, tree.of, around);
}

function pair(op: Op, left: Tree, right: Tree, around: Surroundings): Scalar {
  const scalar = (tree: Tree) => one(workOut(tree, around));
  const number = (tree: Tree) => numberOf(scalar(tree));
  switch (op) {
    case "or": return truth(left, around) || truth(right, around);
    case "and": return truth(left, around) && truth(right, around);
    case "=": return equals(scalar(left), scalar(right));
    // what is no number is unequal to everything, itself included
    case "!=": return !equals(scalar(left), scalar(right));
    case "<": return number(left) < number(right);
    case "<=": return number(left) <= number(right);
    case ">": return number(left) > number(right);
    case ">=": return number(left) >= number(right);
    case "+": return number(left) + number(right);
    case "-": return number(left) - number(right);
    case "*": return number(left) * number(right);
    case "div": return number(left) / number(right);
    case "mod": return number(left) % number(right);
  }
}

type Given = {
  scalar(at: number): Scalar;
  text(at: number): string;
  number(at: number): number;
  /** Every answer of the first. */
  nodes(): Scalar[];
  /** Numbers of all, with every answer of a name. */
  all(): number[];
  length: number;
};

const FUNCTIONS: Record<string, (given: Given, around: Surroundings) => Scalar> = {
  not: (given) => !truthOf(given.scalar(0)),
  selected: (given) => ` ${given.text(0)} `.includes(` ${trim(given.text(1))} `),
  "selected-at": (given) => {
    const at = given.number(1);
    return at >= 0 && at < 1e6 ? (words(given.text(0))[Math.trunc(at)] ?? "") : "";
  },
  "count-selected": (given) => words(given.text(0)).length,
  if: (given) => given.scalar(truthOf(given.scalar(0)) ? 1 : 2),
  coalesce: (given) => {
    const first = given.scalar(0);
    return textOf(first) === "" ? given.scalar(1) : first;
  },
  "string-length": (given) => [...given.text(0)].length,
  concat: (given) => Array.from({ length: given.length }, (_, at) => given.text(at)).join(""),
  contains: (given) => given.text(0).includes(given.text(1)),
  "starts-with": (given) => given.text(0).startsWith(given.text(1)),
  regex: (given) => matches(given.text(1), given.text(0)),
  int: (given) => Math.trunc(given.number(0)),
  number: (given) => given.number(0),
  string: (given) => given.text(0),
  round: (given) => round(given.number(0), given.length > 1 ? Math.trunc(given.number(1)) : 0),
  // Rust's sum of nothing is -0, which nobody sees but who divides by it
  sum: (given) => given.all().filter((number) => !Number.isNaN(number)).reduce((sum, number) => sum + number, -0),
  count: (given) => given.nodes().length,
  min: (given) => outermost(given.all(), (one, other) => one < other),
  max: (given) => outermost(given.all(), (one, other) => one > other),
  today: (_, around) => ({ days: around.today() }),
  true: () => true,
  false: () => false,
  date: (given) => date(given.scalar(0)),
  once: (given, around) => {
    const before = around.own();
    return textOf(before) === "" ? given.scalar(0) : before;
  },
};

function called(name: string, of: Tree[], around: Surroundings): Scalar {
  const value = (at: number): Value => {
    const tree = of[at];
    return tree ? workOut(tree, around) : "";
  };
  const many = (value: Value): Scalar[] => (Array.isArray(value) ? value : [value]);
  const given: Given = {
    scalar: (at) => one(value(at)),
    text: (at) => textOf(one(value(at))),
    number: (at) => numberOf(one(value(at))),
    nodes: () => (of.length > 0 ? many(value(0)) : []),
    all: () => of.flatMap((_, at) => many(value(at)).map(numberOf)),
    length: of.length,
  };
  return FUNCTIONS[name]?.(given, around) ?? "";
}

/** What is no number, such as a blank answer, is passed over; not a number where nothing is left. */
function outermost(numbers: number[], beyond: (one: number, other: number) => boolean): number {
  const known = numbers.filter((number) => !Number.isNaN(number));
  return known.length === 0 ? Number.NaN : known.reduce((found, number) => (beyond(number, found) ? number : found));
}

function date(of: Scalar): Scalar {
  if (isDay(of)) return of;
  if (typeof of === "number") return Math.abs(of) < 3e6 ? { days: Math.floor(of) } : "";
  if (typeof of === "boolean") return "";
  const days = daysOf(trim(of).slice(0, 10));
  return days === undefined ? "" : { days };
}
