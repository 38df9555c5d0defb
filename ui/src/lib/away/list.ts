/** What stands above every list of a page without a network: when it was fetched, why it is not newer, and what waits. */
import { icon } from "../dom";
import type { Waiting } from "../kept";
import { type Said, button, el } from "./parts";

/** Why nothing newer could be fetched: nothing, no signal, nobody signed in, not allowed, or a fault. */
export type Trouble = "" | "offline" | "sign-in" | "forbidden" | "fault";

/** What such a page shows; `D`: a day that was fetched, `B`: what was begun. */
export interface Shown<D, B> {
  person: string;
  day: D | undefined;
  /** When it was fetched. */
  at: number;
  begun: B[];
  items: Waiting[];
  trouble: Trouble;
  busy: boolean;
}

export function fetchButton(said: Said, busy: boolean, act: () => void): HTMLButtonElement {
  const fetch = button(said.text("fetch"), act, { sign: "refresh" });
  if (busy) fetch.setAttribute("aria-busy", "true");
  return fetch;
}

/** `waits`: how many are to be sent; `page`: the one to come back to after signing in. */
export function notes<D, B>(said: Said, { day, at, trouble }: Shown<D, B>, waits: number, page: string, send: () => void): Node[] {
  // a kept page says by itself that there is no signal
  const tells = trouble !== "" && !(trouble === "offline" && document.querySelector(".offline-bar"));
  return [
    ...(tells ? [el("p", { class: "callout callout-soon", role: "status" }, icon("alert-triangle"), said.text(`trouble-${trouble}`), trouble === "sign-in" && el("a", { class: "btn btn-sm", href: `/sign-in?back=${page}` }, said.text("do-sign-in")))] : []),
    el("p", { class: "muted field-saved", role: "status" }, icon("device-mobile"), day ? said.text("kept", { time: said.time(at) }) : said.text("not-kept")),
    ...(waits > 0 ? [el("p", { class: "callout" }, icon("upload"), said.text("waits", { n: waits }), button(said.text("send-now"), send, { look: "btn btn-sm" }))] : []),
  ];
}
