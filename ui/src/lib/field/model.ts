/** A checklist as the server sends it: `Checklist::for_a_device` of `crates/checklist`, with every expression as its tree. */
import type { Words } from "../away/words";

export type { Words };

export type Op = "or" | "and" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "div" | "mod";

export type Tree =
  | { number: number }
  | { text: string }
  | { name: string }
  | { this: true }
  | { position: number }
  | { negative: Tree }
  | { op: Op; of: [Tree, Tree] }
  | { call: string; of: Tree[] };

export type Kind =
  | "conforms" | "grade" | "count" | "number" | "text" | "one-of" | "many-of" | "date" | "time" | "place" | "line" | "area"
  | "photo" | "audio" | "calculate";

interface Common {
  name: string;
  label: Words;
  relevant?: Tree;
  appearance?: string;
}

export interface Question extends Common {
  item: "question";
  kind: Kind;
  hint?: Words;
  list?: string;
  not_applicable?: boolean;
  most?: number;
  expr?: Tree;
  required?: boolean | Tree;
  required_message?: Words;
  constraint?: Tree;
  constraint_message?: Words;
  default?: string;
}

export interface Section extends Common {
  item: "section";
  items: Item[];
}

export interface Repeat extends Common {
  item: "repeat";
  count?: Tree;
  items: Item[];
}

export interface Note extends Common {
  item: "note";
  hint?: Words;
}

export type Item = Question | Section | Repeat | Note;

export interface Choice {
  name: string;
  label: Words;
}

export interface Checklist {
  code: string;
  version: string;
  title: Words;
  lists?: { name: string; choices: Choice[] }[];
  items: Item[];
}

/** WGS 84, degrees; metres. */
export interface Place {
  lat: number;
  lng: number;
  altitude?: number;
  accuracy?: number;
}

export type Given = number | string | string[] | Place | Place[];

export interface Answers {
  given?: Record<string, Given>;
  rows?: Record<string, Answers[]>;
}

const CONFORMS: Choice[] = [
  { name: "met", label: { zh: "符合", en: "Met" } },
  { name: "unmet", label: { zh: "不符合", en: "Not met" } },
  { name: "na", label: { zh: "不适用", en: "Not applicable" } },
];

/** What can be chosen; nothing for other kinds. The three words of 符合 are fixed in the program, as on the server. */
export function choices(list: Checklist, question: Question): Choice[] {
  if (question.kind === "conforms") return CONFORMS.slice(0, question.not_applicable ? 3 : 2);
  return list.lists?.find(({ name }) => name === question.list)?.choices ?? [];
}

export const inside = (item: Item): Item[] => ("items" in item ? item.items : []);

export function isBlank(given: Given | undefined): boolean {
  return given === undefined || given === "" || (Array.isArray(given) && given.length === 0);
}

export const isPlace = (given: Given | undefined): given is Place => typeof given === "object" && !Array.isArray(given);
