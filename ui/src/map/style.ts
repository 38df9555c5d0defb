/** How the map looks: pale land, streets as casing and fill, our states in colour, letters drawn from the device's own fonts. */
import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, LayerSpecification, StyleSpecification, SymbolLayerSpecification } from "maplibre-gl";
import { LAYERS, middles, type Data } from "./data";

// No glyph server: MapLibre then draws every letter, Chinese and Latin, from these fonts. The first name only sets the weight.
const FONT = ["Noto Sans CJK SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Segoe UI", "sans-serif"];
const BOLD = ["CC Bold", ...FONT];

const LIGHT = {
  outside: "#e3e8e4", land: "#f5f5ef", built: "#edece4", water: "#b9dbe6", park: "#d8e8cd", division: "#8d9a92", divisionText: "#5a6a62",
  grid: "#b7c4bf", casing: "#cdd2cb", street: "#ffffff", main: "#fff3d6", text: "#39494d", halo: "#ffffffe6", ring: "#ffffff",
  ok: "#2d9c6f", soon: "#d98a1f", late: "#cf4a37", gap: "#8d63c9", brand: "#1c7f95", calm: "#8796a0", accent: "#b93a22",
};
const DARK: typeof LIGHT = {
  outside: "#0a1113", land: "#141e21", built: "#192529", water: "#12394a", park: "#16302a", division: "#5d7076", divisionText: "#a4b6bb",
  grid: "#2f4046", casing: "#0e1517", street: "#2d3c42", main: "#4a4632", text: "#d3dfe2", halo: "#0e1619e6", ring: "#0e1619",
  ok: "#4dbd8d", soon: "#e5a544", late: "#ef705c", gap: "#ad8ae6", brand: "#4fb0c6", calm: "#7c8d96", accent: "#f28d75",
};

export function style(data: Data, dark: boolean, tianditu?: string): StyleSpecification {
  const c = dark ? DARK : LIGHT;
  const state = (other: string): DataDrivenPropertyValueSpecification<string> => [
    "match", ["get", "state"],
    "ok", c.ok, "soon", c.soon, "late", c.late, "gap", c.gap, "brand", c.brand, "calm", c.calm, "accent", c.accent,
    other,
  ];
  // Streets grow with zoom and with their class: 1 trunk … 4 lane.
  const width = (extra: number): DataDrivenPropertyValueSpecification<number> => {
    const at = (trunk: number, main: number, side: number, lane: number): ExpressionSpecification =>
      ["match", ["to-number", ["get", "class"], 3], 1, trunk + extra, 2, main + extra, 3, side + extra, lane + extra];
    return ["interpolate", ["exponential", 1.5], ["zoom"], 10, at(2, 1.2, 0.6, 0.3), 13, at(5, 3.5, 2.2, 1.2), 16, at(15, 12, 9, 6), 19, at(44, 36, 28, 18)];
  };
  const label = (size: number, colour: string, more: SymbolLayerSpecification["layout"]): Pick<SymbolLayerSpecification, "paint" | "layout"> => ({
    paint: { "text-color": colour, "text-halo-color": c.halo, "text-halo-width": 1.6 },
    layout: { "text-font": FONT, "text-size": size, "text-max-width": 9, ...more },
  });
  const plain = state("#00000000");
  const base = Boolean(tianditu);

  const layers: LayerSpecification[] = [
    { id: "outside", type: "background", paint: { "background-color": base ? "#00000000" : c.outside } },
    ...(base ? ([{ id: "tdt-vec", type: "raster", source: "tdt-vec" }, { id: "tdt-cva", type: "raster", source: "tdt-cva" }] as LayerSpecification[]) : []),
    { id: "outline-fill", type: "fill", source: "outline", paint: { "fill-color": c.land, "fill-opacity": base ? 0 : 1 } },
    { id: "areas", type: "fill", source: "areas", layout: { visibility: base ? "none" : "visible" }, paint: { "fill-color": ["match", ["get", "kind"], "water", c.water, "park", c.park, c.built] } },
    { id: "divisions-fill", type: "fill", source: "divisions", paint: { "fill-color": plain, "fill-opacity": 0.14 } },
    { id: "grid-fill", type: "fill", source: "grid", paint: { "fill-color": plain, "fill-opacity": ["coalesce", ["get", "weight"], 0.3] } },
    { id: "grid-line", type: "line", source: "grid", minzoom: 12, paint: { "line-color": c.grid, "line-width": 0.8, "line-dasharray": [3, 2] } },
    { id: "sections-casing", type: "line", source: "sections", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c.casing, "line-width": width(1.6), "line-opacity": base ? 0 : 1 } },
    { id: "sections", type: "line", source: "sections", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": state(base ? "#00000000" : (["match", ["to-number", ["get", "class"], 3], 1, c.main, c.street] as unknown as string)), "line-width": width(0) } },
    { id: "stretches", type: "line", source: "stretches", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": state(c.brand), "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], 10, 2.5, 14, 5, 18, 14], "line-opacity": 0.85 } },
    { id: "divisions-line", type: "line", source: "divisions", paint: { "line-color": c.division, "line-width": 1.3, "line-dasharray": [4, 2, 1, 2], "line-opacity": 0.8 } },
    { id: "outline-line", type: "line", source: "outline", paint: { "line-color": c.brand, "line-width": 2, "line-opacity": 0.55 } },
    { id: "sections-text", type: "symbol", source: "sections", minzoom: 12.5, filter: ["has", "name"], ...label(12, c.text, { "symbol-placement": "line", "text-field": ["get", "name"], "text-letter-spacing": 0.08, "symbol-spacing": 320, "text-max-angle": 30 }) },
    { id: "areas-text", type: "symbol", source: "area-names", minzoom: 12.5, filter: ["has", "name"], ...label(12, dark ? "#8fb7a4" : "#3f7560", { "text-field": ["get", "name"] }) },
    { id: "divisions-text", type: "symbol", source: "division-names", maxzoom: 15, filter: ["has", "name"], ...label(15, c.divisionText, { "text-field": ["get", "name"], "text-font": BOLD, "text-letter-spacing": 0.12 }) },
    { id: "focus-fill", type: "fill", source: "focus", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": state(c.accent), "fill-opacity": 0.15 } },
    { id: "focus-line", type: "line", source: "focus", filter: ["!=", ["geometry-type"], "Point"], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": state(c.accent), "line-width": 4 } },
    { id: "sites", type: "circle", source: "sites", paint: { "circle-color": state(c.brand), "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 3, 16, 7], "circle-stroke-color": c.ring, "circle-stroke-width": 1.5 } },
    { id: "sites-text", type: "symbol", source: "sites", minzoom: 14, filter: ["has", "title"], ...label(12, c.text, { "text-field": ["get", "title"], "text-offset": [0, 0.9], "text-anchor": "top", "text-optional": true }) },
    { id: "clusters", type: "circle", source: "cases", filter: ["has", "point_count"], paint: { "circle-color": ["case", [">", ["get", "late"], 0], c.late, c.brand], "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 50, 24], "circle-stroke-color": c.ring, "circle-stroke-width": 2.5, "circle-opacity": 0.94 } },
    { id: "clusters-text", type: "symbol", source: "cases", filter: ["has", "point_count"], layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": BOLD, "text-size": 14, "text-allow-overlap": true }, paint: { "text-color": dark ? "#0a1113" : "#ffffff" } },
    { id: "cases", type: "circle", source: "cases", filter: ["!", ["has", "point_count"]], paint: { "circle-color": state(c.accent), "circle-radius": 8, "circle-stroke-color": c.ring, "circle-stroke-width": 2.5 } },
    { id: "focus", type: "circle", source: "focus", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": state(c.accent), "circle-radius": 10, "circle-stroke-color": c.ring, "circle-stroke-width": 3 } },
    { id: "draft-line", type: "line", source: "draft", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c.accent, "line-width": 5, "line-opacity": 0.85 } },
    { id: "accuracy-fill", type: "fill", source: "accuracy", paint: { "fill-color": c.brand, "fill-opacity": 0.15 } },
  ];

  return {
    version: 8,
    sources: {
      ...Object.fromEntries(LAYERS.map((layer) => [layer, { type: "geojson" as const, data: data[layer], ...(layer === "cases" ? CLUSTERS : {}) }])),
      "area-names": { type: "geojson", data: middles(data.areas) },
      "division-names": { type: "geojson", data: middles(data.divisions) },
      draft: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      accuracy: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      ...(tianditu ? { "tdt-vec": tiles("vec", tianditu), "tdt-cva": tiles("cva", tianditu) } : {}),
    },
    layers,
  };
}

const CLUSTERS = {
  cluster: true,
  clusterRadius: 44,
  clusterMaxZoom: 15,
  clusterProperties: { late: ["+", ["case", ["==", ["get", "state"], "late"], 1, 0]] },
};

/** 天地图, in the projection of the web and the datum of the country. */
function tiles(layer: string, key: string) {
  const query = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`;
  return {
    type: "raster" as const,
    tileSize: 256,
    maxzoom: 18,
    tiles: [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `https://t${n}.tianditu.gov.cn/${layer}_w/wmts?${query}`),
  };
}
