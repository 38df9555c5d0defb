/** The register of adopted streets, read as everybody may read it, and asked without the program's own geometry. */
import { Visitor } from "./visitor.mjs";

const METRE = 1 / 111_320;

/** Metres between two places. */
const far = ([x1, y1], [x2, y2]) => Math.hypot((x1 - x2) * Math.cos((y1 * Math.PI) / 180), y1 - y2) / METRE;

/** Metres from a place to a piece of a line. */
function off(place, [from, to]) {
  const squeeze = Math.cos((place[1] * Math.PI) / 180);
  const flat = ([x, y]) => [x * squeeze, y];
  const [p, a, b] = [place, from, to].map(flat);
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy) / METRE;
}

const pieces = (line) => line.slice(1).map((to, n) => [line[n], to]);

/**
 * A place in the middle of a stretch for which the register names exactly one unit today, far from every other stretch:
 * `{ lng, lat, number, unit }`.
 */
export async function adoptedPlace(city) {
  const anybody = new Visitor(city);
  const { items } = await anybody.json("/api/v1/streets?limit=500");
  const { features } = await anybody.json("/geo/stretches.json");
  const lines = features.map((f) => ({ ...f.properties, pieces: pieces(f.geometry.coordinates) }));
  for (const line of lines.filter((l) => l.state === "ok")) {
    const adoption = items.find((a) => a.number === line.number);
    if (!adoption || adoption.shared) continue;
    const [from, to] = line.pieces.toSorted((a, b) => far(...b) - far(...a))[0];
    if (far(from, to) < 60) continue;
    const place = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const beside = lines.filter((other) => other !== line).flatMap((other) => other.pieces);
    if (beside.every((piece) => off(place, piece) > 35)) return { lng: place[0], lat: place[1], number: adoption.number, unit: adoption.unit };
  }
  throw new Error("no stretch of the city lies by itself");
}
