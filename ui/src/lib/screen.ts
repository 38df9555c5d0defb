/**
 * A wall renews itself: it fetches its panels every half minute, replaces those that differ, and says since when its figures stand
 * still while no answer comes. It goes on asking for as long as it hangs.
 */
import { enhance, fill } from "./dom";

const parts = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>("[data-part]")];

export function startScreen(): void {
  enhance("body[data-screen]", run);
  enhance("[data-ticker]", ticker);
  enhance("[data-fullscreen]", (button) => {
    if (!document.fullscreenEnabled) return;
    button.hidden = false;
    button.addEventListener("click", () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  });
  enhance("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}

function run(body: HTMLElement): void {
  const every = Number(body.dataset["every"] ?? 30) * 1000;
  // the server's clock, on a wall whose own may be wrong
  const ahead = Number(body.dataset["now"] ?? Date.now()) - Date.now();
  const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
  const began = day.format(Date.now() + ahead);
  const tick = () => {
    const now = Date.now() + ahead;
    for (const place of document.querySelectorAll("[data-clock]")) write(place, clock.format(now));
    // a new day has a new date, and a new script perhaps
    return day.format(now) !== began;
  };
  // what the server sent, to compare with: the page may have changed what it shows since
  const sent = new Map(parts(document).map((part) => [part.dataset["part"], part.outerHTML]));
  let since = Date.now() + ahead;

  const stale = () => {
    const place = document.querySelector<HTMLElement>("[data-stale]");
    if (!place) return;
    write(place, fill(body.dataset["textStale"], { time: clock.format(since) }));
    place.hidden = false;
  };
  const renew = async (): Promise<void> => {
    try {
      const patience = new AbortController();
      const given = setTimeout(() => patience.abort(), every);
      const answer = await fetch(body.dataset["screen"] ?? "", { headers: { "HX-Request": "true", Accept: "text/html" }, cache: "no-store", signal: patience.signal });
      clearTimeout(given);
      // revoked, expired, or signed out: the page itself tells
      if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) return location.reload();
      if (!answer.ok) return stale();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [now, then] = [fresh, document].map((root) => root.querySelector<HTMLElement>("[data-wall]"));
      if (!now || !then) return stale();
      if (now.dataset["wall"] !== then.dataset["wall"] || now.dataset["script"] !== then.dataset["script"]) return location.reload();
      for (const part of parts(fresh)) put(part, sent);
      for (const map of document.querySelectorAll("[data-map]")) map.dispatchEvent(new CustomEvent("cc:refresh"));
      since = Date.now() + ahead;
      const place = document.querySelector<HTMLElement>("[data-stale]");
      if (place) place.hidden = true;
    } catch {
      stale();
    }
  };
  const step = () => void renew().finally(() => setTimeout(step, every));
  setTimeout(step, every);
  setInterval(() => {
    if (tick() && document.querySelector<HTMLElement>("[data-stale]")?.hidden) location.reload();
  }, 1000);
  tick();
}

function put(part: HTMLElement, sent: Map<string | undefined, string>): void {
  const name = part.dataset["part"];
  const html = part.outerHTML;
  const place = parts(document).find((one) => one.dataset["part"] === name);
  if (!place || sent.get(name) === html) return;
  sent.set(name, html);
  place.replaceWith(document.importNode(part, true));
}

function write(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

/** The ticker runs only with a button that stops it. */
function ticker(place: HTMLElement): void {
  const room = place.querySelector<HTMLElement>(".ticker-run");
  const fits = !room || room.scrollWidth <= room.clientWidth;
  if (fits || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const { dataset } = document.body;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "wall-link ticker-button";
  const show = () => (button.textContent = (place.classList.contains("ticker-stands") ? dataset["textGoOn"] : dataset["textPause"]) ?? "");
  button.addEventListener("click", () => {
    place.classList.toggle("ticker-stands");
    show();
  });
  show();
  place.append(button);
  place.classList.add("ticker-runs");
}
