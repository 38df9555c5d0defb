/** `<div data-map>`: a map of our own drawing. See COMPONENTS.md, "Map", for its attributes. */
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type LngLatBoundsLike } from "maplibre-gl";
import { bounds, fetchAll, load, type Data } from "./map/data";
import { startEdit } from "./map/edit";
import { startPick } from "./map/pick";
import { style } from "./map/style";
import { startView } from "./map/view";

// A file of our own, so that `worker-src 'self'` is enough.
setWorkerUrl(workerUrl);

export async function start(place: HTMLElement): Promise<void> {
  const { dataset } = place;
  const data = await load(dataset);
  const dark = () => {
    const { colorScheme } = getComputedStyle(document.documentElement);
    return colorScheme === "dark" || (colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches);
  };
  const container = document.createElement("div");
  place.prepend(container);

  let map: MapLibre;
  try {
    map = new MapLibre({
      container,
      style: style(data, dark(), dataset["tiandituKey"]),
      ...where(dataset, data),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      minZoom: 6,
      maxZoom: 19,
      localIdeographFontFamily: false,
      cooperativeGestures: Boolean(dataset["textGestureDesk"]),
      fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
      locale: {
        "Map.Title": dataset["textMap"] ?? "",
        "NavigationControl.ZoomIn": dataset["textZoomIn"] ?? "",
        "NavigationControl.ZoomOut": dataset["textZoomOut"] ?? "",
        "Popup.Close": dataset["textClose"] ?? "",
        "Marker.Title": dataset["textPin"] ?? "",
        "CooperativeGesturesHandler.WindowsHelpText": dataset["textGestureDesk"] ?? "",
        "CooperativeGesturesHandler.MacHelpText": dataset["textGestureDesk"] ?? "",
        "CooperativeGesturesHandler.MobileHelpText": dataset["textGestureTouch"] ?? "",
        "ScaleControl.Meters": dataset["textM"] ?? "m",
        "ScaleControl.Kilometers": dataset["textKm"] ?? "km",
      },
    });
  } catch {
    // No WebGL: the server's list below the map says the same.
    container.remove();
    return;
  }
  for (const fallback of place.querySelectorAll<HTMLElement>("[data-map-fallback]")) fallback.hidden = true;

  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-right");
  if (dataset["textSource"]) map.addControl(new AttributionControl({ compact: true, customAttribution: escape(dataset["textSource"]) }), "bottom-right");
  document.addEventListener("cc:theme", () => map.setStyle(style(data, dark(), dataset["tiandituKey"])));
  // a wall gets new dots where its map is; whoever wrote over the theme draws them too
  place.addEventListener("cc:refresh", () => void again(map, data, dataset["cases"]));
  map.once("idle", () => (place.dataset["ready"] = ""));

  const tools = { map, place, data };
  if (dataset["mode"] === "pick") startPick(tools);
  else if (dataset["mode"] === "edit") startEdit(tools);
  else startView(tools);
}

async function again(map: MapLibre, data: Data, address: string | undefined): Promise<void> {
  const features = address ? await fetchAll(address) : [];
  if (!features) return;
  data.cases.features.splice(0, Infinity, ...features);
  map.getSource<GeoJSONSource>("cases")?.setData(data.cases);
}

function where(dataset: DOMStringMap, data: Data): { bounds?: LngLatBoundsLike; fitBoundsOptions?: { padding: number; maxZoom: number }; center?: [number, number]; zoom?: number } {
  const center = dataset["center"]?.split(",").map(Number);
  if (center?.length === 2) return { center: [center[0] ?? 0, center[1] ?? 0], zoom: Number(dataset["zoom"] ?? 15) };
  const given = dataset["bounds"]?.split(",").map(Number);
  const box = given?.length === 4 ? (given as [number, number, number, number]) : bounds(data, dataset["fit"]);
  return box ? { bounds: box, fitBoundsOptions: { padding: 28, maxZoom: Number(dataset["zoom"] ?? 16) } } : { center: [104, 36], zoom: 6 };
}

/** MapLibre takes attribution as HTML. */
function escape(text: string): string {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML;
}
