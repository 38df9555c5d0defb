/** Which questions are asked and what is missing: as `crates/surveys/src/question.rs`; `crates/surveys/tests/vectors.json` holds both together. */
import { trim } from "../field/value";
import type { Ask, Fault, Given, Trait } from "./model";

/** Longest words, in characters. */
export const WORDS = 200;
export const UNSURE = "unsure";
/** Background that somebody would rather not tell. */
export const UNTOLD = "-";

export interface Settled {
  /** Fields of the questions that are asked, in order. */
  asked: string[];
  faults: Fault[];
}

export function settle(questions: Ask[], given: Given): Settled {
  const settled: Settled = { asked: [], faults: [] };
  const chosen = new Map<number, number[]>();
  for (const [at, question] of questions.entries()) {
    const { when, field } = question;
    if (when && !chosen.get(when.question)?.some((option) => when.options.includes(option + 1))) continue;
    settled.asked.push(field);
    const texts = (given[field] ?? []).map(trim).filter((text) => text !== "");
    const found = question.kind === "text" ? words(texts) : one(question, texts);
    if (typeof found === "string") settled.faults.push({ field, code: found });
    else chosen.set(at + 1, found);
  }
  return settled;
}

function words([first = ""]: string[]): string | number[] {
  return [...first].length > WORDS ? "too-long" : [];
}

/** Places of chosen options, none for what has none; or the code of a fault. */
function one({ kind, options, least, most }: Ask, texts: string[]): string | number[] {
  const [first] = texts;
  if (first === undefined) return "survey-answer-missing";
  if (texts.includes(UNSURE)) return texts.length === 1 ? [] : "survey-unsure-beside";
  if (kind === "number") {
    if (!/^[+-]?\d+$/.test(first)) return "not-a-number";
    const number = Number(first);
    return (least !== null && number < least) || (most !== null && number > most) ? "not-within" : [];
  }
  const places = new Set<number>();
  for (const text of texts) {
    if (!/^\+?\d+$/.test(text) || Number(text) >= options.length) return "not-a-choice";
    places.add(Number(text));
  }
  return kind !== "multiple" && places.size > 1 ? "not-a-choice" : [...places];
}

/** Background as questions, in the order in which it is asked: before all else. */
export const traitAsks = (traits: Trait[]): Ask[] =>
  traits.map(({ name, categories }, at) => ({ field: `t-${at}`, kind: "single", text: name, options: categories, least: null, most: null, when: null }));

/** Both together. */
export function settleAll(traits: Trait[], questions: Ask[], given: Given): Settled {
  const asks = traitAsks(traits);
  const missing = asks.filter(({ field }) => (given[field] ?? []).length === 0);
  const settled = settle(questions, given);
  return {
    asked: [...asks.map(({ field }) => field), ...settled.asked],
    faults: [...missing.map(({ field }) => ({ field, code: "survey-answer-missing" })), ...settled.faults],
  };
}
