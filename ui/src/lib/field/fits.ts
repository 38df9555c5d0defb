/** Whether an answer is one that its kind of question can have: as `crates/checklist/src/answers/fits.rs`. */
import { type Checklist, type Given, type Place, type Question, choices, isPlace } from "./model";
import { daysOf, display } from "./value";

/** Whole answers: what every program that reads XForms can hold. */
const WHOLE = 999_999_999;
const CHARACTERS = 10_000;
const POINTS = 5_000;
const FILE_NAME = 200;

export type Code =
  | "required" | "constraint" | "unknown-name" | "wrong-kind" | "unknown-choice" | "choice-twice" | "out-of-range" | "bad-date"
  | "bad-time" | "bad-place" | "too-few-points" | "too-many-points" | "too-many-files" | "bad-file-name" | "too-long" | "rows"
  | "too-many-rows";

type Wrong = { code: Code; what: string };

/** What is wrong with an answer, and the part of it that it is about. */
export function misfit(list: Checklist, question: Question, given: Given): Wrong | undefined {
  const wrong = (code: Code, what = ""): Wrong => ({ code, what: [...what].slice(0, 60).join("") });
  const is = (name: string) => choices(list, question).some((choice) => choice.name === name);
  const texts = Array.isArray(given) && given.every((part) => typeof part === "string") ? (given as string[]) : undefined;
  const places = Array.isArray(given) && given.every((part) => typeof part === "object") ? (given as Place[]) : undefined;
  const text = typeof given === "string" ? given : undefined;
  const number = typeof given === "number" ? given : undefined;
  switch (question.kind) {
    case "count":
      if (number === undefined || !Number.isInteger(number)) break;
      return Math.abs(number) > WHOLE ? wrong("out-of-range", display(number)) : undefined;
    case "number":
      if (number === undefined) break;
      return Number.isInteger(number) && Math.abs(number) >= 2 ** 53 ? wrong("out-of-range", display(number)) : undefined;
    case "text":
      if (text === undefined) break;
      return [...text].length > CHARACTERS ? wrong("too-long", text) : undefined;
    case "conforms":
    case "grade":
    case "one-of":
      if (text === undefined) break;
      return is(text) ? undefined : wrong("unknown-choice", text);
    case "many-of": {
      if (!texts) break;
      for (const [at, chosen] of texts.entries()) {
        if (!is(chosen)) return wrong("unknown-choice", chosen);
        if (texts.indexOf(chosen) < at) return wrong("choice-twice", chosen);
      }
      return undefined;
    }
    case "date":
      if (text === undefined) break;
      return daysOf(text) === undefined ? wrong("bad-date", text) : undefined;
    case "time":
      if (text === undefined) break;
      return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) ? undefined : wrong("bad-time", text);
    case "place":
      if (!isPlace(given)) break;
      return onGlobe(given) ? undefined : wrong("bad-place");
    case "line":
    case "area": {
      if (!places) break;
      if (!places.every(onGlobe)) return wrong("bad-place");
      if (places.length < (question.kind === "line" ? 2 : 3)) return wrong("too-few-points", String(places.length));
      return places.length > POINTS ? wrong("too-many-points", String(places.length)) : undefined;
    }
    case "photo": {
      if (!texts) break;
      const bad = texts.find((name) => !isFileName(name));
      if (bad !== undefined) return wrong("bad-file-name", bad);
      return texts.length > (question.most ?? 1) ? wrong("too-many-files", String(texts.length)) : undefined;
    }
    case "audio":
      if (text === undefined) break;
      return isFileName(text) ? undefined : wrong("bad-file-name", text);
    case "calculate":
      break;
  }
  return wrong("wrong-kind");
}

function isFileName(name: string): boolean {
  return name !== "" && [...name].length <= FILE_NAME && !name.startsWith(".") && !/[\p{Cc}/\\:]/u.test(name);
}

function onGlobe({ lat, lng }: Place): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
}
