/** The questionnaire of one household: a question at a time, kept at once; then everything to look through; then it is closed. */
import { type Said, button, el } from "../away/parts";
import { icon, say } from "../dom";
import type { Ask, Draft, Fault } from "./model";
import { type Part, ask, optionsOf } from "./question";
import { settleAll, traitAsks } from "./rules";
import { hashOf } from "./send";
import { keepDraft } from "./store";

export class Form {
  private readonly asks: Ask[];
  private part: Part | undefined;
  /** Fields whose faults are shown: those that were passed over, or that the server found. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly said: Said,
    readonly draft: Draft,
    private readonly place: HTMLElement,
    /** Goes to a question, or to what there is to look through. */
    private readonly go: (at: number | undefined) => void,
    private readonly close: () => Promise<void>,
  ) {
    this.asks = [...traitAsks(draft.traits), ...draft.questions];
    for (const { field } of draft.told) this.seen.add(field);
  }

  /** What is wrong: as it is worked out here, and what only the server found. */
  private get faults(): Fault[] {
    const { draft } = this;
    const { asked, faults } = settleAll(draft.traits, draft.questions, draft.given);
    return [...faults, ...draft.told.filter(({ field }) => asked.includes(field) && faults.every((fault) => fault.field !== field))];
  }

  /** Places of the questions that are asked and may be looked at. */
  get open(): number[] {
    const { draft } = this;
    const { asked } = settleAll(draft.traits, draft.questions, draft.given);
    return [...this.asks.keys()].filter((at) => {
      const field = this.asks[at]?.field ?? "";
      return asked.includes(field) && !draft.closed.includes(field);
    });
  }

  async keep(): Promise<void> {
    this.draft.at = Date.now();
    try {
      await keepDraft(this.draft);
    } catch {
      say(this.said.text("no-room"), 15);
    }
  }

  private words({ code }: Fault): string {
    const name = `fault-${code}`;
    return this.said.text(this.said.has(name) ? name : "fault-other", { code });
  }

  private show(field: string): void {
    const fault = this.seen.has(field) ? this.faults.find((fault) => fault.field === field) : undefined;
    this.part?.fault(fault ? this.words(fault) : "");
  }

  private head(step: number, of: number): HTMLElement {
    const { said, draft } = this;
    return el("header", { class: "page-head field-head" }, el("div", {},
      el("p", { class: "mb-0" }, el("a", { class: "field-back", href: hashOf(draft) }, icon("chevron-left"), said.text("household", { n: draft.household }))),
      el("p", { class: "page-lead" }, draft.label),
      el("h1", { tabindex: -1 }, step < of ? said.text("step", { n: step + 1, of }) : said.text("check")),
      el("p", { class: "visually-hidden", id: "survey-step" }, step < of ? said.text("step", { n: step + 1, of }) : said.text("check-step")),
      el("progress", { class: "field-progress", max: of, value: Math.min(step + 1, of), "aria-labelledby": "survey-step" })));
  }

  // ── one question ──

  draw(at: number): void {
    const { said, draft, open } = this;
    const question = this.asks[at];
    if (!question) return;
    const { field } = question;
    draft.screen = at;
    const step = open.indexOf(at);
    const last = () => this.open.at(-1) === at;
    const onward = el("span", {}, said.text(last() ? "to-check" : "next"));
    this.part = ask(said, question, draft.given[field] ?? [], (texts) => {
      if (texts.length > 0) draft.given[field] = texts;
      else delete draft.given[field];
      // what was changed is judged anew when it is sent
      draft.told = draft.told.filter((fault) => fault.field !== field);
      this.show(field);
      // another question may follow now, or none
      onward.textContent = said.text(last() ? "to-check" : "next");
      void this.keep();
    });
    const form = el("form", { class: "panel field-form", novalidate: true },
      el("div", { class: "panel-body" }, el("div", { class: "field-screen" }, this.part.element)),
      el("div", { class: "form-actions field-steps" },
        step > 0 && button(said.text("back"), () => this.go(open[step - 1]), { sign: "arrow-left" }),
        el("button", { class: "btn btn-primary", type: "submit" }, icon("arrow-right"), onward)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.forward(at, field);
    });
    this.place.replaceChildren(this.head(step, open.length), form, el("p", { class: "muted field-saved" }, icon("device-floppy"), said.text("saved")));
    this.show(field);
  }

  /** On to the next one; where this one is missing, that is shown first, once. */
  private forward(at: number, field: string): void {
    const fresh = !this.seen.has(field);
    this.seen.add(field);
    if (fresh && this.faults.some((fault) => fault.field === field)) {
      this.show(field);
      this.part?.focus();
      return;
    }
    this.go(this.open.find((other) => other > at));
  }

  // ── everything to look through ──

  drawCheck(): void {
    const { said, draft, faults, open } = this;
    for (const { field } of faults) this.seen.add(field);
    const fault = (field: string) => faults.find((fault) => fault.field === field);
    const lines = open.map((at) => {
      const { field, text } = this.asks[at] as Ask;
      const wrong = fault(field);
      return el("div", { class: "field-line" },
        el("dt", {}, text),
        el("dd", {}, this.answer(this.asks[at] as Ask) || el("span", { class: "muted" }, said.text("no-answer")), " ",
          wrong
            ? el("p", { class: "field-error mb-0" }, icon("alert-circle"), button(this.words(wrong), () => this.go(at), { look: "field-link", label: said.text("fault-of", { name: text, fault: this.words(wrong) }) }))
            : button(said.text("change"), () => this.go(at), { look: "btn btn-sm btn-plain", label: said.text("change-of", { name: text }) })));
    });
    const close = button(said.text("close"), () => {
      if (close.getAttribute("aria-disabled") === "true") return;
      if (this.faults.length > 0) return say(said.text("look-again", { n: this.faults.length }));
      close.setAttribute("aria-disabled", "true");
      close.setAttribute("aria-busy", "true");
      void this.close().catch(() => {
        close.removeAttribute("aria-disabled");
        close.removeAttribute("aria-busy");
        say(said.text("no-room"), 15);
      });
    }, { look: "btn btn-primary btn-lg", sign: "lock" });
    const last = open.at(-1);
    const count = faults.length;
    this.place.replaceChildren(
      this.head(open.length, open.length),
      el("div", { class: "stack" },
        el("p", { class: count > 0 ? "callout callout-late" : "callout callout-ok", role: "status" }, icon(count > 0 ? "alert-circle" : "circle-check"), said.text(count > 0 ? "faults" : "complete", { n: count })),
        ...(draft.closed.length > 0 ? [el("p", { class: "muted mb-0" }, said.text("mend-note"))] : []),
        el("section", { class: "panel" }, el("div", { class: "panel-body" }, el("dl", { class: "field-lines" }, ...lines)))),
      el("div", { class: "form-actions field-steps" }, last !== undefined && button(said.text("back"), () => this.go(last), { sign: "arrow-left" }), close),
      el("p", { class: "muted field-saved" }, icon("shield-lock"), said.text("close-note")));
  }

  /** What was answered, in words. */
  private answer(question: Ask): string {
    const { said } = this;
    const texts = this.draft.given[question.field] ?? [];
    const named = new Map(optionsOf(said, question));
    return texts.map((text) => (question.kind === "number" || question.kind === "text" ? (named.get(text) ?? text) : (named.get(text) ?? ""))).join(said.text("between"));
  }
}
