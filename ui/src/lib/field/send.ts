/** Handing in: a draft goes into the outbox, once, and what became of it comes back. */
import { faultsIn, later, ownItems } from "../away/send";
import { get, put, remove, type Waiting } from "../kept";
import { settle, type Fault } from "./check";
import { hereIfAllowed } from "./here";
import { Layout } from "./map";
import { filesIn } from "./screens";
import { type Draft, type Visit, dropDraft, dropFile, filesOf, keepDay, keepDraft, keepFile, keptDay, keptFile } from "./store";

const RECORDS = "/api/v1/fieldwork/records";

/** The page on which a point is filled in; it tells what waits for which point. */
export const formOf = (visit: Visit["id"]) => `/fieldwork/app#v/${visit}`;

/** The database may have lost a photo: it is told, not passed over. */
export class Missing extends Error {}

/** Puts a draft into the outbox with its files. From then on the outbox has it; the draft stays until it is received. */
export async function queue(draft: Draft, today: number): Promise<void> {
  const { model, id } = draft.version;
  const { answers } = settle(model, new Layout(model), draft.answers, today);
  const files: Waiting["files"] = [];
  for (const { path, name } of filesIn(model.items, answers)) {
    const kept = await keptFile(filesOf(draft) + name);
    if (!kept) throw new Missing(path);
    files.push({ field: path, name, type: kept.type, bytes: kept.bytes });
  }
  const at = await hereIfAllowed();
  const record = {
    visit: draft.visit,
    checklist: id,
    instance: draft.instance,
    started_at: draft.started_at,
    ended_at: new Date().toISOString(),
    at: at ? { lng: at.lng, lat: at.lat, accuracy: at.accuracy ?? null } : null,
    answers,
  };
  await put({
    key: draft.instance,
    url: RECORDS,
    at: Date.now(),
    person: draft.person,
    label: draft.label,
    fields: [["record", JSON.stringify(record)]],
    files,
    state: "waiting",
    reply: "data",
    form: formOf(draft.visit),
  });
  // the outbox holds them now
  for (const { name } of filesIn(model.items, answers)) await dropFile(filesOf(draft) + name);
  await later();
}

/** Takes what was refused out of the outbox again, photos included. What the server found wrong with it. */
export async function reopen(draft: Draft): Promise<Fault[]> {
  const item = await get(draft.instance);
  if (!item || item.state !== "refused") return [];
  for (const { name, type, bytes } of item.files) await keepFile({ key: filesOf(draft) + name, name, type, bytes });
  await keepDraft(draft);
  // last: whoever is interrupted before finds it refused again, with everything
  await remove(item.key);
  return faultsOf(item.said);
}

/** Of a problem's JSON: faults of answers, or fields of a form. */
export function faultsOf(said: string | undefined): Fault[] {
  return faultsIn(said).map((one) => ({
    path: String(one["path"] ?? one["field"] ?? ""),
    code: String(one["code"] ?? "").replace(/^answer-/, "") as Fault["code"],
    what: String(one["what"] ?? ""),
    ...(typeof one["message"] === "object" && one["message"] !== null && { message: one["message"] as Fault["message"] }),
  }));
}

/** What waits of a person's points, newest last, and drafts that were received are forgotten. */
export async function reconcile(person: string, begun: Draft[]): Promise<{ items: Waiting[]; begun: Draft[] }> {
  const items = await ownItems(person, formOf(""));
  const left: Draft[] = [];
  for (const draft of begun) {
    const item = items.find(({ key }) => key === draft.instance);
    if (item?.state !== "sent") {
      left.push(draft);
      continue;
    }
    await handedIn(draft, item);
    await dropDraft(draft);
  }
  return { items, begun: left };
}

/** Notes in the kept day that a point is done, until the server says so itself. */
async function handedIn(draft: Draft, item: Waiting): Promise<void> {
  const kept = await keptDay(draft.person, draft.date);
  const visit = kept?.day.visits.find(({ id }) => id === draft.visit);
  if (!kept || !visit) return;
  visit.state = "handed_in";
  visit.record = item.href ?? visit.record;
  await keepDay(draft.person, kept.day, kept.at);
}
