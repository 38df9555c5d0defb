/** What an interviewer's telephone is given for a day: `GET /api/v1/surveys/walk`. */

export interface Ask {
  /** What faults call it: `q-q3`; of people's background `t-0`. */
  field: string;
  kind: "single" | "multiple" | "scale" | "number" | "text";
  text: string;
  options: string[];
  /** Bounds of a number. */
  least: number | null;
  most: number | null;
  /** Place of an earlier question and of its options, from 1; null: it is always asked. */
  when: { question: number; options: number[] } | null;
}

export interface Trait {
  name: string;
  categories: string[];
}

export type Stand = "waiting" | "again" | "answered" | "refused" | "absent";
export type Outcome = "answered" | "refused" | "absent";

export interface Door {
  household: number;
  state: Stand;
  visits: number;
  /** It stands in for one that was left. */
  stands_in: boolean;
}

export interface Segment {
  place: number;
  division_name: string;
  name: string;
  households: number;
  /** Answers wanted. */
  target: number;
  doors: Door[];
  /** Who comes next in order. */
  ahead: number[];
}

export interface Survey {
  number: string;
  name: string;
  lead: string;
  closes: string | null;
  /** Visits without meeting anybody before a household is left. */
  tries: number;
  traits: Trait[];
  questions: Ask[];
  segments: Segment[];
}

export interface Package {
  date: string;
  made_at: string;
  surveys: Survey[];
}

/** Which household of whose list. */
export interface At {
  number: string;
  place: number;
  household: number;
}

/** What was chosen or typed, by field: places of options, a number, words, `unsure`, or `-` for background that was not told. */
export type Given = Record<string, string[]>;

export interface Fault {
  field: string;
  code: string;
}

/** Answers of a household that is not closed yet. */
export interface Draft extends At {
  key: string;
  person: string;
  /** A word of chance: the server counts what is sent with it once. */
  ticket: string;
  at: number;
  /** For people to recognise it by. */
  label: string;
  traits: Trait[];
  questions: Ask[];
  given: Given;
  /** The question that was looked at last. */
  screen: number;
  /** What the server found. */
  told: Fault[];
  /** Fields that were closed before, and are not shown again. */
  closed: string[];
}
