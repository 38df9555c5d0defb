/** The points of a day, in the order of their way, each with what has become of it. */
import { icon } from "../dom";
import { type Shown as Basis, fetchButton, notes } from "../away/list";
import { type Said, button, el } from "../away/parts";
import { standingOf } from "../away/send";
import type { Waiting } from "../kept";
import { metres } from "./here";
import type { Place } from "./model";
import { formOf } from "./send";
import type { Draft, Package, Visit } from "./store";

export type State = "open" | "begun" | "waiting" | "stale" | "sign-in" | "refused" | "wrong" | "sent" | "beside" | "returned";

const LOOKS: Record<State, string> = { open: "", begun: "tag-brand", waiting: "tag-soon", stale: "tag-late", "sign-in": "tag-late", refused: "tag-late", wrong: "tag-late", sent: "tag-ok", beside: "tag-soon", returned: "tag-late" };

export interface Shown extends Basis<Package, Draft> {
  date: string;
  position: Place | undefined;
}

export function stateOf(visit: Pick<Visit, "id" | "state" | "returned">, shown: Pick<Shown, "begun" | "items" | "at">): { state: State; item?: Waiting; draft?: Draft } {
  const draft = shown.begun.find((draft) => draft.visit === visit.id);
  const own = shown.items.filter((item) => item.form === formOf(visit.id));
  const item = draft ? own.find(({ key }) => key === draft.instance) : own.at(-1);
  if (item && item.state !== "sent") return { state: standingOf(item), item, ...(draft && { draft }) };
  if (draft) return { state: "begun", draft };
  // what the server has said since counts for more
  if (item && (item.status === 409 || item.at > shown.at)) return { state: item.status === 409 ? "beside" : "sent", item };
  if (visit.state === "handed_in") return { state: "sent", ...(item && { item }) };
  return { state: visit.returned ? "returned" : "open" };
}

export interface Acts {
  day(date: string): void;
  fetch(): void;
  locate(): void;
  open(visit: Visit): void;
  send(): void;
  /** Forgets what was begun, after asking. */
  drop(draft: Draft): void;
}

export function drawList(said: Said, shown: Shown, acts: Acts): Node[] {
  const { day } = shown;
  const pick = el("input", { class: "form-control", type: "date", id: "field-date", value: shown.date });
  pick.addEventListener("change", () => pick.value !== "" && acts.day(pick.value));
  const visits = [...(day?.visits ?? [])].sort((one, other) => one.place - other.place);
  const states = visits.map((visit) => stateOf(visit, shown));
  const done = states.filter(({ state }) => state === "sent" || state === "beside").length;
  const waits = states.filter(({ state }) => ["waiting", "stale", "sign-in"].includes(state)).length;
  // begun on another day, or of a point that is not on this list
  const others = shown.begun.filter((draft) => !visits.some(({ id }) => id === draft.visit));
  return [
    el("header", { class: "page-head" }, el("div", {}, el("h1", { tabindex: -1 }, said.text("title")), el("p", { class: "page-lead" }, day ? said.text("progress", { done, of: visits.length }) : said.text("lead")))),
    el("div", { class: "field-tools" }, el("label", { class: "field-label mb-0", for: "field-date" }, said.text("date")), pick, fetchButton(said, shown.busy, acts.fetch)),
    ...notes(said, shown, waits, "/fieldwork/app", acts.send),
    ...(day && visits.length === 0 ? [el("p", { class: "empty" }, said.text("no-points"))] : []),
    ...(visits.length > 0 ? [
      el("ol", { class: "todo panel field-list", "aria-label": said.text("title") }, ...visits.map((visit, at) => row(said, visit, states[at] as ReturnType<typeof stateOf>, shown, acts))),
      el("p", { class: "cluster" }, button(said.text("distance"), acts.locate, { sign: "current-location" }), el("span", { class: "muted" }, said.text("distance-note"))),
    ] : []),
    ...(others.length > 0 ? [
      el("h2", { class: "field-others" }, said.text("others")),
      el("ol", { class: "todo panel field-list" }, ...others.map((draft) => other(said, draft, shown, acts))),
    ] : []),
  ];
}

function row(said: Said, visit: Visit, { state, item, draft }: ReturnType<typeof stateOf>, shown: Shown, acts: Acts): HTMLElement {
  const record = item?.href ?? visit.record;
  // what came back is mended in its own page, where its earlier answers and pictures are
  const fillable = ["open", "begun", "wrong", "refused"].includes(state);
  const name = `${visit.place}. ${visit.name}`;
  let title: HTMLElement;
  if (fillable) {
    title = el("a", { class: "todo-title", href: `#v/${visit.id}` }, name);
    title.addEventListener("click", (event) => {
      event.preventDefault();
      acts.open(visit);
    });
  } else if (state === "sign-in") title = el("a", { class: "todo-title", href: "/sign-in?back=/fieldwork/app" }, name);
  else if (state === "returned") title = el("a", { class: "todo-title", href: `/fieldwork/visits/${visit.id}` }, name);
  else title = record ? el("a", { class: "todo-title", href: record }, name) : el("span", { class: "todo-title field-plain" }, name);
  const away = shown.position ? said.text("away", { m: said.number(distance(metres(shown.position, visit))) }) : "";
  const list = shown.day?.checklists.find(({ id }) => id === visit.checklist);
  const meta = [visit.number, said.of(list?.name), visit.address, away].filter((text) => text).join(" · ");
  const told = state === "returned" ? said.text("returned-why", { why: visit.returned ?? "" }) : said.has(`note-${state}`) ? said.text(`note-${state}`) : "";
  return el("li", { class: "todo-item field-visit", "data-visit": visit.id, "data-state": state },
    title,
    el("span", { class: "todo-meta" }, el("span", { class: `tag ${LOOKS[state]}` }, said.text(`state-${state}`)), ` ${meta}`),
    told !== "" && el("span", { class: "todo-meta field-told" }, told),
    el("span", { class: "todo-side" },
      state === "begun" && draft !== undefined && button("", () => acts.drop(draft), { sign: "trash", look: "btn btn-plain", label: said.text("drop-of", { name: visit.name }) }),
      el("a", { class: "btn", href: `geo:${visit.lat.toFixed(6)},${visit.lng.toFixed(6)}`, "aria-label": said.text("map-of", { name: visit.name }) }, icon("route"), said.text("map"))));
}

/** What was begun on another day. */
function other(said: Said, draft: Draft, shown: Shown, acts: Acts): HTMLElement {
  const { state } = stateOf({ id: draft.visit, state: "open" }, shown);
  const fillable = ["begun", "wrong", "refused"].includes(state);
  return el("li", { class: "todo-item field-visit", "data-state": state },
    fillable ? el("a", { class: "todo-title", href: `#v/${draft.visit}` }, draft.label) : el("span", { class: "todo-title field-plain" }, draft.label),
    el("span", { class: "todo-meta" }, el("span", { class: `tag ${LOOKS[state]}` }, said.text(`state-${state}`)), ` ${draft.date}`),
    el("span", { class: "todo-side" }, state === "begun" && button("", () => acts.drop(draft), { sign: "trash", look: "btn btn-plain", label: said.text("drop-of", { name: draft.label }) })));
}

/** Near ones to ten metres, far ones to a hundred: a telephone knows no more. */
function distance(m: number): number {
  const step = m < 1000 ? 10 : 100;
  return Math.round(m / step) * step;
}
