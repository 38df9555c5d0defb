/** Answers and faults in words. */
import type { Fault } from "./check";
import { type Checklist, type Given, type Question, choices, isPlace } from "./model";
import type { Said } from "../away/parts";
import { placeWords } from "./questions";

/** An answer as people read it. */
export function answerWords(said: Said, list: Checklist, question: Question, given: Given | undefined): string {
  if (given === undefined) return "";
  const named = (name: string) => {
    const choice = choices(list, question).find((one) => one.name === name);
    return choice ? said.of(choice.label) || name : name;
  };
  switch (question.kind) {
    case "photo": return said.text("photos", { n: Array.isArray(given) ? given.length : 0 });
    case "audio": return said.text("sound");
    case "date": return said.day(String(given));
    case "time": return String(given).slice(0, 5);
    case "many-of": return Array.isArray(given) ? given.map((name) => named(String(name))).join(said.text("between")) : "";
    case "conforms":
    case "grade":
    case "one-of": return named(String(given));
  }
  if (isPlace(given)) return placeWords(said, given);
  if (Array.isArray(given)) return said.text("points", { n: given.length });
  return typeof given === "number" ? said.number(given) : given;
}

/** The checklist's own words for it, or ours. */
export function faultWords(said: Said, fault: Fault): string {
  const own = said.of(fault.message);
  if (own) return own;
  const name = `fault-${fault.code}`;
  return said.text(said.has(name) ? name : "fault-other", { what: fault.what, code: fault.code });
}
