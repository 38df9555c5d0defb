/**
 * A page that works without a network: kept by the service worker, drawn from what this device has, and brought up to date when
 * there is a signal. What it shows is said by those who extend it.
 */
import { signalBack } from "../offline";
import { deliver, reader } from "../../outbox";
import type { Shown, Trouble } from "./list";
import { Said } from "./parts";

export abstract class AwayPage<S extends Shown<unknown, unknown>> {
  protected readonly said: Said;
  private drawn = "";

  /** `page`: its address. */
  constructor(protected readonly place: HTMLElement, protected readonly shown: S, private readonly page: string) {
    this.said = new Said(place);
  }

  /** Reads what is kept into `shown`. */
  protected abstract load(): Promise<void>;
  /** Shows what the address asks for. */
  protected abstract route(): Promise<void>;
  /** Where a day is fetched. */
  protected abstract source(): string;
  /** Keeps what was fetched. */
  protected abstract took(answer: unknown): Promise<void>;
  /** Draws the list; nothing while something else is shown. */
  protected abstract drawing(): (() => Node[]) | undefined;

  async start(): Promise<void> {
    try {
      this.shown.person = await reader();
      await this.load();
    } catch {
      // no database: nothing could be kept, so nothing should be begun
      this.place.querySelector("[data-away-unable]")?.removeAttribute("hidden");
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
      (await navigator.serviceWorker?.ready)?.active?.postMessage({ type: "away", page: this.page });
      await navigator.storage?.persist?.();
    } catch {
      /* no worker: the page stays as long as it is open */
    }
  }

  async fetch(): Promise<void> {
    const { shown } = this;
    const { person } = shown;
    if (person === "") shown.trouble = "sign-in";
    else {
      shown.busy = true;
      shown.trouble = await this.fetched(person);
      shown.busy = false;
    }
    await this.load();
    this.list();
  }

  private async fetched(person: string): Promise<Trouble> {
    try {
      const answer = await fetch(this.source(), { cache: "no-store", headers: { Accept: "application/json" } });
      signalBack();
      if (answer.status === 401) return "sign-in";
      if (answer.status === 403 || answer.status === 404) return "forbidden";
      if (!answer.ok) return answer.status >= 502 ? "offline" : "fault";
      const day: unknown = await answer.json();
      // the session may be another person's by now: its page will tell
      if (this.shown.person === person && (await reader()) === person) await this.took(day);
      return "";
    } catch {
      return "offline";
    }
  }

  /** Whatever is drawn next is drawn in any case. */
  protected anew(): void {
    this.drawn = "";
  }

  /** Drawn again only when something is different: whoever is about to press a button keeps it. */
  protected list(): void {
    const draw = this.drawing();
    if (!draw) return;
    const now = JSON.stringify([this.shown, location.hash, Date.now() - this.shown.at > 0]);
    if (now === this.drawn) return;
    this.drawn = now;
    const focused = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement.id : "";
    this.place.replaceChildren(...draw());
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}
