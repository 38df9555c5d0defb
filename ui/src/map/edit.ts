/**
 * Drawing stretches and points. Click adds; drag moves; the small dots in between insert. Delete removes the chosen
 * vertex, split cuts the line there, undo takes back. Everything also works with the keyboard and with the buttons
 * `[data-map-act]` that the page provides. The GeoJSON is written into the field that `data-out` names.
 */
import { Marker, type GeoJSONSource, type LngLatLike } from "maplibre-gl";
import type { Geometry, Position } from "geojson";
import { fill, named } from "../lib/dom";
import { collection, lines as linesOf } from "./data";
import { snap } from "./snap";
import type { Tools } from "./view";

interface Chosen {
  line: number;
  at: number;
}

export function startEdit({ map, place, data }: Tools): void {
  const out = named(place.dataset["out"]) as HTMLTextAreaElement | HTMLInputElement | null;
  if (!out) return;
  const points = place.dataset["draw"] === "points";
  const rails = place.dataset["snap"] === "off" ? [] : linesOf(data.sections.features);
  const said = place.querySelector<HTMLElement>(".map-say");

  let drawn = parse(out.value);
  let chosen: Chosen | undefined;
  let markers: Marker[] = [];
  const past: string[] = [];

  const change = (act: () => void) => {
    past.push(JSON.stringify(drawn));
    act();
    drawn = drawn.filter((line) => line.length > 0);
    write();
  };

  function write(): void {
    const geometry = toGeometry(drawn, points);
    out!.value = geometry ? JSON.stringify(geometry) : "";
    out!.dispatchEvent(new Event("change", { bubbles: true }));
    if (said) said.textContent = fill(place.dataset["textDrawn"], { n: drawn.reduce((sum, line) => sum + line.length, 0), m: Math.round(metres(drawn)) });
    show();
  }

  function show(refocus = true): void {
    (map.getSource("draft") as GeoJSONSource | undefined)?.setData(
      collection(points ? [] : drawn.filter((line) => line.length > 1).map((line) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line } }))),
    );
    for (const marker of markers) marker.remove();
    markers = [];
    drawn.forEach((line, index) => {
      line.forEach((position, at) => {
        markers.push(vertex(position, { line: index, at }));
        const next = line[at + 1];
        if (!points && next) markers.push(middle(position, next, { line: index, at: at + 1 }));
      });
    });
    if (refocus && chosen) place.querySelector<HTMLElement>(".map-vertex[aria-pressed=true]")?.focus({ preventScroll: true });
  }

  function vertex(position: Position, me: Chosen): Marker {
    const button = dot("map-vertex", fill(place.dataset["textVertex"], { n: me.at + 1 }));
    button.setAttribute("aria-pressed", String(chosen?.line === me.line && chosen.at === me.at));
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      chosen = me;
      show();
    });
    button.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 10 : 1;
      const by = ({ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] } as Record<string, [number, number]>)[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      chosen = me;
      change(() => {
        const { x, y } = map.project(position as [number, number]);
        const moved = map.unproject([x + by[0], y + by[1]]);
        drawn[me.line]![me.at] = round([moved.lng, moved.lat]);
      });
    });
    const marker = new Marker({ element: button, draggable: true }).setLngLat(position as LngLatLike as [number, number]).addTo(map);
    marker.on("dragstart", () => (chosen = me));
    marker.on("dragend", () => change(() => (drawn[me.line]![me.at] = near(marker.getLngLat().toArray()))));
    return marker;
  }

  function middle(a: Position, b: Position, before: Chosen): Marker {
    const button = dot("map-vertex map-mid", place.dataset["textInsert"] ?? "");
    const half: [number, number] = [((a[0] ?? 0) + (b[0] ?? 0)) / 2, ((a[1] ?? 0) + (b[1] ?? 0)) / 2];
    const insert = (position: Position) => {
      chosen = before;
      change(() => drawn[before.line]!.splice(before.at, 0, position));
    };
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      insert(round(half));
    });
    const marker = new Marker({ element: button, draggable: true }).setLngLat(half).addTo(map);
    marker.on("dragend", () => insert(near(marker.getLngLat().toArray())));
    return marker;
  }

  /** To a street section within 12 px, else where it is. */
  function near(position: [number, number]): Position {
    return round(snap(position, rails, (spot) => map.project(spot), 12));
  }

  function add(position: [number, number]): void {
    change(() => {
      if (points) drawn.push([near(position)]);
      else if (chosen && chosen.line < drawn.length && chosen.at === 0 && drawn[chosen.line]!.length > 1) drawn[chosen.line]!.unshift(near(position));
      else {
        const line = chosen?.line ?? drawn.length - 1;
        (drawn[line] ?? (drawn[drawn.length] = [])).push(near(position));
        const at = Math.min(Math.max(line, 0), drawn.length - 1);
        chosen = { line: at, at: drawn[at]!.length - 1 };
      }
    });
  }

  const acts: Record<string, () => void> = {
    undo: () => {
      const before = past.pop();
      if (before === undefined) return;
      drawn = JSON.parse(before) as Position[][];
      chosen = undefined;
      write();
    },
    delete: () => {
      const gone = chosen;
      if (!gone || !drawn[gone.line]) return;
      change(() => drawn[gone.line]!.splice(gone.at, 1));
      chosen = drawn[gone.line] ? { line: gone.line, at: Math.max(0, gone.at - 1) } : undefined;
      show();
    },
    split: () => {
      const cut = chosen;
      const line = cut && drawn[cut.line];
      if (!cut || !line || cut.at === 0 || cut.at === line.length - 1) return;
      change(() => drawn.splice(cut.line, 1, line.slice(0, cut.at + 1), line.slice(cut.at)));
    },
    new: () => {
      // The next click begins another line.
      drawn.push([]);
      chosen = { line: drawn.length - 1, at: 0 };
    },
    clear: () => {
      chosen = undefined;
      change(() => (drawn = []));
    },
  };

  place.addEventListener("click", (event) => {
    const act = (event.target as Element).closest<HTMLElement>("[data-map-act]")?.dataset["mapAct"];
    if (act) acts[act]?.();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key === "Delete" || event.key === "Backspace") acts["delete"]?.();
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) acts["undo"]?.();
    else if (event.key === "Enter" && event.target === map.getCanvas()) add(map.getCenter().toArray());
    else return;
    event.preventDefault();
  });
  map.getCanvas().style.cursor = "crosshair";
  map.doubleClickZoom.disable();
  map.on("click", ({ lngLat }) => add(lngLat.toArray()));
  // The style is built anew when the theme changes.
  map.on("styledata", () => {
    if (map.getSource("draft")) show(false);
  });
}

function dot(name: string, label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = name;
  button.setAttribute("aria-label", label);
  return button;
}

function round([x = 0, y = 0]: Position): Position {
  return [Number(x.toFixed(6)), Number(y.toFixed(6))];
}

function parse(text: string): Position[][] {
  if (text.trim() === "") return [];
  try {
    const json = JSON.parse(text) as Geometry | { geometry: Geometry };
    const geometry = "geometry" in json ? json.geometry : json;
    switch (geometry.type) {
      case "Point": return [[geometry.coordinates]];
      case "MultiPoint": return geometry.coordinates.map((position) => [position]);
      case "LineString": return [geometry.coordinates];
      case "MultiLineString": return geometry.coordinates;
      default: return [];
    }
  } catch {
    return [];
  }
}

function toGeometry(drawn: Position[][], points: boolean): Geometry | undefined {
  if (points) {
    const all = drawn.flat();
    return all.length === 0 ? undefined : { type: "MultiPoint", coordinates: all };
  }
  const whole = drawn.filter((line) => line.length > 1);
  if (whole.length === 0) return undefined;
  return whole.length === 1 ? { type: "LineString", coordinates: whole[0]! } : { type: "MultiLineString", coordinates: whole };
}

function metres(drawn: Position[][]): number {
  let sum = 0;
  for (const line of drawn) {
    line.slice(1).forEach(([x = 0, y = 0], at) => {
      const [a = 0, b = 0] = line[at] ?? [];
      const east = (x - a) * 111_320 * Math.cos((((y + b) / 2) * Math.PI) / 180);
      sum += Math.hypot(east, (y - b) * 110_540);
    });
  }
  return sum;
}
