import type { Position } from "geojson";

interface Spot {
  x: number;
  y: number;
}

/** The nearest point on any of `lines` within `reach` pixels on the screen, else the position itself. Corners win over edges. */
export function snap(position: [number, number], lines: Position[][], project: (position: [number, number]) => Spot, reach: number): [number, number] {
  const me = project(position);
  let best = position;
  let least = reach;
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 1) {
      const a = line[at] as [number, number];
      const p = project(a);
      const corner = Math.hypot(p.x - me.x, p.y - me.y) - 3;
      if (corner < least) [least, best] = [corner, a];
      const b = line[at + 1] as [number, number] | undefined;
      if (!b) continue;
      const q = project(b);
      const long = (q.x - p.x) ** 2 + (q.y - p.y) ** 2;
      if (long === 0) continue;
      const along = Math.min(1, Math.max(0, ((me.x - p.x) * (q.x - p.x) + (me.y - p.y) * (q.y - p.y)) / long));
      const far = Math.hypot(p.x + along * (q.x - p.x) - me.x, p.y + along * (q.y - p.y) - me.y);
      if (far < least) [least, best] = [far, [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])]];
    }
  }
  return best;
}
