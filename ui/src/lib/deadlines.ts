/**
 * Deadlines move on while a page stays open. Only the server knows working time, so it sends the next few
 * changes with the badge: data-steps='[{"at":"2026-03-05T16:00:00+08:00","state":"soon","text":"还剩 1 个工作时"}]'.
 */
import { enhance } from "./dom";

interface Step {
  at: string;
  state: string;
  text: string;
}

export function startDeadlines(): void {
  enhance("[data-steps]", (badge) => {
    const steps = JSON.parse(badge.dataset["steps"] || "[]") as Step[];
    const words = badge.querySelector("[data-steps-text]") ?? badge;
    const block = badge.classList.contains("due") ? "due" : "deadline";
    const walk = () => {
      if (!badge.isConnected) return clearInterval(timer);
      const past = steps.filter((step) => Date.parse(step.at) <= Date.now()).at(-1);
      if (!past || past.text === words.textContent) return;
      words.textContent = past.text;
      badge.className = badge.className.replace(new RegExp(`\\b${block}-\\w+`), `${block}-${past.state}`);
    };
    const timer = window.setInterval(walk, 30_000);
    walk();
  });
}
