/** What this device keeps of an interviewer's day: segments and questionnaires, and answers of households that are not closed yet. */
import { type KeptDay, Store } from "../away/store";
import type { At, Draft, Package } from "./model";

export const survey = new Store<Package, Draft>("cc-survey");

const dayKey = (person: string) => `${person}/now`;

export const draftKey = (person: string, { number, place, household }: At) => `${person}/${number}/${place}/${household}`;

export const kept = (person: string): Promise<KeptDay<Package> | undefined> => survey.day(dayKey(person));

export const keep = (person: string, day: Package): Promise<void> => survey.keepDay(person, { key: dayKey(person), at: Date.now(), day });

export const keepDraft = (draft: Draft): Promise<void> => survey.keep("drafts", draft);

export const dropDraft = (draft: Draft): Promise<void> => survey.drop("drafts", draft.key);
