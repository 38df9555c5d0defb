/**
 * The inspector's telephone, `[data-field]`: the points of the day and their checklists, filled in without a network and sent
 * when there is one. No text for people stands here or in `lib/field`: it comes from the page's attributes.
 */
import { AwayPage } from "./lib/away/page";
import { localDay, uuid } from "./lib/away/parts";
import { say } from "./lib/dom";
import { begin } from "./lib/field/begin";
import type { Fault } from "./lib/field/check";
import { Form } from "./lib/field/form";
import { here } from "./lib/field/here";
import { drawList, type Shown, stateOf } from "./lib/field/list";
import { Missing, queue, reconcile, reopen } from "./lib/field/send";
import { type Draft, draftKey, drafts, dropDraft, keepDay, keepDraft, keptDay, type Package, type Visit } from "./lib/field/store";
import { sendNow } from "./outbox";

export function start(place: HTMLElement): void {
  void new Field(place).start();
}

class Field extends AwayPage<Shown> {
  private form: Form | undefined;

  constructor(place: HTMLElement) {
    super(place, { person: "", date: localDay(), day: undefined, at: 0, begun: [], items: [], position: undefined, trouble: "", busy: false }, "/fieldwork/app");
  }

  // ── what is kept ──

  protected async load(): Promise<void> {
    const { shown } = this;
    const kept = await keptDay(shown.person, shown.date);
    Object.assign(shown, await reconcile(shown.person, await drafts(shown.person)));
    const after = await keptDay(shown.person, shown.date);
    shown.day = (after ?? kept)?.day;
    shown.at = kept?.at ?? 0;
  }

  protected source(): string {
    return `/api/v1/fieldwork/day?date=${this.shown.date}`;
  }

  protected async took(answer: unknown): Promise<void> {
    await keepDay(this.shown.person, answer as Package);
  }

  // ── where one is ──

  protected async route(): Promise<void> {
    const [, id, screen] = /^#v\/([^/]+)(?:\/(\d+|check))?$/.exec(location.hash) ?? [];
    // the shell's own: its menu and its skip link
    if (id === undefined && location.hash !== "" && location.hash !== "#") return;
    if (id === undefined) {
      this.form = undefined;
      this.anew();
      await this.load();
      this.list();
      return;
    }
    const begun = this.shown.begun.find((draft) => draft.visit === id);
    const visit = this.shown.day?.visits.find((visit) => visit.id === id);
    const item = this.shown.items.find(({ key }) => key === begun?.instance);
    if (item) {
      // it waits or was refused: the list says so, and opens it
      const open = visit && ["wrong", "refused"].includes(stateOf(visit, this.shown).state);
      if (open || (!visit && item.state === "refused")) await this.open(begun as Draft);
      else location.hash = "";
      return;
    }
    const draft = begun ?? (visit && (await this.begin(visit)));
    if (!draft) {
      location.hash = "";
      return;
    }
    if (this.form?.draft.instance !== draft.instance) this.form = this.formOf(draft);
    const wanted = screen === undefined ? draft.screen : Number(screen);
    this.draw(this.form, screen === "check" ? undefined : this.form.open.includes(wanted) ? wanted : (this.form.open[0] ?? 0));
  }

  private formOf(draft: Draft, faults: Fault[] = []): Form {
    const form: Form = new Form(this.said, draft, this.place, (screen) => {
      const hash = `#v/${draft.visit}/${screen ?? "check"}`;
      // no event follows: whoever goes to one question is led there at once
      if (location.hash !== hash) history.pushState(null, "", hash);
      this.draw(form, screen);
    }, () => this.send(draft), faults);
    return form;
  }

  private draw(form: Form, screen: number | undefined): void {
    if (screen === undefined) form.drawOverview();
    else form.draw(screen);
    void form.keep();
    scrollTo(0, 0);
    this.place.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  protected drawing(): (() => Node[]) | undefined {
    if (this.form) return undefined;
    const { shown, said } = this;
    return () => drawList(said, shown, {
      day: (date) => {
        shown.date = date;
        void this.load().then(() => {
          this.list();
          return this.fetch();
        });
      },
      fetch: () => void this.fetch(),
      locate: () => {
        void here().then((position) => {
          shown.position = position;
          if (!position) say(said.text("not-located"));
          this.list();
        });
      },
      open: (visit) => void this.openVisit(visit),
      send: sendNow,
      drop: (draft) => {
        if (confirm(said.text("sure-drop", { name: draft.label }))) void dropDraft(draft).then(() => this.load()).then(() => this.list());
      },
    });
  }

  // ── filling in and handing in ──

  private async openVisit(visit: Visit): Promise<void> {
    const { state, draft } = stateOf(visit, this.shown);
    if (draft && (state === "wrong" || state === "refused")) await this.open(draft);
    else if (!draft && !visit.checklist) say(this.said.text("no-checklist"), 10);
    else location.hash = `#v/${visit.id}`;
  }

  /** What was refused, at the first question that was. */
  private async open(draft: Draft): Promise<void> {
    const faults = await reopen(draft);
    await this.load();
    this.form = this.formOf(draft, faults);
    history.pushState(null, "", `#v/${draft.visit}/check`);
    this.draw(this.form, undefined);
  }

  private async begin(visit: Visit): Promise<Draft | undefined> {
    const { shown } = this;
    const version = shown.day?.checklists.find(({ id }) => id === visit.checklist);
    if (!version || visit.state === "handed_in") return undefined;
    const draft: Draft = {
      key: draftKey(shown.person, visit.id),
      person: shown.person,
      visit: visit.id,
      instance: uuid(),
      version,
      label: `${visit.number} ${visit.name}`,
      date: shown.date,
      started_at: new Date().toISOString(),
      at: Date.now(),
      answers: begin(version.model, version.model.items),
      screen: 0,
    };
    await keepDraft(draft);
    shown.begun.push(draft);
    return draft;
  }

  private async send(draft: Draft): Promise<void> {
    try {
      await queue(draft, this.form?.today() ?? 0);
    } catch (fault) {
      say(this.said.text(fault instanceof Missing ? "file-lost-of" : "no-room", { path: fault instanceof Missing ? fault.message : "" }), 15);
      throw fault;
    }
    this.form = undefined;
    this.anew();
    await this.load();
    say(this.said.text(navigator.onLine ? "sending" : "queued"), 8);
    if (location.hash === "") this.list();
    else location.hash = "";
    sendNow();
  }
}
