/**
 * `[data-cover]`: rectangles on a picture, drawn with a finger, a mouse or the keys. What is sent are the numbers in the rows
 * below it; this only writes and shows them.
 */
type Box = { row: HTMLElement; handle: HTMLElement };
const SIDES = ["x", "y", "w", "h"] as const;
type Side = (typeof SIDES)[number];
type Rect = Record<Side, number>;

/** Per cent of a side: how far one press of a key moves, how small a rectangle may be, and how large a new one is. */
const STEP = 1;
const LEAST = 1;
const NEW: Rect = { x: 40, y: 40, w: 20, h: 20 };

const within = (n: number, least: number, most: number) => Math.min(Math.max(n, least), Math.max(least, most));

export function start(place: Element): void {
  const stage = place.querySelector<HTMLElement>(".cover-stage");
  const add = place.querySelector<HTMLButtonElement>("[data-cover-add]");
  if (!stage) return;
  const word = (place as HTMLElement).dataset["textArea"] ?? "";
  const boxes: Box[] = [...place.querySelectorAll<HTMLElement>("[data-cover-row]")].map((row) => {
    const handle = Object.assign(document.createElement("button"), { type: "button", className: "cover-box", hidden: true });
    handle.setAttribute("aria-label", `${word} ${row.dataset["coverRow"]}`);
    handle.setAttribute("aria-describedby", "cover-keys");
    handle.textContent = row.dataset["coverRow"] ?? "";
    stage.append(handle);
    return { row, handle };
  });

  const input = (box: Box, side: Side) => box.row.querySelector<HTMLInputElement>(`[name^="${side}_"]`);
  const read = (box: Box): Rect | undefined => {
    const [x, y, w, h] = SIDES.map((side) => parseFloat(input(box, side)?.value ?? ""));
    return [x, y, w, h].every((n) => Number.isFinite(n)) ? ({ x, y, w, h } as Rect) : undefined;
  };
  const empty = (box: Box) => SIDES.every((side) => !input(box, side)?.value);

  /** Draws a row's rectangle; a row without numbers is out of the way. */
  const show = (box: Box) => {
    const rect = read(box);
    box.row.hidden = empty(box);
    box.handle.hidden = !rect;
    if (!rect) return;
    Object.assign(box.handle.style, { left: `${rect.x}%`, top: `${rect.y}%`, width: `${rect.w}%`, height: `${rect.h}%` });
    box.handle.classList.toggle("cover-box-pixels", box.row.querySelector("select")?.value === "pixels");
  };
  const write = (box: Box, rect: Rect) => {
    const w = within(rect.w, LEAST, 100);
    const h = within(rect.h, LEAST, 100);
    const whole = { x: within(rect.x, 0, 100 - w), y: within(rect.y, 0, 100 - h), w, h };
    for (const side of SIDES) {
      const field = input(box, side);
      // rounded down, so that two sides together never leave the picture
      if (field) field.value = (Math.floor(whole[side] * 100) / 100).toFixed(2);
    }
    show(box);
  };
  const clear = (box: Box) => {
    for (const side of SIDES) {
      const field = input(box, side);
      if (field) field.value = "";
    }
    show(box);
    add?.focus();
  };

  for (const box of boxes) {
    box.row.addEventListener("input", () => show(box));
    const drop = box.row.querySelector<HTMLButtonElement>("[data-cover-drop]");
    if (drop) drop.hidden = false;
    drop?.addEventListener("click", () => clear(box));
    box.handle.addEventListener("keydown", (event) => {
      const rect = read(box);
      if (!rect) return;
      if (event.key === "Delete" || event.key === "Backspace") clear(box);
      else if (event.key.startsWith("Arrow")) {
        const [across, down] = event.shiftKey ? (["w", "h"] as const) : (["x", "y"] as const);
        const way = event.key === "ArrowRight" || event.key === "ArrowDown" ? STEP : -STEP;
        const side = event.key === "ArrowLeft" || event.key === "ArrowRight" ? across : down;
        write(box, { ...rect, [side]: rect[side] + way });
      } else return;
      event.preventDefault();
    });
    show(box);
  }

  /** A point in per cent of the picture. */
  const at = (event: PointerEvent) => {
    const frame = stage.getBoundingClientRect();
    return {
      x: within(((event.clientX - frame.left) / frame.width) * 100, 0, 100),
      y: within(((event.clientY - frame.top) / frame.height) * 100, 0, 100),
    };
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const from = at(event);
    const held = boxes.find((box) => box.handle === event.target);
    const before = held && read(held);
    const box = held ?? boxes.find(empty);
    if (!box) return;
    event.preventDefault();
    // a capture that is refused (a pointer that is gone already) is no reason to draw nothing
    try {
      stage.setPointerCapture(event.pointerId);
    } catch {
      /* as above */
    }
    // near the lower right corner a rectangle is made larger, elsewhere moved
    const corner = before && from.x > before.x + before.w - 3 && from.y > before.y + before.h - 3;
    const move = (to: PointerEvent) => {
      const now = at(to);
      const [dx, dy] = [now.x - from.x, now.y - from.y];
      if (before && corner) write(box, { ...before, w: within(before.w + dx, LEAST, 100 - before.x), h: within(before.h + dy, LEAST, 100 - before.y) });
      else if (before) write(box, { ...before, x: before.x + dx, y: before.y + dy });
      else write(box, { x: Math.min(from.x, now.x), y: Math.min(from.y, now.y), w: Math.abs(dx), h: Math.abs(dy) });
    };
    const end = () => {
      stage.removeEventListener("pointermove", move);
      stage.removeEventListener("pointerup", end);
      stage.removeEventListener("pointercancel", end);
      if (read(box)) box.handle.focus();
    };
    stage.addEventListener("pointermove", move);
    stage.addEventListener("pointerup", end);
    stage.addEventListener("pointercancel", end);
  });

  if (add) {
    add.hidden = false;
    add.addEventListener("click", () => {
      const box = boxes.find(empty);
      if (!box) return;
      write(box, NEW);
      box.handle.focus();
    });
  }
}
