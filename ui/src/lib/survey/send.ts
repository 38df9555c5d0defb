/**
 * A visit goes into the outbox, and its answer with it: from then on nothing here shows it, and it is deleted when it is sent or
 * can never be taken. What stays for the list is the household and its outcome.
 */
import { faultsIn, later, ownItems, standingOf, told } from "../away/send";
import { localDay, uuid } from "../away/parts";
import { put, remove, type Waiting } from "../kept";
import { settleAll } from "./rules";
import type { At, Draft, Fault, Outcome, Survey } from "./model";
import type { Noted } from "./walk";
import { draftKey, dropDraft, keepDraft, survey } from "./store";

const PAGE = "/surveys/app";
/** Days after which answers that nobody closed are forgotten. */
const DAYS = 7;

export const hashOf = ({ number, place, household }: At) => `#s/${number}/${place}/${household}`;

/** What the list knows of a sending. */
export interface Note extends At, Noted {}

export function noteOf(item: Waiting): Note | undefined {
  try {
    return JSON.parse(item.note ?? "") as Note;
  } catch {
    return undefined;
  }
}

/** What is sent. */
interface Visit {
  household: number;
  outcome: Outcome;
  traits: string[];
  answers: Record<string, string[]>;
  sent: { ticket: string; day: string };
}

/** Puts a visit into the outbox; `draft`: with what was answered, which is then nowhere else. */
export async function queue(person: string, label: string, note: Note, draft?: Draft): Promise<void> {
  const { number, place, household, outcome } = note;
  const ticket = draft?.ticket ?? uuid();
  const visit: Visit = { household, outcome, traits: [], answers: {}, sent: { ticket, day: localDay() } };
  if (draft) {
    const asked = new Set(settleAll(draft.traits, draft.questions, draft.given).asked);
    visit.traits = draft.traits.map((_, at) => draft.given[`t-${at}`]?.[0] ?? "");
    for (const [at, { field }] of draft.questions.entries()) {
      const given = draft.given[field] ?? [];
      if (asked.has(field) && given.length > 0) visit.answers[String(at + 1)] = given;
    }
  }
  await put({
    key: ticket,
    url: `/api/v1/surveys/${number}/segments/${place}/visits`,
    at: Date.now(),
    person,
    label,
    fields: [["visit", JSON.stringify(visit)]],
    files: [],
    state: "waiting",
    reply: "data",
    json: true,
    closed: true,
    note: JSON.stringify(note),
    form: PAGE + hashOf(note),
  });
  // whoever is interrupted before finds both; the outbox holds
  if (draft) await dropDraft(draft);
  await later();
}

/** How a sending stands: as in the outbox, or what the server said became of it. */
export type Told = ReturnType<typeof standingOf> | "settled" | "quota-full" | "survey-over";

export function toldOf(item: Waiting): Told {
  const standing = standingOf(item);
  if (standing === "wrong") return faultsOf(item).length > 0 ? "wrong" : "refused";
  if (standing === "refused") return item.status === 409 ? "settled" : "refused";
  const { taken } = told(item.said);
  return standing === "sent" && (taken === "quota-full" || taken === "survey-over") ? taken : standing;
}

/** Whether the visit counts for which household is next: it was noted, or will be. */
export const counts = (item: Waiting): boolean => !["settled", "refused", "stale"].includes(toldOf(item));

/** Faults of answers that the server found. */
function faultsOf(item: Waiting): Fault[] {
  return faultsIn(item.said)
    .map((one) => ({ field: String(one["field"] ?? ""), code: String(one["code"] ?? "") }))
    .filter(({ field }) => /^[tq]-/.test(field));
}

/** Takes what the server found incomplete out of the outbox: what is wrong with it is shown again, and nothing else of it. */
export async function reopen(item: Waiting, of: Survey): Promise<Draft | undefined> {
  const note = noteOf(item);
  if (!note) return undefined;
  const visit = JSON.parse(item.fields[0]?.[1] ?? "{}") as Partial<Visit>;
  const given: Draft["given"] = {};
  for (const [at, text] of (visit.traits ?? []).entries()) if (text !== "") given[`t-${at}`] = [text];
  for (const [at, { field }] of of.questions.entries()) {
    const texts = visit.answers?.[String(at + 1)];
    if (texts) given[field] = texts;
  }
  const faults = faultsOf(item);
  const draft: Draft = {
    ...note,
    key: draftKey(item.person, note),
    person: item.person,
    // not the old one: that names what is in the outbox still
    ticket: uuid(),
    at: Date.now(),
    label: item.label,
    traits: of.traits,
    questions: of.questions,
    given,
    screen: 0,
    told: faults,
    closed: Object.keys(given).filter((field) => faults.every((fault) => fault.field !== field)),
  };
  await keepDraft(draft);
  // last: whoever is interrupted before finds it refused again, with everything
  await remove(item.key);
  return draft;
}

/** Tries again what was refused for a reason that may have gone. */
export async function sendAgain(item: Waiting): Promise<void> {
  await put({ ...item, state: "waiting", at: Date.now() });
}

/** What waits or was sent, and what was begun and is neither in the outbox nor old. */
export async function reconcile(person: string): Promise<{ items: Waiting[]; begun: Draft[] }> {
  const items = await ownItems(person, `${PAGE}#`);
  const begun: Draft[] = [];
  for (const draft of await survey.begun(person)) {
    if (items.some(({ key }) => key === draft.ticket) || draft.at < Date.now() - DAYS * 86_400_000) await dropDraft(draft);
    else begun.push(draft);
  }
  return { items, begun };
}
