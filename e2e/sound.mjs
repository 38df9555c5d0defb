/** A recording as a file: WAV, made by arithmetic, because nothing here can encode anything else. */
export function wav(seconds, { hertz = 440, rate = 8000 } = {}) {
  const samples = Math.round(seconds * rate);
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  // PCM, one channel, 16 bits
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n += 1) bytes.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * n) / rate)), 44 + n * 2);
  return bytes;
}

/** For a visitor's form, and for `setInputFiles`. */
export const asRecording = (bytes, name = "录音.wav") => ({ field: "recording", name, type: "audio/wav", bytes });
export const asInput = (bytes, name = "录音.wav") => ({ name, mimeType: "audio/wav", buffer: bytes });
