/** One question with what answers it. */
import { icon } from "../dom";
import { here } from "./here";
import { media } from "./media";
import { type Answers, type Checklist, type Given, type Note, type Place, type Question, choices, isPlace } from "./model";
import { type Said, button, el } from "../away/parts";
import type { Draft } from "./store";

/** Where an answer is kept: the whole, or one row of a repeat. */
export type Holder = Answers;

export interface Asking {
  said: Said;
  draft: Draft;
  list: Checklist;
  /** Told after each change: works everything out again and keeps it. */
  changed(path: string): Promise<void>;
}

/** A question on the screen. */
export interface Part {
  element: HTMLElement;
  /** Shows a fault, or none. */
  fault(words: string): void;
  /** Shows what was calculated. */
  value?(given: Given | undefined): void;
  focus(): void;
}

/** Longest text, in characters, as the server takes it. */
const CHARACTERS = 10_000;

export function ask(asking: Asking, question: Question, holder: Holder, path: string): Part {
  const { said, list, draft } = asking;
  const id = `q-${path}`;
  const error = el("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const optional = question.required === undefined || question.required === false;
  const words = [said.of(question.label) || question.name, optional && question.kind !== "calculate" ? el("span", { class: "field-optional" }, ` ${said.text("optional")}`) : ""];
  const hint = said.of(question.hint);
  const about = hint ? el("p", { class: "field-hint", id: `${id}-hint` }, hint) : undefined;
  const described = `${hint ? `${id}-hint ` : ""}${id}-error`;
  const grouped = ["conforms", "grade", "one-of", "many-of", "place", "line", "area", "photo", "audio"].includes(question.kind);

  const give = (given: Given | undefined) => {
    const all = (holder.given ??= {});
    if (given === undefined || given === "") delete all[question.name];
    else all[question.name] = given;
    return asking.changed(path);
  };
  const now = () => holder.given?.[question.name];

  let body: HTMLElement;
  let value: Part["value"];
  switch (question.kind) {
    case "conforms":
    case "grade":
    case "one-of":
    case "many-of":
      body = choose();
      break;
    case "place":
      body = onePlace();
      break;
    case "line":
    case "area":
      body = manyPlaces();
      break;
    case "photo":
    case "audio":
      body = media(said, draft, question, holder, id, () => asking.changed(path));
      break;
    case "calculate": {
      const output = el("output", { class: "field-worked", id });
      value = (given) => (output.textContent = typeof given === "number" ? said.number(given) : typeof given === "string" && given !== "" ? given : "—");
      value(undefined);
      body = output;
      break;
    }
    default:
      body = typed();
  }

  /** Number, text, day or time. */
  function typed(): HTMLElement {
    const { kind } = question;
    const given = now();
    const shared = { class: "form-control", id, "aria-describedby": described, autocomplete: "off" };
    const field = kind === "text" && question.appearance?.includes("multiline")
      ? el("textarea", { ...shared, rows: 4, maxlength: CHARACTERS })
      : el("input", {
          ...shared,
          type: kind === "count" || kind === "number" ? "number" : kind,
          ...(kind === "count" && { step: 1, inputmode: "numeric" }),
          ...(kind === "number" && { step: "any", inputmode: "decimal" }),
          ...(kind === "text" && { maxlength: CHARACTERS }),
        });
    if (typeof given === "number" || typeof given === "string") field.value = kind === "time" ? String(given).slice(0, 5) : String(given);
    field.addEventListener("input", () => {
      const text = field.value.trim();
      if (kind === "count" || kind === "number") {
        // what is no number is empty to the browser, and told apart by it
        part.odd = field.validity.badInput;
        void give(text === "" ? undefined : Number(text));
      } else void give(kind === "time" && /^\d\d:\d\d$/.test(text) ? `${text}:00` : kind === "text" ? field.value : text);
    });
    return field;
  }

  function choose(): HTMLElement {
    const many = question.kind === "many-of";
    const row = el("div", { class: question.kind === "conforms" ? "choices choices-row" : "choices" });
    const chosen = () => {
      const given = now();
      return Array.isArray(given) ? given.map(String) : typeof given === "string" ? [given] : [];
    };
    const options = choices(list, question);
    for (const choice of options) {
      const box = el("input", { type: many ? "checkbox" : "radio", name: id, value: choice.name });
      box.checked = chosen().includes(choice.name);
      box.addEventListener("change", () => {
        const after = options.map(({ name }) => name).filter((name) => (name === choice.name ? box.checked : chosen().includes(name)));
        void give(!many ? choice.name : after.length > 0 ? after : undefined);
        clear.hidden = many || now() === undefined;
      });
      row.append(el("label", { class: `choice${question.kind === "conforms" ? ` field-${choice.name}` : ""}` }, box, said.of(choice.label) || choice.name));
    }
    const clear = button(said.text("clear"), () => {
      for (const box of row.querySelectorAll("input")) box.checked = false;
      void give(undefined);
      clear.hidden = true;
      row.querySelector("input")?.focus();
    }, { look: "btn btn-sm btn-plain", label: said.text("clear-of", { name: said.of(question.label) }) });
    clear.hidden = many || now() === undefined;
    return el("div", {}, row, clear);
  }

  /** Asks where this device is, and says so while it does. */
  function locate(words: string, then: (place: Place) => void): HTMLElement {
    const note = el("p", { class: "field-note", role: "status" });
    const press = button(words, () => {
      press.setAttribute("aria-busy", "true");
      note.textContent = said.text("locating");
      void here().then((place) => {
        press.removeAttribute("aria-busy");
        note.textContent = place ? "" : said.text("not-located");
        if (place) then(place);
      });
    }, { sign: "current-location" });
    press.id = id;
    return el("div", {}, press, note);
  }

  function onePlace(): HTMLElement {
    const shown = el("p", { class: "cluster mb-0" });
    const show = () => {
      const given = now();
      shown.replaceChildren(...(isPlace(given) ? [el("span", { class: "mono" }, placeWords(said, given)), button(said.text("take-out"), () => {
        void give(undefined);
        show();
      }, { look: "btn btn-sm btn-plain", sign: "x" })] : []));
    };
    show();
    return el("div", { class: "stack-tight" }, shown, locate(said.text("use-here"), (place) => {
      void give(place);
      show();
    }));
  }

  function manyPlaces(): HTMLElement {
    const shown = el("ol", { class: "field-points" });
    const points = () => {
      const given = now();
      return Array.isArray(given) ? (given as Place[]) : [];
    };
    const set = (places: Place[]) => {
      void give(places.length > 0 ? places : undefined);
      show();
    };
    const show = () => {
      shown.replaceChildren(...points().map((place, n) => el("li", {}, el("span", { class: "mono" }, placeWords(said, place)), button(said.text("take-out"), () => set(points().filter((_, at) => at !== n)), { look: "btn btn-sm btn-plain", sign: "x", label: said.text("remove", { name: said.text("point-n", { n: n + 1 }) }) }))));
    };
    show();
    return el("div", { class: "stack-tight" }, shown, locate(said.text("add-point"), (place) => set([...points(), place])));
  }

  const element = grouped
    ? el("fieldset", { class: "field", id: `${id}-field`, "aria-describedby": described }, el("legend", { class: "field-label" }, ...words), about, error, body)
    : el("div", { class: "field", id: `${id}-field` }, el("label", { class: "field-label", for: id }, ...words), about, error, body);
  const part: Part & { odd: boolean } = {
    element,
    odd: false,
    ...(value && { value }),
    fault(told: string) {
      const shown = part.odd ? said.text("fault-wrong-kind") : told;
      const same = error.textContent === shown;
      error.hidden = shown === "";
      element.classList.toggle("field-wrong", shown !== "");
      if (!same) error.replaceChildren(...(shown ? [icon("alert-circle"), shown] : []));
      for (const field of element.querySelectorAll("input, textarea")) {
        if (shown) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    },
    focus() {
      element.scrollIntoView({ block: "center" });
      element.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
    },
  };
  return part;
}

export function note(said: Said, item: Note): HTMLElement {
  const hint = said.of(item.hint);
  return el("div", { class: "callout field-words" }, icon("info-circle"), el("div", {}, el("p", { class: "mb-0" }, said.of(item.label)), hint !== "" && el("p", { class: "field-hint mb-0" }, hint)));
}

export function placeWords(said: Said, place: Place): string {
  const text = `${place.lat.toFixed(6)}, ${place.lng.toFixed(6)}`;
  return place.accuracy === undefined ? text : `${text} ${said.text("accuracy", { m: Math.round(place.accuracy) })}`;
}
