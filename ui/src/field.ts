/**
 * The inspector's telephone, `[data-field]`: the points of the day and their checklists, filled in without a network and sent
 * when there is one. No text for people stands here or in `lib/field`: it comes from the page's attributes.
 */
import { say } from "./lib/dom";
import { signalBack } from "./lib/offline";
import { begin } from "./lib/field/begin";
import type { Fault } from "./lib/field/check";
import { Form } from "./lib/field/form";
import { here } from "./lib/field/here";
import { drawList, type Shown, stateOf } from "./lib/field/list";
import { localDay, Said, uuid } from "./lib/field/parts";
import { Missing, queue, reconcile, reopen } from "./lib/field/send";
import { type Draft, draftKey, drafts, dropDraft, keepDay, keepDraft, keptDay, type Package, type Visit } from "./lib/field/store";
import { deliver, reader, sendNow } from "./outbox";

export function start(place: HTMLElement): void {
  void new Field(place).start();
}

class Field {
  private readonly said: Said;
  private readonly shown: Shown = { person: "", date: localDay(), day: undefined, at: 0, begun: [], items: [], position: undefined, trouble: "", busy: false };
  private form: Form | undefined;
  private drawn = "";

  constructor(private readonly place: HTMLElement) {
    this.said = new Said(place);
  }

  async start(): Promise<void> {
    try {
      this.shown.person = await reader();
      await this.load();
    } catch {
      // no database: nothing could be kept, so nothing should be begun
      this.place.querySelector("[data-field-unable]")?.removeAttribute("hidden");
      return;
    }
    await this.route();
    addEventListener("hashchange", () => void this.route());
    document.addEventListener("cc:outbox", () => void this.load().then(() => this.list()));
    addEventListener("online", () => void this.fetch());
    deliver();
    void this.fetch();
    void this.keepPage();
  }

  /** The page itself is kept for the next time without a network. */
  private async keepPage(): Promise<void> {
    try {
      (await navigator.serviceWorker?.ready)?.active?.postMessage({ type: "field" });
      await navigator.storage?.persist?.();
    } catch {
      /* no worker: the page stays as long as it is open */
    }
  }

  // ── what is kept ──

  private async load(): Promise<void> {
    const { shown } = this;
    const kept = await keptDay(shown.person, shown.date);
    Object.assign(shown, await reconcile(shown.person, await drafts(shown.person)));
    const after = await keptDay(shown.person, shown.date);
    shown.day = (after ?? kept)?.day;
    shown.at = kept?.at ?? 0;
  }

  private async fetch(): Promise<void> {
    const { shown } = this;
    const { date, person } = shown;
    if (person === "") shown.trouble = "sign-in";
    else {
      shown.busy = true;
      shown.trouble = await this.fetched(date, person);
      shown.busy = false;
    }
    await this.load();
    this.list();
  }

  private async fetched(date: string, person: string): Promise<Shown["trouble"]> {
    try {
      const answer = await fetch(`/api/v1/fieldwork/day?date=${date}`, { cache: "no-store", headers: { Accept: "application/json" } });
      signalBack();
      if (answer.status === 401) return "sign-in";
      if (answer.status === 403 || answer.status === 404) return "forbidden";
      if (!answer.ok) return answer.status >= 502 ? "offline" : "fault";
      const day = (await answer.json()) as Package;
      // the session may be another person's by now: its page will tell
      if (this.shown.person === person && (await reader()) === person) await keepDay(person, { ...day, date });
      return "";
    } catch {
      return "offline";
    }
  }

  // ── where one is ──

  private async route(): Promise<void> {
    const [, id, screen] = /^#v\/([^/]+)(?:\/(\d+|check))?$/.exec(location.hash) ?? [];
    // the shell's own: its menu and its skip link
    if (id === undefined && location.hash !== "" && location.hash !== "#") return;
    if (id === undefined) {
      this.form = undefined;
      this.drawn = "";
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

  private list(): void {
    if (this.form) return;
    const { shown, said } = this;
    // drawn again only when something is different: whoever is about to press a button keeps it
    const now = JSON.stringify([shown, Date.now() - shown.at > 0]);
    if (now === this.drawn) return;
    this.drawn = now;
    const focused = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement.id : "";
    this.place.replaceChildren(...drawList(said, shown, {
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
    }));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
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
    this.drawn = "";
    await this.load();
    say(this.said.text(navigator.onLine ? "sending" : "queued"), 8);
    if (location.hash === "") this.list();
    else location.hash = "";
    sendNow();
  }
}
