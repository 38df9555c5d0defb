/** Keeps the EXIF block (time, place, device) of a JPEG that is made smaller: it is evidence. */

/** The APP1 EXIF segment of a JPEG with its marker, or nothing. */
export function exifOf(jpeg: ArrayBuffer): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(jpeg);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 4 < view.byteLength) {
    const marker = view.getUint16(at);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return undefined;
    const size = view.getUint16(at + 2);
    if (at + 2 + size > view.byteLength) return undefined;
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return new Uint8Array(jpeg.slice(at, at + 2 + size));
    at += 2 + size;
  }
  return undefined;
}

/** Says "upright": the canvas has already turned the picture. Works on the segment in place. */
export function upright(segment: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const tiff = 10;
  if (view.byteLength < tiff + 8) return;
  const little = view.getUint16(tiff) === 0x4949;
  const first = tiff + view.getUint32(tiff + 4, little);
  if (first + 2 > view.byteLength) return;
  const count = view.getUint16(first, little);
  for (let n = 0; n < count; n += 1) {
    const entry = first + 2 + n * 12;
    if (entry + 12 > view.byteLength) return;
    if (view.getUint16(entry, little) === 0x0112) return view.setUint16(entry + 8, 1, little);
  }
}

/** A JPEG with the given EXIF segment put right behind its start marker. */
export async function withExif(jpeg: Blob, segment: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: "image/jpeg" });
}
