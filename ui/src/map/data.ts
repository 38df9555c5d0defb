/** Reads the GeoJSON a map is made of. One address for each layer, or one collection whose features name their `layer`. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";

export const LAYERS = ["outline", "areas", "divisions", "grid", "sections", "stretches", "sites", "cases", "focus"] as const;
export type Layer = (typeof LAYERS)[number];
export type Data = Record<Layer, FeatureCollection>;

export async function load(dataset: DOMStringMap): Promise<Data> {
  const data = Object.fromEntries(LAYERS.map((layer) => [layer, collection()])) as Data;
  const wanted = LAYERS.flatMap((layer): [Layer, string][] => {
    const address = dataset[layer];
    return address ? [[layer, address]] : [];
  });
  await Promise.all([
    ...wanted.map(async ([layer, address]) => data[layer].features.push(...((await fetchAll(address)) ?? []))),
    ...(dataset["src"] ? [fetchAll(dataset["src"]).then((features) => sort(features ?? [], data))] : []),
  ]);
  return data;
}

export function collection(features: Feature[] = []): FeatureCollection {
  return { type: "FeatureCollection", features };
}

function sort(features: Feature[], data: Data): void {
  for (const feature of features) {
    const layer = LAYERS.find((name) => name === feature.properties?.["layer"]) ?? "focus";
    data[layer].features.push(feature);
  }
}

/** Nothing where it does not come: that leaves the rest of the map as it is. */
export async function fetchAll(address: string): Promise<Feature[] | undefined> {
  try {
    const response = await fetch(address, { headers: { accept: "application/geo+json, application/json" } });
    if (!response.ok) return undefined;
    const json = (await response.json()) as FeatureCollection | Feature;
    return json.type === "FeatureCollection" ? json.features : [json];
  } catch {
    return undefined;
  }
}

/** The box around one layer (`data-fit="cases"`), or around everything. */
export function bounds(data: Data, fit: string | undefined): [number, number, number, number] | undefined {
  const chosen = LAYERS.filter((layer) => layer === fit);
  const features = (chosen.length > 0 ? chosen : LAYERS).flatMap((layer) => data[layer].features);
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const feature of features) {
    eachPosition(feature.geometry, ([x = 0, y = 0]) => {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    });
  }
  return box[0] === Infinity ? undefined : box;
}

export function eachPosition(geometry: Geometry | null, act: (position: Position) => void): void {
  if (!geometry) return;
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) eachPosition(part, act);
    return;
  }
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") act(part as Position);
    else part.forEach(walk);
  };
  walk(geometry.coordinates);
}

/**
 * A point in the middle of each named area, for its name: the map is cut into tiles, and an area would carry its name once in
 * each of them.
 */
export function middles(areas: FeatureCollection): FeatureCollection {
  return collection(areas.features.flatMap(({ geometry, properties }) => {
    const rings = geometry?.type === "Polygon" ? [geometry.coordinates[0]] : geometry?.type === "MultiPolygon" ? geometry.coordinates.map((part) => part[0]) : [];
    if (!properties?.["name"]) return [];
    const parts = rings.flatMap((ring) => (ring ? [middle(ring)] : []));
    const largest = parts.sort((a, b) => b.area - a.area)[0];
    return largest ? [{ type: "Feature" as const, properties, geometry: { type: "Point" as const, coordinates: largest.at } }] : [];
  }));
}

/** The centre of gravity of a ring and its area, in square degrees. */
function middle(ring: Position[]): { at: [number, number]; area: number } {
  const [originX = 0, originY = 0] = ring[0] ?? [];
  let [twice, x, y] = [0, 0, 0];
  ring.forEach(([ax = 0, ay = 0], n) => {
    const [bx = 0, by = 0] = ring[(n + 1) % ring.length] ?? [];
    const [px, py, qx, qy] = [ax - originX, ay - originY, bx - originX, by - originY];
    const cross = px * qy - qx * py;
    twice += cross;
    x += (px + qx) * cross;
    y += (py + qy) * cross;
  });
  const at: [number, number] = twice === 0 ? [originX, originY] : [originX + x / (3 * twice), originY + y / (3 * twice)];
  return { at, area: Math.abs(twice / 2) };
}

/** Every line of a layer, for snapping. */
export function lines(features: Feature[]): Position[][] {
  return features.flatMap(({ geometry }) =>
    geometry?.type === "LineString" ? [geometry.coordinates] : geometry?.type === "MultiLineString" ? geometry.coordinates : [],
  );
}
