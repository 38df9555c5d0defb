/** "Check your answers": every screen with what was answered and what is still wrong, each a tap away. */
import { icon } from "../dom";
import type { Form } from "./form";
import type { Answers, Item } from "./model";
import { button, el } from "../away/parts";
import { isShown, screenOf } from "./screens";
import { answerWords, faultWords } from "./show";

export function overview(form: Form, go: (screen: number) => void): HTMLElement {
  const { said, faults, hidden, screens, open } = form;
  const to = (path: string) => {
    go(screenOf(screens, path));
    form.at(path);
  };

  const lines = (items: Item[], answers: Answers, before: string): HTMLElement[] => items.flatMap((item) => {
    const path = before + item.name;
    if (hidden.has(path) || item.item === "note" || !isShown(item)) return [];
    if (item.item === "section") return lines(item.items, answers, before);
    if (item.item === "repeat") {
      const rows = answers.rows?.[item.name] ?? [];
      const fault = faults.find((fault) => fault.path === path);
      const none = rows.length === 0 || fault ? [line(said.of(item.label), rows.length === 0 ? said.text("none") : said.number(rows.length), fault ? { path, words: faultWords(said, fault) } : undefined)] : [];
      return [...none, ...rows.flatMap((row, at) => [
        el("div", { class: "field-line field-line-row" }, el("dt", {}, said.text("row-n", { name: said.of(item.label), n: at + 1 })), el("dd", {})),
        ...lines(item.items, row, `${path}[${at + 1}]/`),
      ])];
    }
    const fault = faults.find((fault) => fault.path === path);
    return [line(said.of(item.label) || item.name, answerWords(said, form.list, item, answers.given?.[item.name]), fault && { path, words: faultWords(said, fault) })];
  });

  const line = (label: string, answer: string, fault?: { path: string; words: string }): HTMLElement => el("div", { class: "field-line" },
    el("dt", {}, label),
    el("dd", {}, answer !== "" ? answer : el("span", { class: "muted" }, said.text("no-answer")),
      fault && el("p", { class: "field-error mb-0" }, icon("alert-circle"), button(fault.words, () => to(fault.path), { look: "field-link", label: said.text("mend", { name: label, fault: fault.words }) }))));

  const known = new Set(open);
  const panels = screens.flatMap((screen, at) => {
    if (!known.has(at)) return [];
    const title = said.of(screen.label) || said.of(form.list.title);
    return [el("section", { class: "panel" },
      el("div", { class: "panel-head" }, el("h2", { class: "panel-title" }, title), button(said.text("change"), () => go(at), { look: "btn btn-sm", sign: "pencil", label: said.text("change-of", { name: title }) })),
      el("div", { class: "panel-body" }, el("dl", { class: "field-lines" }, ...lines(screen.items, form.settled.answers, ""))))];
  });
  const count = faults.length;
  return el("div", { class: "stack" },
    el("p", { class: count > 0 ? "callout callout-late" : "callout callout-ok", role: "status" }, icon(count > 0 ? "alert-circle" : "circle-check"), said.text(count > 0 ? "faults" : "complete", { n: count })),
    ...panels);
}
