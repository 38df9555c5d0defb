/** What a new form begins with, from the texts of the checklist's defaults: as `crates/checklist/src/answers/text.rs`. */
import { misfit } from "./fits";
import { type Answers, type Checklist, type Given, type Item, type Place, type Question, isBlank } from "./model";
import { trim, words } from "./value";

/** Answers outside of repeats, or those of a new row of a repeat. */
export function begin(list: Checklist, items: Item[]): Answers {
  const given: Record<string, Given> = {};
  const enter = (items: Item[]) => {
    for (const item of items) {
      if (item.item === "section") enter(item.items);
      if (item.item !== "question") continue;
      const answer = answerOf(list, item, item.default ?? "");
      if (answer !== undefined && !isBlank(answer)) given[item.name] = answer;
    }
  };
  enter(items);
  return Object.keys(given).length > 0 ? { given } : {};
}

/** An answer from its text; nothing where it is none that this kind of question can have. */
function answerOf(list: Checklist, question: Question, written: string): Given | undefined {
  const text = trim(written);
  if (text === "") return undefined;
  const given = read(question, text);
  return given === undefined || misfit(list, question, given) ? undefined : given;
}

function read({ kind }: Question, text: string): Given | undefined {
  switch (kind) {
    case "count": return /^[+-]?\d+$/.test(text) ? Number(text) + 0 : undefined;
    case "number": return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "many-of":
    case "photo": return words(text);
    case "date": return text.slice(0, 10);
    case "time": return /^\d\d:\d\d$/.test(text.slice(0, 8)) ? `${text}:00` : text.slice(0, 8);
    case "place": return place(text);
    case "line":
    case "area": {
      const places = text.split(";").map(trim).filter((part) => part !== "").map(place);
      const known = places.filter((point) => point !== undefined);
      if (known.length < places.length) return undefined;
      const [first, last] = [known[0], known.at(-1)];
      // an area's first corner stands there again at its end
      if (kind === "area" && known.length > 3 && first?.lat === last?.lat && first?.lng === last?.lng) known.pop();
      return known;
    }
    default: return text;
  }
}

function place(text: string): Place | undefined {
  const parts = words(text).map(Number);
  const [lat, lng, altitude, accuracy] = parts;
  if (lat === undefined || lng === undefined || parts.length > 4 || !parts.every(Number.isFinite)) return undefined;
  return { lat, lng, ...(altitude !== undefined && { altitude }), ...(accuracy !== undefined && { accuracy }) };
}
