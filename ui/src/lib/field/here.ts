/** Where this device is, asked once each time somebody presses a button. No way is kept. */
import type { Place } from "./model";

/** Longest wait for satellites, in milliseconds. */
const PATIENCE = 20_000;

/** Nothing where it is not known or not allowed. */
export function here(patience = PATIENCE): Promise<Place | undefined> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({
        lat: coords.latitude,
        lng: coords.longitude,
        ...(coords.altitude !== null && { altitude: coords.altitude }),
        accuracy: coords.accuracy,
      }),
      () => done(undefined),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    );
  });
}

/** Only where it was allowed before: nobody is asked by this. */
export async function hereIfAllowed(): Promise<Place | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: "geolocation" });
    return state === "granted" ? await here(8_000) : undefined;
  } catch {
    return undefined;
  }
}

/** Radius of the sphere that has the earth's volume, in metres. */
const EARTH = 6_371_000.8;

/** Straight over the ground, in metres. */
export function metres(one: { lat: number; lng: number }, other: { lat: number; lng: number }): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [high, wide] = [Math.sin(rad(other.lat - one.lat) / 2), Math.sin(rad(other.lng - one.lng) / 2)];
  const part = high * high + Math.cos(rad(one.lat)) * Math.cos(rad(other.lat)) * wide * wide;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(part)));
}
