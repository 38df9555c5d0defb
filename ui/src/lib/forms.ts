/** Forms: sent once, guarded while unsaved, filters that send themselves, counts of characters. */
import { enhance, fill, named, on } from "./dom";

const sent = new WeakSet<HTMLFormElement>();
const dirty = new Set<HTMLFormElement>();
const waiting = new WeakMap<HTMLFormElement, number>();

/** Holds a form back while photos are being made smaller. */
export function hold(form: HTMLFormElement | null, more: 1 | -1): void {
  if (form) waiting.set(form, (waiting.get(form) ?? 0) + more);
}

export function startForms(): void {
  // First of all listeners, htmx's included: what is on its way is not sent again, what is not ready waits.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const early = (waiting.get(form) ?? 0) > 0;
      if (!early && !sent.has(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (early) sendLater(form, event.submitter);
    },
    true,
  );

  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method === "dialog" || form.target === "_blank") return;
    dirty.delete(form);
    // A search or a download leaves the page where it is, so its form stays usable.
    if (form.method === "get" || form.hasAttribute("data-download")) return;
    mark(form, true);
  });

  document.addEventListener("htmx:before:request", (event) => {
    // Looking things up may be asked again and again; changing them may not.
    const { ctx } = (event as CustomEvent<{ ctx: { request: { method: string } } }>).detail;
    if (event.target instanceof HTMLFormElement && ctx.request.method.toUpperCase() !== "GET") mark(event.target, true);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    mark(event.target, false);
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail;
    if ((ctx.response?.status ?? 500) < 400) dirty.delete(event.target);
  });

  // Coming back by the browser's button brings the form back to life.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) mark(form, false);
  });

  on("input", "form[data-guard]", (form) => dirty.add(form as HTMLFormElement));
  addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size > 0) event.preventDefault();
  });

  on("change", "form[data-autosubmit]", (form, event) => {
    const field = event.target as HTMLInputElement;
    if (field.matches("select, [type=checkbox], [type=radio], [type=date], [type=month]") && !field.closest("[data-no-autosubmit]")) {
      (form as HTMLFormElement).requestSubmit();
    }
  });

  // "还可输入 {n} 字", in the words of data-text.
  enhance("[data-count-of]", (output) => {
    const field = named(output.dataset["countOf"]) as HTMLTextAreaElement | null;
    if (!field) return;
    const show = () => {
      output.textContent = fill(output.dataset["text"], { n: field.maxLength - field.value.length });
    };
    field.addEventListener("input", show);
    field.form?.addEventListener("draft:restored", show);
    field.form?.addEventListener("reset", () => setTimeout(show));
    show();
  });
}

function sendLater(form: HTMLFormElement, button: HTMLElement | null): void {
  const again = setInterval(() => {
    if ((waiting.get(form) ?? 0) > 0) return;
    clearInterval(again);
    form.requestSubmit(button);
  }, 100);
}

function mark(form: HTMLFormElement, busy: boolean): void {
  if (busy) {
    sent.add(form);
    form.setAttribute("aria-busy", "true");
  } else {
    sent.delete(form);
    form.removeAttribute("aria-busy");
  }
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    // Not `disabled`: that would drop the button's own name and value, and its focus.
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
