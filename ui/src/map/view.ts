/** Looking: a click opens what lies there; clusters open up; the keyboard uses the middle of the map. */
import { Popup, type GeoJSONSource, type Map, type MapGeoJSONFeature, type PointLike } from "maplibre-gl";
import type { Point } from "geojson";
import type { Data } from "./data";

export interface Tools {
  map: Map;
  place: HTMLElement;
  data: Data;
}

const CLICKABLE = ["focus", "cases", "clusters", "sites", "stretches", "sections", "grid-fill", "divisions-fill"];

export function startView({ map, place }: Tools): void {
  const find = (x: number, y: number): MapGeoJSONFeature | undefined => {
    const near: [PointLike, PointLike] = [[x - 6, y - 6], [x + 6, y + 6]];
    const layers = CLICKABLE.filter((id) => map.getLayer(id));
    return map.queryRenderedFeatures(near, { layers }).find(({ properties }) => properties["cluster"] || properties["title"] || properties["href"]);
  };

  map.on("click", ({ point, lngLat }) => {
    const feature = find(point.x, point.y);
    if (feature) void open(map, place, feature, [lngLat.lng, lngLat.lat]);
  });
  map.on("mousemove", ({ point }) => {
    map.getCanvas().style.cursor = find(point.x, point.y) ? "pointer" : "";
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const { x, y } = map.project(map.getCenter());
    const feature = find(x, y);
    if (feature) void open(map, place, feature, map.getCenter().toArray());
  });
}

async function open(map: Map, place: HTMLElement, feature: MapGeoJSONFeature, clicked: [number, number]): Promise<void> {
  const at = feature.geometry.type === "Point" ? ((feature.geometry as Point).coordinates as [number, number]) : clicked;
  const { properties } = feature;
  if (properties["cluster"]) {
    const zoom = await (map.getSource("cases") as GeoJSONSource).getClusterExpansionZoom(properties["cluster_id"] as number);
    map.easeTo({ center: at, zoom: zoom + 0.3 });
    return;
  }
  const box = document.createElement("div");
  box.append(line("map-pop-title", properties["title"]), ...texts(properties["text"], properties["state_text"]));
  const href = String(properties["href"] ?? "");
  // Only addresses of this site: a feature's text may come from a citizen.
  if (href.startsWith("/") && !href.startsWith("//")) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = place.dataset["textOpen"] ?? "";
    box.append(link);
  }
  new Popup({ maxWidth: "18rem", offset: 12, focusAfterOpen: true }).setLngLat(at).setDOMContent(box).addTo(map);
}

function texts(...values: unknown[]): HTMLElement[] {
  return values.filter(Boolean).map((value) => line("map-pop-text", value));
}

function line(name: string, text: unknown): HTMLElement {
  const p = document.createElement("p");
  p.className = name;
  p.textContent = String(text ?? "");
  return p;
}
