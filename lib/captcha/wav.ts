import { invariant } from '../kernel';

/** Samples per second of every recording and everything spoken. */
export const SAMPLE_RATE = 8_000;

/** Reads an 8 kHz mu-law WAV of one channel as values between −1 and 1. Throws on any other file: it is one of ours. */
export function decodeMuLawWav(file: Buffer): Float32Array {
  let at = 12;
  while (at + 8 <= file.length) {
    const [name, size] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)];
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ') {
      const format = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt32LE(4)].join();
      invariant(
        format === [MU_LAW, 1, SAMPLE_RATE].join(),
        'a spoken digit is 8 kHz mu-law with one channel',
      );
    }
    if (name === 'data') return Float32Array.from(body, muLawValue);
    at += 8 + size + (size % 2);
  }
  invariant(false, 'a spoken digit has sound in it');
}

/** The bytes of a WAV (16-bit PCM, one channel, 8 kHz); values beyond ±1 are cut off. */
export function encodeWav(values: Float32Array): Buffer {
  const file = Buffer.alloc(44 + values.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(values.length * 2, 40);
  values.forEach((value, index) => {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + index * 2);
  });
  return file;
}

const PCM = 1;
const MU_LAW = 7;

/** ITU-T G.711: sign, three bits of exponent, four of mantissa, all inverted. */
function muLawValue(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return (code & 0x80 ? -magnitude : magnitude) / 32_768;
}
