/** htmx, held to a strict content security policy: nothing is evaluated, nothing inline is run. */
import htmx from "htmx.org";
import { enhanceAll, say } from "./dom";

interface Swap {
  target?: Element;
  swap?: string;
  request: { method: string; headers: Record<string, string> };
  response?: { status: number };
}

// `hx-on`, `js:` values and trigger filters would need eval. They are refused, not ignored.
function refuse(...source: string[]): { call(): never } {
  return {
    call() {
      throw new Error(`htmx may not evaluate code here: ${source.at(-1) ?? ""}`);
    },
  };
}

function listen(type: string, act: (ctx: Swap) => void): void {
  document.addEventListener(type, (event) => act((event as CustomEvent<{ ctx: Swap }>).detail.ctx));
}

export function startHtmx(): void {
  // Going back asks the server again: no page of a signed-in person is kept by the script.
  Object.assign(htmx.config, { history: "reload", includeIndicatorCSS: false, defaultTimeout: 30_000 });
  htmx.registerExtension("no-eval", {
    init: (api: { initSecurity(policy: null, sync: unknown, async: unknown): void }) =>
      api.initSecurity(null, refuse, refuse),
  });

  listen("htmx:config:request", (ctx) => {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    if (token && ctx.request.method.toUpperCase() !== "GET") ctx.request.headers["X-CSRF-Token"] = token;
  });

  // A server fault must not replace what the person was reading.
  listen("htmx:response:error", (ctx) => {
    if ((ctx.response?.status ?? 0) < 500) return;
    ctx.swap = "none";
    say(document.body.dataset["textFault"]);
  });
  listen("htmx:error", (ctx) => {
    // a kept page says at its top that there is no signal
    if (ctx && !ctx.response && document.documentElement.dataset["kept"] === undefined) say(document.body.dataset["textOffline"]);
  });

  listen("htmx:after:swap", (ctx) => {
    enhanceAll();
    keepPlace(ctx.target);
  });
}

/** After a swap, focus goes to what the server marked; never is it lost. */
function keepPlace(target: Element | undefined): void {
  const marked = document.querySelector<HTMLElement>("[data-focus]");
  if (marked) {
    marked.removeAttribute("data-focus");
    focus(marked);
    return;
  }
  const lost = document.activeElement === document.body || document.activeElement === null;
  if (lost && target instanceof HTMLElement && target.isConnected && !target.matches("[aria-live], [role=status]")) {
    focus(target);
  }
}

export function focus(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: false });
}
