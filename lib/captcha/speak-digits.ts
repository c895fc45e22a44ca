import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../i18n/locale';
import { openDrawnChallenge } from './drawn-challenge';
import { type SeededNoise, seededNoise } from './seeded-noise';
import { decodeMuLawWav, encodeWav, SAMPLE_RATE } from './wav';

/**
 * Speaks the digits of a token, one by one with pauses, as a WAV (8 kHz, 16 bit, one channel; about eight seconds).
 * Voice, pitch, speed and loudness change from digit to digit, and a murmur lies below. The same token always sounds the
 * same. `null` for a token that is not ours.
 */
export async function speakDigits(
  token: string,
  { locale, key }: { locale: Locale; key: Buffer },
): Promise<Buffer | null> {
  const drawn = openDrawnChallenge(token, key);
  if (!drawn) return null;
  const noise = seededNoise(drawn.seed, `voice ${locale}`);
  const parts: Float32Array[] = [silence(0.5)];
  for (const digit of drawn.digits) {
    const sample = await readDigit(locale, `${noise.sign() > 0 ? 'high' : 'low'}-${digit}`);
    parts.push(vary(sample, noise), silence(noise.between(0.45, 0.8)));
  }
  return encodeWav(withMurmur(join32(parts), noise));
}

const samples = new Map<string, Float32Array>();

async function readDigit(locale: Locale, name: string): Promise<Float32Array> {
  const known = samples.get(`${locale}/${name}`);
  if (known) return known;
  const file = join(process.cwd(), 'lib', 'captcha', 'voice', locale, `${name}.wav`);
  const sample = decodeMuLawWav(await readFile(file));
  samples.set(`${locale}/${name}`, sample);
  return sample;
}

/** Faster and higher or slower and lower, by up to an eighth; never so far that a digit sounds like another. */
function vary(sample: Float32Array, noise: SeededNoise): Float32Array {
  const rate = noise.between(0.88, 1.12);
  const loudness = noise.between(0.7, 0.95);
  return Float32Array.from({ length: Math.floor(sample.length / rate) }, (_, index) => {
    const at = index * rate;
    const before = Math.floor(at);
    const [a, b] = [sample[before] ?? 0, sample[before + 1] ?? 0];
    return loudness * (a + (b - a) * (at - before));
  });
}

/** A soft hiss that swells and falls: it hides cuts from machines and stays far below the voice for people. */
function withMurmur(speech: Float32Array, noise: SeededNoise): Float32Array {
  const [swell, phase] = [noise.between(0.9, 1.6), noise.between(0, 6.28)];
  let smooth = 0;
  return speech.map((value, index) => {
    smooth += 0.35 * (noise.between(-1, 1) - smooth);
    const level = 0.035 + 0.015 * Math.sin((index / SAMPLE_RATE) * swell * 6.28 + phase);
    return value + level * smooth;
  });
}

function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

function join32(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
