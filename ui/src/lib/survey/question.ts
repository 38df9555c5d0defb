/** One question with what answers it. */
import { type Said, el } from "../away/parts";
import { icon } from "../dom";
import type { Ask } from "./model";
import { UNSURE, UNTOLD, WORDS } from "./rules";

/** A question on the screen. */
export interface Part {
  element: HTMLElement;
  /** Shows a fault, or none. */
  fault(words: string): void;
  focus(): void;
}

/** Options with their words; what stands for no opinion last. */
export function optionsOf(said: Said, { field, options, kind }: Ask): [string, string][] {
  const own = options.map((text, at): [string, string] => [String(at), text]);
  const none: [string, string] = field.startsWith("t-") ? [UNTOLD, said.text("rather-not")] : [UNSURE, said.text("unsure")];
  return kind === "text" ? [] : [...own, none];
}

/** `give` is told what was chosen or typed, after each change. */
export function ask(said: Said, question: Ask, given: string[], give: (texts: string[]) => void): Part {
  const { field, kind, text, least, most } = question;
  const error = el("p", { class: "field-error", id: `${field}-error`, hidden: true });
  const hint = kind === "text" ? said.text("text-warning") : kind === "number" ? said.text("bounds", { least: least ?? "", most: most ?? "" }) : kind === "multiple" ? said.text("several") : "";
  const about = hint !== "" && el("p", { class: "field-hint", id: `${field}-hint` }, hint);
  const described = `${hint !== "" ? `${field}-hint ` : ""}${field}-error`;
  const element = kind === "text" ? typed() : el("fieldset", { class: "field", id: `${field}-field`, "aria-describedby": described },
    el("legend", { class: "field-label" }, text), about, error, ...(kind === "number" ? numbered() : [choices(optionsOf(said, question), given, give)]));

  /** Words. */
  function typed(): HTMLElement {
    const box = el("textarea", { class: "form-control", id: field, rows: 4, maxlength: WORDS, "aria-describedby": described, autocomplete: "off" });
    box.value = given[0] ?? "";
    box.addEventListener("input", () => give(box.value.trim() === "" ? [] : [box.value]));
    return el("div", { class: "field", id: `${field}-field` }, el("label", { class: "field-label", for: field }, text, el("span", { class: "field-optional" }, ` ${said.text("optional")}`)), about, error, box);
  }

  /** A number, or no opinion: never both. */
  function numbered(): Node[] {
    const box = el("input", { class: "form-control", id: field, type: "text", inputmode: "numeric", maxlength: 12, autocomplete: "off", "aria-label": text, "aria-describedby": described });
    box.value = given[0] === UNSURE ? "" : (given[0] ?? "");
    const row = choices(optionsOf(said, question).slice(-1), given, (texts) => {
      if (texts.length > 0) box.value = "";
      give(texts);
    }, true);
    box.addEventListener("input", () => {
      const [none] = row.querySelectorAll("input");
      if (none) none.checked = false;
      give(box.value.trim() === "" ? [] : [box.value.trim()]);
    });
    return [box, row];
  }

  function choices(options: [string, string][], chosen: string[], told: (texts: string[]) => void, several = kind === "multiple"): HTMLElement {
    const row = el("div", { class: "choices survey-choices" });
    const boxes = options.map(([value, words]) => {
      const box = el("input", { type: several ? "checkbox" : "radio", name: field, value });
      box.checked = chosen.includes(value);
      box.addEventListener("change", () => {
        // no opinion beside an opinion contradicts it
        if (box.checked && several) for (const other of boxes) if (other !== box && (value === UNSURE || other.value === UNSURE)) other.checked = false;
        told(boxes.filter(({ checked }) => checked).map((one) => one.value));
      });
      row.append(el("label", { class: "choice" }, box, words));
      return box;
    });
    return row;
  }

  return {
    element,
    fault(told: string) {
      error.hidden = told === "";
      element.classList.toggle("field-wrong", told !== "");
      if (error.textContent !== told) error.replaceChildren(...(told ? [icon("alert-circle"), told] : []));
      for (const box of element.querySelectorAll("input, textarea")) {
        if (told) box.setAttribute("aria-invalid", "true");
        else box.removeAttribute("aria-invalid");
      }
    },
    focus() {
      element.scrollIntoView({ block: "center" });
      element.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
    },
  };
}
