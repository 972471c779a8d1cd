import { crc32, deflateSync } from 'node:zlib';

/** A picture as a canvas gives it: four bytes a pixel, line by line. Its opacity is left out. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** As many as a byte tells apart. A page has few colours but the edges of its letters. */
const MOST_COLOURS = 256;

/** Returns a PNG of the 256 most frequent colours, each other one shown as the nearest: a third of the usual size. */
export function encodePalettePng({ width, height, rgba }: Pixels): Buffer {
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1)
    colours[at] = (rgba[4 * at]! << 16) | (rgba[4 * at + 1]! << 8) | rgba[4 * at + 2]!;
  const palette = mostFrequent(colours);
  const indexes = new Map<number, number>();
  // A line begins with its filter: none, which suits indexes.
  const lines = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of colours.entries()) {
    const index = indexes.get(colour) ?? nearest(palette, colour);
    indexes.set(colour, index);
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits an index, colours from a palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function mostFrequent(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  return byCount.slice(0, MOST_COLOURS).map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  const wanted = channels(colour);
  const distances = palette.map((each) =>
    channels(each).reduce((sum, channel, at) => sum + (channel - wanted[at]!) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
