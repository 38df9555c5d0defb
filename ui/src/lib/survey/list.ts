/** Segments, and the households of one in their order, each with what has become of it. */
import { type Shown as Basis, fetchButton, notes } from "../away/list";
import { type Said, button, el } from "../away/parts";
import { icon } from "../dom";
import type { Waiting } from "../kept";
import type { At, Draft, Outcome, Package, Segment, Survey } from "./model";
import { type Note, counts, hashOf, noteOf, toldOf } from "./send";
import { type List, type Listed, isOpen, walk } from "./walk";

export type Shown = Basis<Package, Draft>;

const PAGE = "/surveys/app";
const LOOKS = { waiting: "", again: "tag-soon", answered: "tag-ok", refused: "tag-late", absent: "tag-late", begun: "tag-brand" };
/** What is not sent and not refused. */
const WAITS = ["waiting", "sign-in"];

/** A segment with all that is known of it here. */
export interface Spot {
  survey: Survey;
  segment: Segment;
  list: List;
}

export interface Acts {
  fetch(): void;
  send(): void;
  note(at: At, outcome: Outcome): void;
  begin(at: At): void;
  mend(item: Waiting): void;
  again(item: Waiting): void;
  remove(item: Waiting): void;
  drop(draft: Draft): void;
}

const within = (note: Pick<Note, "number" | "place"> | undefined, survey: Survey, segment: Segment) => note?.number === survey.number && note.place === segment.place;

export function spots({ day, items }: Shown): Spot[] {
  return (day?.surveys ?? []).flatMap((survey) => survey.segments.map((segment) => {
    const noted = items.filter(counts).flatMap((item) => {
      const note = noteOf(item);
      return note && within(note, survey, segment) ? [note] : [];
    });
    return { survey, segment, list: walk(segment, survey.tries, noted) };
  }));
}

export const nameOf = (said: Said, { place, division_name: division, name }: Segment) => said.text("segment", { place, division, name });

const waiting = (shown: Shown) => shown.items.filter((item) => WAITS.includes(toldOf(item))).length;

// ── segments ──

export function drawSegments(said: Said, shown: Shown, acts: Acts): Node[] {
  const all = spots(shown);
  const rows = all.map(({ survey, segment, list }) => {
    const done = list.doors.filter(({ state }) => state === "answered").length;
    return el("li", { class: "todo-item field-visit", "data-segment": `${survey.number}/${segment.place}` },
      el("a", { class: "todo-title", href: `#s/${survey.number}/${segment.place}` }, nameOf(said, segment)),
      el("span", { class: "todo-meta" }, [survey.name, survey.closes && said.text("closes", { day: said.day(survey.closes) })].filter((text) => text).join(" · ")),
      el("span", { class: "todo-meta field-told" }, said.text("progress", { done, of: segment.target })));
  });
  // of segments that are on no list any more
  const known = (at: Pick<At, "number" | "place"> | undefined) => all.some(({ survey, segment }) => within(at as Note | undefined, survey, segment));
  const others = [
    ...shown.begun.filter((draft) => !known(draft)).map((draft) => el("li", { class: "todo-item field-visit" },
      el("a", { class: "todo-title", href: `${hashOf(draft)}/q` }, draft.label),
      el("span", { class: "todo-meta" }, el("span", { class: "tag tag-brand" }, said.text("state-begun"))),
      el("span", { class: "todo-side" }, button("", () => acts.drop(draft), { sign: "trash", look: "btn btn-plain", label: said.text("drop") })))),
    ...shown.items.filter((item) => toldOf(item) !== "sent" && !known(noteOf(item))).map((item) => el("li", { class: "todo-item field-visit" },
      el("span", { class: "todo-title field-plain" }, item.label), ...sending(said, item, acts))),
  ];
  return [
    el("header", { class: "page-head" }, el("div", {}, el("h1", { tabindex: -1 }, said.text("title")), el("p", { class: "page-lead" }, said.text("lead")))),
    el("div", { class: "field-tools" }, fetchButton(said, shown.busy, acts.fetch)),
    ...notes(said, shown, waiting(shown), PAGE, acts.send),
    ...(shown.day && all.length === 0 ? [el("p", { class: "empty" }, said.text("no-segments"))] : []),
    ...(rows.length > 0 ? [el("ol", { class: "todo panel field-list", "aria-label": said.text("title") }, ...rows)] : []),
    ...(others.length > 0 ? [el("h2", { class: "field-others" }, said.text("others")), el("ol", { class: "todo panel field-list" }, ...others)] : []),
  ];
}

/** What has become of a sending, with what can be done about it. */
function sending(said: Said, item: Waiting, acts: Acts): Node[] {
  const state = toldOf(item);
  const note = noteOf(item);
  const n = note?.household ?? "";
  const gone = ["settled", "stale", "survey-over"].includes(state);
  const side = [
    state === "wrong" && button(said.text("mend"), () => acts.mend(item), { look: "btn btn-primary", sign: "pencil" }),
    state === "refused" && button(said.text("send-again"), () => acts.again(item), { sign: "send" }),
    (gone || state === "refused") && button(said.text("remove"), () => acts.remove(item), { look: "btn btn-plain", label: said.text("remove-of", { n }) }),
  ];
  return [
    el("span", { class: "todo-meta field-told", "data-told": state }, said.text(`sent-${state}`)),
    ...(side.some((one) => one) ? [el("span", { class: "todo-side" }, ...side)] : []),
  ];
}

// ── households ──

/** `lately`: what was just noted, in words. */
export function drawDoors(said: Said, shown: Shown, { survey, segment, list }: Spot, lately: string, acts: Acts): Node[] {
  const next = list.doors.find(isOpen);
  const done = list.doors.filter(({ state }) => state === "answered").length;
  const at = (household: number): At => ({ number: survey.number, place: segment.place, household });
  return [
    el("header", { class: "page-head field-head" }, el("div", {},
      el("p", { class: "mb-0" }, el("a", { class: "field-back", href: "#" }, icon("chevron-left"), said.text("to-segments"))),
      el("h1", { tabindex: -1 }, nameOf(said, segment)),
      el("p", { class: "page-lead" }, survey.name),
      el("p", { class: "muted mb-0", id: "survey-done" }, said.text("progress", { done, of: segment.target })),
      el("progress", { class: "field-progress", max: segment.target, value: done, "aria-labelledby": "survey-done" }))),
    ...(lately !== "" ? [el("p", { class: "callout callout-ok", role: "status" }, icon("circle-check"), lately)] : []),
    ...notes(said, shown, waiting(shown), PAGE, acts.send),
    next
      ? el("p", {}, el("a", { class: "btn btn-primary btn-lg survey-next", href: hashOf(at(next.household)) }, icon("arrow-right"), said.text("next-door", { n: next.household })))
      : el("p", { class: "callout" }, icon("checks"), said.text(list.short ? "no-more" : "all-done")),
    el("p", { class: "muted" }, said.text("segment-lead", { tries: survey.tries })),
    el("ol", { class: "todo panel field-list", "aria-label": nameOf(said, segment) }, ...list.doors.map((door) => row(said, shown, at(door.household), door, acts))),
  ];
}

const same = (one: At | undefined, { number, place, household }: At) => one?.number === number && one.place === place && one.household === household;

export const draftAt = ({ begun }: Shown, at: At): Draft | undefined => begun.find((draft) => same(draft, at));

function row(said: Said, shown: Shown, at: At, door: Listed, acts: Acts): HTMLElement {
  const name = said.text("household", { n: door.household });
  const begun = draftAt(shown, at) !== undefined;
  const last = shown.items.filter((item) => same(noteOf(item), at)).at(-1);
  const state = isOpen(door) && begun ? "begun" : door.state;
  return el("li", { class: "todo-item field-visit", "data-household": door.household, "data-state": state },
    isOpen(door) ? el("a", { class: "todo-title", href: hashOf(at) }, name) : el("span", { class: "todo-title field-plain" }, name),
    el("span", { class: "todo-meta" },
      el("span", { class: `tag ${LOOKS[state]}` }, said.text(`state-${state}`, { n: door.visits })),
      door.stands_in && ` ${said.text("stands-in")}`,
      door.by !== undefined && ` ${said.text("replaced", { n: door.by })}`),
    ...(last ? sending(said, last, acts) : []));
}

// ── a door ──

export function drawDoor(said: Said, shown: Shown, { survey, segment }: Spot, door: Listed, acts: Acts): Node[] {
  const at: At = { number: survey.number, place: segment.place, household: door.household };
  const begun = draftAt(shown, at);
  return [
    el("header", { class: "page-head field-head" }, el("div", {},
      el("p", { class: "mb-0" }, el("a", { class: "field-back", href: `#s/${survey.number}/${segment.place}` }, icon("chevron-left"), said.text("to-doors"))),
      el("h1", { tabindex: -1 }, said.text("household", { n: door.household })),
      el("p", { class: "page-lead" }, `${survey.name} · ${nameOf(said, segment)}`))),
    ...(survey.lead !== "" ? [el("p", { class: "callout prewrap" }, survey.lead)] : []),
    el("section", { class: "panel" }, el("div", { class: "panel-head" }, el("h2", { class: "panel-title" }, said.text("outcome"))),
      el("div", { class: "panel-body survey-outcomes" },
        button(said.text(begun ? "go-on" : "begin"), () => acts.begin(at), { look: "btn btn-primary btn-lg", sign: "clipboard-check" }),
        button(said.text("absent"), () => acts.note(at, "absent"), { look: "btn btn-lg", sign: "home" }),
        button(said.text("refused"), () => acts.note(at, "refused"), { look: "btn btn-lg", sign: "ban" }),
        el("p", { class: "muted mb-0" }, door.visits > 0 ? said.text("absent-note", { n: door.visits, tries: survey.tries }) : said.text("refused-note")))),
    el("p", { class: "muted mt-3" }, said.text("apart")),
    ...(begun ? [el("p", {}, button(said.text("drop"), () => acts.drop(begun), { look: "btn btn-plain", sign: "trash" }))] : []),
  ];
}
