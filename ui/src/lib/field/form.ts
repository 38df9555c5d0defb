/** The form of one point: a screen at a time, worked out again after every change, kept at once; then everything to look through. */
import { icon, say } from "../dom";
import { begin } from "./begin";
import { type Fault, type Settled, settle } from "./check";
import { Layout } from "./map";
import { type Answers, type Checklist, type Item, type Repeat } from "./model";
import { type Said, button, el, localDay } from "../away/parts";
import { type Asking, type Part, ask, note } from "./questions";
import { type Screen, filesIn, fitRows, isOpen, isShown, screenOf, screens } from "./screens";
import { overview } from "./overview";
import { type Draft, dropFile, filesOf, keepDraft } from "./store";
import { faultWords } from "./show";
import { daysOf } from "./value";

export class Form implements Asking {
  readonly list: Checklist;
  readonly screens: Screen[];
  settled: Settled;
  private readonly map: Layout;
  private parts = new Map<string, Part>();
  /** Elements of sections, repeats and notes by their paths. */
  private frames = new Map<string, HTMLElement>();
  /** Paths whose faults are shown: those that were changed or passed over. */
  private readonly seen = new Set<string>();
  /** What the server found that is not found here. */
  private told: Fault[];

  constructor(
    readonly said: Said,
    readonly draft: Draft,
    private readonly place: HTMLElement,
    /** Goes to a screen (`undefined`: what to look through), or, with -1, back to the list. */
    private readonly go: (screen: number | undefined) => void,
    private readonly send: () => Promise<void>,
    faults: Fault[] = [],
  ) {
    this.list = draft.version.model;
    this.map = new Layout(this.list);
    this.screens = screens(this.list);
    this.told = faults;
    for (const { path } of faults) this.seen.add(path);
    fitRows(this.list, this.map, draft.answers, this.today());
    this.settled = this.work();
  }

  today(): number {
    return daysOf(localDay()) ?? 0;
  }

  private work(): Settled {
    return settle(this.list, this.map, this.draft.answers, this.today());
  }

  get faults(): Fault[] {
    const known = new Set(this.settled.faults.map(({ path }) => path));
    return [...this.settled.faults, ...this.told.filter(({ path }) => !known.has(path))];
  }

  get hidden(): Set<string> {
    return new Set(this.settled.hidden);
  }

  /** Screens of which anything is to be seen. */
  get open(): number[] {
    const { hidden } = this;
    return [...this.screens.keys()].filter((at) => isOpen(this.screens[at] as Screen, hidden));
  }

  async keep(): Promise<void> {
    this.draft.at = Date.now();
    try {
      await keepDraft(this.draft);
    } catch {
      say(this.said.text("no-room"), 15);
    }
  }

  async changed(path: string): Promise<void> {
    this.seen.add(path);
    // what was changed is judged anew when it is sent
    this.told = this.told.filter((fault) => fault.path !== path);
    const rows = fitRows(this.list, this.map, this.draft.answers, this.today());
    this.settled = this.work();
    const kept = this.keep();
    if (rows) this.drawAgain();
    else this.refresh();
    await kept;
  }

  // ── one screen ──

  draw(at: number): void {
    const screen = this.screens[at];
    if (!screen) return;
    this.draft.screen = at;
    this.parts = new Map();
    this.frames = new Map();
    const { said, open } = this;
    const step = open.indexOf(at);
    const body = el("div", { class: "field-screen" });
    this.fill(body, screen.items, this.draft.answers, "", true);
    const next = open[step + 1];
    this.place.replaceChildren(
      this.head(said.of(screen.label) || said.of(this.list.title), step, open.length),
      el("form", { class: "panel field-form", novalidate: true }, el("div", { class: "panel-body" }, body), el("div", { class: "form-actions field-steps" },
        step > 0 && button(said.text("back"), () => this.go(open[step - 1]), { sign: "arrow-left" }),
        button(said.text(next === undefined ? "to-overview" : "next"), () => this.forward(screen, next), { look: "btn btn-primary", sign: "arrow-right" }))),
      el("p", { class: "muted field-saved" }, icon("device-floppy"), said.text("saved")),
    );
    this.place.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.forward(screen, next);
    });
    this.refresh();
  }

  /** The name of the point, the way back, and how far one is. */
  head(title: string, step: number, of: number): HTMLElement {
    const { said, draft } = this;
    const back = el("a", { class: "field-back", href: "#" }, icon("chevron-left"), said.text("to-list"));
    return el("header", { class: "page-head field-head" }, el("div", {},
      el("p", { class: "mb-0" }, back),
      el("p", { class: "page-lead" }, draft.label),
      el("h1", { tabindex: -1 }, title),
      el("p", { class: "muted mb-0", id: "field-step" }, step < of ? said.text("step", { n: step + 1, of }) : said.text("overview-step")),
      el("progress", { class: "field-progress", max: of, value: Math.min(step + 1, of), "aria-labelledby": "field-step" })));
  }

  private drawAgain(): void {
    const focused = document.activeElement?.id;
    this.draw(this.draft.screen);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  private fill(into: HTMLElement, items: Item[], holder: Answers, before: string, outermost = false): void {
    for (const item of items) {
      const path = before + item.name;
      if (!isShown(item)) continue;
      if (item.item === "question") {
        const part = ask(this, item, holder, path);
        this.parts.set(path, part);
        into.append(part.element);
        continue;
      }
      let frame: HTMLElement;
      if (item.item === "note") frame = note(this.said, item);
      else if (item.item === "repeat") frame = this.rows(item, holder, path, outermost);
      else if (outermost) {
        // its heading is the screen's
        frame = el("div", {});
        this.fill(frame, item.items, holder, before);
      } else {
        frame = el("section", { class: "field-section" }, el("h2", {}, this.said.of(item.label)));
        this.fill(frame, item.items, holder, before);
      }
      this.frames.set(path, frame);
      into.append(frame);
    }
  }

  private rows(repeat: Repeat, holder: Answers, path: string, outermost: boolean): HTMLElement {
    const { said } = this;
    const label = said.of(repeat.label);
    const rows = holder.rows?.[repeat.name] ?? [];
    const frame = el("section", { class: "field-rows", id: `q-${path}` }, !outermost && el("h2", {}, label), el("p", { class: "field-error", hidden: true }));
    for (const [at, row] of rows.entries()) {
      const name = said.text("row-n", { name: label, n: at + 1 });
      const box = el("section", { class: "field-row", "aria-label": name }, el("header", { class: "field-row-head" }, el("h3", { tabindex: -1, id: `row-${path}[${at + 1}]` }, name),
        // where the checklist asks for so many, only what is too much can be taken out
        (!repeat.count || this.settled.faults.some((fault) => fault.path === path && fault.code === "rows")) &&
          button(said.text("take-out"), () => void this.removeRow(repeat, holder, path, at, name), { look: "btn btn-sm btn-plain", sign: "trash", label: said.text("remove", { name }) })));
      this.fill(box, repeat.items, row, `${path}[${at + 1}]/`);
      frame.append(box);
    }
    if (rows.length === 0 && !repeat.count) frame.append(el("p", { class: "muted" }, said.text("no-rows")));
    if (!repeat.count) frame.append(button(said.text("add-row", { name: label }), () => void this.addRow(repeat, holder, path), { sign: "plus" }));
    return frame;
  }

  private async addRow(repeat: Repeat, holder: Answers, path: string): Promise<void> {
    const rows = ((holder.rows ??= {})[repeat.name] ??= []);
    rows.push(begin(this.list, repeat.items));
    const at = rows.length;
    await this.reshaped(path);
    document.getElementById(`row-${path}[${at}]`)?.focus();
  }

  private async removeRow(repeat: Repeat, holder: Answers, path: string, at: number, name: string): Promise<void> {
    const row = holder.rows?.[repeat.name]?.[at];
    if (!row) return;
    const answered = Object.keys(row.given ?? {}).length + Object.keys(row.rows ?? {}).length > 0;
    if (answered && !confirm(this.said.text("sure-row", { name }))) return;
    holder.rows?.[repeat.name]?.splice(at, 1);
    if (holder.rows?.[repeat.name]?.length === 0) delete holder.rows[repeat.name];
    // rows behind it have other paths now
    for (const seen of [...this.seen]) if (seen.startsWith(`${path}[`)) this.seen.delete(seen);
    this.told = this.told.filter((fault) => !fault.path.startsWith(`${path}[`));
    await this.reshaped(path);
    for (const file of filesIn(repeat.items, row)) await dropFile(filesOf(this.draft) + file.name);
    this.place.querySelector<HTMLElement>("h1")?.focus();
  }

  private async reshaped(path: string): Promise<void> {
    fitRows(this.list, this.map, this.draft.answers, this.today());
    this.seen.add(path);
    this.settled = this.work();
    const kept = this.keep();
    this.draw(this.draft.screen);
    await kept;
  }

  /** Hides and shows, says what is wrong, and what was worked out. */
  private refresh(): void {
    const { hidden, faults } = this;
    for (const [path, { element }] of this.parts) element.hidden = hidden.has(path);
    for (const [path, element] of this.frames) element.hidden = hidden.has(path);
    for (const [path, part] of this.parts) {
      const fault = this.seen.has(path) ? faults.find((fault) => fault.path === path) : undefined;
      part.fault(fault ? faultWords(this.said, fault) : "");
      part.value?.(valueAt(this.settled.answers, path));
    }
    for (const [path, element] of this.frames) {
      const line = element.querySelector<HTMLElement>(":scope > .field-error");
      const fault = faults.find((fault) => fault.path === path);
      if (!line) continue;
      line.hidden = !fault;
      line.replaceChildren(...(fault ? [icon("alert-circle"), faultWords(this.said, fault)] : []));
    }
  }

  /** On to the next screen; where something is missing here, that is shown first, once. */
  private forward(screen: Screen, next: number | undefined): void {
    const here = this.faults.filter(({ path }) => this.screens[screenOf(this.screens, path)] === screen && this.parts.has(path));
    const fresh = here.filter(({ path }) => !this.seen.has(path));
    for (const { path } of here) this.seen.add(path);
    const [first] = fresh;
    if (first) {
      this.refresh();
      say(this.said.text("look-again", { n: here.length }));
      this.parts.get(first.path)?.focus();
      return;
    }
    this.go(next);
  }

  /** Shows a fault's question. */
  at(path: string): void {
    this.seen.add(path);
    this.refresh();
    (this.parts.get(path) ?? { focus: () => this.frames.get(path)?.scrollIntoView() }).focus();
  }

  // ── everything to look through ──

  drawOverview(): void {
    for (const { path } of this.faults) this.seen.add(path);
    const { said } = this;
    const send = button(said.text("send"), () => {
      if (send.getAttribute("aria-disabled") === "true") return;
      if (this.faults.length > 0) return say(said.text("look-again", { n: this.faults.length }));
      send.setAttribute("aria-disabled", "true");
      send.setAttribute("aria-busy", "true");
      void this.send().catch(() => {
        send.removeAttribute("aria-disabled");
        send.removeAttribute("aria-busy");
      });
    }, { look: "btn btn-primary btn-lg", sign: "send" });
    const last = this.open.at(-1);
    this.place.replaceChildren(
      this.head(said.text("overview"), this.open.length, this.open.length),
      overview(this, (screen) => this.go(screen)),
      el("div", { class: "form-actions field-steps" }, last !== undefined && button(said.text("back"), () => this.go(last), { sign: "arrow-left" }), send),
      el("p", { class: "muted field-saved" }, icon("device-floppy"), said.text("sent-later")),
    );
  }
}

/** The answer that stands at a path. */
function valueAt(answers: Answers, path: string): NonNullable<Answers["given"]>[string] | undefined {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  let at: Answers | undefined = answers;
  for (const part of parts) {
    const [, repeat = "", row = "0"] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
    at = at?.rows?.[repeat]?.[Number(row) - 1];
  }
  return at?.given?.[name];
}

