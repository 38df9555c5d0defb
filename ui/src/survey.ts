/**
 * The interviewer's telephone, `[data-survey]`: segments, households in the order of the draw, and their questionnaires, without a
 * network. An answer that was closed is shown nowhere, and deleted when it is sent. No text for people stands here or in
 * `lib/survey`: it comes from the page's attributes.
 */
import { AwayPage } from "./lib/away/page";
import { uuid } from "./lib/away/parts";
import { say } from "./lib/dom";
import { type Waiting, remove } from "./lib/kept";
import { Form } from "./lib/survey/form";
import { type Acts, type Shown, type Spot, draftAt, drawDoor, drawDoors, drawSegments, nameOf, spots } from "./lib/survey/list";
import type { At, Draft, Outcome, Package } from "./lib/survey/model";
import { hashOf, noteOf, queue, reconcile, reopen, sendAgain, toldOf } from "./lib/survey/send";
import { draftKey, dropDraft, keep, keepDraft, kept } from "./lib/survey/store";
import { isOpen } from "./lib/survey/walk";
import { sendNow } from "./outbox";

export function start(place: HTMLElement): void {
  void new Doors(place).start();
}

/** Where one is: a segment, a household of it, a question there. */
interface Where {
  number: string;
  place: number;
  household: number | undefined;
  /** Whether it is the questionnaire. */
  asked: boolean;
  screen: string | undefined;
}

function where(): Where | undefined {
  const [whole, number = "", place, household, asked, screen] = /^#s\/([^/]+)\/(\d+)(?:\/(\d+)(\/q(?:\/(\d+|check))?)?)?$/.exec(location.hash) ?? [];
  if (whole === undefined) return undefined;
  return { number, place: Number(place), household: household === undefined ? undefined : Number(household), asked: asked !== undefined, screen };
}

class Doors extends AwayPage<Shown> {
  private form: Form | undefined;
  /** How many sendings have been received. */
  private received = 0;
  /** What was just noted, and in which segment. */
  private lately = { hash: "", words: "" };
  private readonly acts: Acts;

  constructor(place: HTMLElement) {
    super(place, { person: "", day: undefined, at: 0, begun: [], items: [], trouble: "", busy: false }, "/surveys/app");
    this.acts = {
      fetch: () => void this.fetch(),
      send: sendNow,
      note: (at, outcome) => void this.note(at, outcome),
      begin: (at) => (location.hash = `${hashOf(at)}/q`),
      mend: (item) => void this.mend(item),
      again: (item) => void sendAgain(item).then(() => this.refresh()).then(sendNow),
      remove: (item) => this.removed(item),
      drop: (draft) => {
        if (confirm(this.said.text("sure-drop", { n: draft.household }))) void dropDraft(draft).then(() => this.refresh());
      },
    };
  }

  // ── what is kept ──

  protected async load(): Promise<void> {
    const { shown } = this;
    const found = await kept(shown.person);
    Object.assign(shown, await reconcile(shown.person));
    shown.day = found?.day;
    shown.at = found?.at ?? 0;
    const received = shown.items.filter(({ state }) => state === "sent").length;
    // what was received changes the list, and says that there is a signal
    if (received > this.received) setTimeout(() => void this.fetch());
    this.received = received;
  }

  protected source(): string {
    return "/api/v1/surveys/walk";
  }

  protected async took(answer: unknown): Promise<void> {
    await keep(this.shown.person, answer as Package);
  }

  private async refresh(): Promise<void> {
    await this.load();
    this.list();
  }

  // ── where one is ──

  protected async route(): Promise<void> {
    const at = where();
    // the shell's own: its menu and its skip link
    if (!at && location.hash !== "" && location.hash !== "#") return;
    if (location.hash !== this.lately.hash) this.lately = { hash: "", words: "" };
    if (at?.asked && at.household !== undefined) return this.openForm({ ...at, household: at.household }, at.screen);
    this.form = undefined;
    this.anew();
    await this.load();
    this.list();
    this.top();
  }

  private top(): void {
    scrollTo(0, 0);
    this.place.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  private spot({ number, place }: Pick<At, "number" | "place">): Spot | undefined {
    return spots(this.shown).find(({ survey, segment }) => survey.number === number && segment.place === place);
  }

  private door(at: At) {
    return this.spot(at)?.list.doors.find((door) => door.household === at.household && isOpen(door));
  }

  protected drawing(): (() => Node[]) | undefined {
    if (this.form) return undefined;
    const { said, shown, acts } = this;
    const at = where();
    const spot = at && this.spot(at);
    if (!at || !spot) return () => drawSegments(said, shown, acts);
    const door = at.household === undefined ? undefined : this.door({ ...at, household: at.household });
    return door ? () => drawDoor(said, shown, spot, door, acts) : () => drawDoors(said, shown, spot, this.lately.words, acts);
  }

  // ── the questionnaire ──

  private async openForm({ number, place, household }: At, screen: string | undefined): Promise<void> {
    const at: At = { number, place, household };
    const draft = draftAt(this.shown, at) ?? (await this.begin(at));
    if (!draft) {
      // it is closed, or somebody else's
      location.hash = `#s/${number}/${place}`;
      return;
    }
    if (this.form?.draft.ticket !== draft.ticket) this.form = this.formOf(draft);
    const { open } = this.form;
    const wanted = screen === undefined ? draft.screen : Number(screen);
    this.draw(this.form, screen === "check" ? undefined : open.includes(wanted) ? wanted : open[0]);
  }

  private async begin(at: At): Promise<Draft | undefined> {
    const { shown, said } = this;
    const spot = this.spot(at);
    if (!spot || !this.door(at)) return undefined;
    const { survey, segment } = spot;
    const draft: Draft = {
      ...at,
      key: draftKey(shown.person, at),
      person: shown.person,
      ticket: uuid(),
      at: Date.now(),
      label: `${survey.name} · ${nameOf(said, segment)} · ${said.text("household", { n: at.household })}`,
      traits: survey.traits,
      questions: survey.questions,
      given: {},
      screen: 0,
      told: [],
      closed: [],
    };
    await keepDraft(draft);
    shown.begun.push(draft);
    return draft;
  }

  private formOf(draft: Draft): Form {
    const form: Form = new Form(this.said, draft, this.place, (at) => {
      const hash = `${hashOf(draft)}/q/${at ?? "check"}`;
      // no event follows: whoever goes to one question is led there at once
      if (location.hash !== hash) history.pushState(null, "", hash);
      this.draw(form, at);
    }, () => this.close(draft));
    return form;
  }

  private draw(form: Form, at: number | undefined): void {
    if (at === undefined) form.drawCheck();
    else form.draw(at);
    void form.keep();
    this.top();
  }

  /** The answer goes into the outbox and is shown no more. */
  private async close(draft: Draft): Promise<void> {
    const nth = (this.door(draft)?.visits ?? 0) + 1;
    const { number, place, household } = draft;
    await queue(draft.person, draft.label, { number, place, household, outcome: "answered", nth }, draft);
    await this.noted(draft, this.said.text("closed", { n: household }));
  }

  // ── outcomes ──

  private async note(at: At, outcome: Outcome): Promise<void> {
    const { said, shown } = this;
    const spot = this.spot(at);
    const door = this.door(at);
    if (!spot || !door) return;
    const draft = draftAt(shown, at);
    const words = { n: at.household, outcome: said.text(outcome) };
    if (!confirm(said.text(draft ? "sure-begun" : "sure-outcome", words))) return;
    const label = `${spot.survey.name} · ${nameOf(said, spot.segment)} · ${said.text("household", { n: at.household })}`;
    try {
      await queue(shown.person, label, { ...at, outcome, nth: door.visits + 1 });
      if (draft) await dropDraft(draft);
    } catch {
      say(said.text("no-room"), 15);
      return;
    }
    await this.noted(at, said.text("noted", words));
  }

  private async noted({ number, place }: At, words: string): Promise<void> {
    const hash = `#s/${number}/${place}`;
    this.form = undefined;
    this.lately = { hash, words };
    // what was asked is not one step back
    history.replaceState(null, "", hash);
    this.anew();
    await this.load();
    this.list();
    this.top();
    sendNow();
  }

  private async mend(item: Waiting): Promise<void> {
    const note = noteOf(item);
    const spot = note && this.spot(note);
    const draft = spot && (await reopen(item, spot.survey));
    if (!draft) return;
    await this.load();
    this.form = this.formOf(draft);
    history.pushState(null, "", `${hashOf(draft)}/q/check`);
    this.draw(this.form, undefined);
  }

  private removed(item: Waiting): void {
    const holds = item.fields.length > 0 && toldOf(item) === "refused";
    if (!holds || confirm(this.said.text("sure-remove", { n: noteOf(item)?.household ?? "" }))) void remove(item.key).then(() => this.refresh());
  }
}
