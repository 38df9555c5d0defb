/** Picking one place: click, drag, type, or ask the phone. Writes into the inputs that `data-lng` and `data-lat` name. */
import { Marker, type GeoJSONSource } from "maplibre-gl";
import { fill, named } from "../lib/dom";
import { collection } from "./data";
import type { Tools } from "./view";

export function startPick({ map, place }: Tools): void {
  const { dataset } = place;
  const input = (selector: string | undefined) => named(selector) as HTMLInputElement | null;
  const lng = input(dataset["lng"]);
  const lat = input(dataset["lat"]);
  const accuracy = input(dataset["accuracy"]);
  if (!lng || !lat) return;
  const said = place.querySelector<HTMLElement>(".map-say");
  const tell = (text: string | undefined, values = {}) => {
    if (said) said.textContent = fill(text, values);
  };

  const marker = new Marker({ element: pin(), draggable: true, anchor: "bottom" });
  marker.on("dragend", () => put(marker.getLngLat().lng, marker.getLngLat().lat, null));

  function put(x: number, y: number, metres: number | null): void {
    marker.setLngLat([x, y]).addTo(map);
    lng!.value = x.toFixed(6);
    lat!.value = y.toFixed(6);
    if (accuracy) accuracy.value = metres === null ? "" : String(Math.round(metres));
    circle(x, y, metres ?? 0);
    tell(metres === null ? dataset["textPicked"] : dataset["textAccuracy"], { m: Math.round(metres ?? 0), lng: lng!.value, lat: lat!.value });
    for (const field of [lng, lat]) field?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const circle = (x: number, y: number, metres: number) => {
    const ring = Array.from({ length: 49 }, (_, n) => {
      const turn = (n / 48) * 2 * Math.PI;
      return [x + ((metres / 111_320) * Math.cos(turn)) / Math.cos((y * Math.PI) / 180), y + (metres / 110_540) * Math.sin(turn)];
    });
    const features = metres > 0 ? [{ type: "Feature" as const, properties: {}, geometry: { type: "Polygon" as const, coordinates: [ring] } }] : [];
    const show = () => (map.getSource("accuracy") as GeoJSONSource | undefined)?.setData(collection(features));
    if (map.isStyleLoaded()) show();
    else map.once("idle", show);
  };

  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => put(lngLat.lng, lngLat.lat, null));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") put(map.getCenter().lng, map.getCenter().lat, null);
  });

  // The fields stay usable by hand, and may already hold a place.
  const follow = () => {
    const [x, y] = [Number(lng.value), Number(lat.value)];
    if (lng.value === "" || lat.value === "" || Number.isNaN(x + y) || Math.abs(y) > 90) return;
    marker.setLngLat([x, y]).addTo(map);
    map.easeTo({ center: [x, y], zoom: Math.max(map.getZoom(), 15) });
  };
  lng.addEventListener("input", follow);
  lat.addEventListener("input", follow);
  lng.form?.addEventListener("draft:restored", follow);
  follow();

  place.addEventListener("click", (event) => {
    if (!(event.target as Element).closest('[data-map-act="locate"]')) return;
    tell(dataset["textLocating"]);
    if (!navigator.geolocation) return tell(dataset["textDenied"]);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        put(coords.longitude, coords.latitude, coords.accuracy);
        map.easeTo({ center: [coords.longitude, coords.latitude], zoom: 17 });
      },
      () => tell(dataset["textDenied"]),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 },
    );
  });
}

export function pin(): HTMLElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "map-pin");
  svg.setAttribute("viewBox", "0 0 36 44");
  const drop = document.createElementNS(svg.namespaceURI, "path") as SVGPathElement;
  drop.setAttribute("d", "M18 43C10 32 3 25 3 16.5a15 15 0 0 1 30 0C33 25 26 32 18 43Z");
  drop.setAttribute("fill", "currentColor");
  drop.setAttribute("stroke", "#fff");
  drop.setAttribute("stroke-width", "2");
  const eye = document.createElementNS(svg.namespaceURI, "circle") as SVGCircleElement;
  eye.setAttribute("cx", "18");
  eye.setAttribute("cy", "16.5");
  eye.setAttribute("r", "5.5");
  eye.setAttribute("fill", "#fff");
  svg.append(drop, eye);
  return svg as unknown as HTMLElement;
}
