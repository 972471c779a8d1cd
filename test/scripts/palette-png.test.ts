import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePalettePng, type Pixels } from '../../scripts/screenshots/palette-png.ts';

/** The chunks of a PNG by type, each with a sum that is checked. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

function decode(png: Buffer): number[][] {
  const chunks = chunksOf(png);
  const [header, palette] = [chunks.get('IHDR')!, chunks.get('PLTE')!];
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const lines = inflateSync(chunks.get('IDAT')!);
  return Array.from({ length: width * height }, (_, at) => {
    const index = lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)]!;
    return [...palette.subarray(3 * index, 3 * index + 3)];
  });
}

const pixelsOf = (width: number, colours: readonly number[][]): Pixels => ({
  width,
  height: colours.length / width,
  rgba: new Uint8Array(colours.flatMap((colour) => [...colour, 255])),
});

describe('a picture with a palette', () => {
  it('is the same picture while it has at most 256 colours', () => {
    const colours = Array.from({ length: 512 }, (_, at) => [at % 256, (7 * at) % 256, 3]);
    const few = colours.map(([red]) => [red!, 0, 255 - red!]);
    expect(decode(encodePalettePng(pixelsOf(32, few)))).toEqual(few);
  });

  it('has the nearest of the most frequent colours in place of any other', () => {
    const frequent = Array.from({ length: 256 }, (_, at) => [at, at, at]);
    const colours = [...frequent, ...frequent, [10, 10, 12], [250, 251, 250]];
    const shown = decode(encodePalettePng(pixelsOf(2, colours)));
    expect(shown.slice(0, 512)).toEqual(colours.slice(0, 512));
    expect(shown.slice(512)).toEqual([
      [11, 11, 11],
      [250, 250, 250],
    ]);
  });
});
