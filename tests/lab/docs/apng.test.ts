import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { animatedPng } from '../../../lab/docs/apng.ts';

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A gray picture of one row. */
function picture(...row: number[]): Buffer {
  const header = Buffer.from([0, 0, 0, row.length, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, ...row]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The types and data of all chunks; a wrong checksum throws. */
function chunksOf(png: Buffer): [string, Buffer][] {
  const found: [string, Buffer][] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const end = at + 8 + length;
    if (png.readUInt32BE(end) !== crc32(png.subarray(at + 4, end))) throw new Error('checksum');
    found.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end)]);
    at = end + 4;
  }
  return found;
}

test('pictures become the frames of one animation, in order', () => {
  const png = animatedPng([
    { png: picture(1, 2), ms: 700 },
    { png: picture(3, 4), ms: 2500 },
  ]);
  const chunks = chunksOf(png);

  expect(chunks.map(([type]) => type)).toEqual([
    'IHDR',
    'acTL',
    'fcTL',
    'IDAT',
    'fcTL',
    'fdAT',
    'IEND',
  ]);
  // Two frames, forever.
  expect(chunks[1]?.[1]).toEqual(Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
  const controls = chunks.filter(([type]) => type === 'fcTL').map(([, data]) => data);
  expect(controls.map((data) => data.readUInt32BE(0))).toEqual([0, 1]);
  expect(controls.map((data) => data.readUInt16BE(20))).toEqual([700, 2500]);
  expect(controls.every((data) => data.length === 26)).toBe(true);
  expect(chunks[5]?.[1].readUInt32BE(0)).toBe(2);
});

test('a smaller picture goes where it says', () => {
  const png = animatedPng([
    { png: picture(1, 2, 3), ms: 1 },
    { png: picture(9), ms: 1, at: { x: 2, y: 0 } },
  ]);
  const control = chunksOf(png).filter(([type]) => type === 'fcTL')[1]?.[1];

  expect([4, 8, 12, 16].map((offset) => control?.readUInt32BE(offset))).toEqual([1, 1, 2, 0]);
});

test('pictures of two color types are refused', () => {
  const other = picture(1);
  // Gray with transparency.
  other[25] = 4;

  const frames = [picture(1), other].map((png) => ({ png, ms: 1 }));

  expect(() => animatedPng(frames)).toThrow(RangeError);
});
