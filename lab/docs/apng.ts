import { crc32 } from 'node:zlib';

/**
 * A picture of an animation, and for how many milliseconds it is shown. A picture that changes only a
 * part of what is shown says where its upper left corner goes.
 */
export type Frame = { png: Buffer; ms: number; at?: { x: number; y: number } };

/** A header begins with the width and the height. */
const SIZE_BYTES = 8;

type Chunk = { type: string; data: Buffer };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Puts pictures of one color type together into an animated PNG that repeats forever. The first is
 * as large as the animation.
 *
 * @throws RangeError when there are none, or when one has another color type than the first.
 * @see https://www.w3.org/TR/png-3/#apngFrame-based-animation
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const pictures = frames.map(({ png, ...frame }) => ({ ...frame, chunks: chunksOf(png) }));
  const header = pictures[0]?.chunks.find(({ type }) => type === 'IHDR')?.data;
  if (!header) throw new RangeError('an animation needs a picture');
  let sequence = 0;
  const body = pictures.flatMap(({ chunks, ...frame }, index) => {
    const own = chunks.find(({ type }) => type === 'IHDR')?.data;
    if (!own?.subarray(SIZE_BYTES).equals(header.subarray(SIZE_BYTES)))
      throw new RangeError(`picture ${index + 1} has another color type than the first`);
    const control = { type: 'fcTL', data: frameControl(sequence++, own, frame) };
    const pixels = chunks.filter(({ type }) => type === 'IDAT');
    // The first picture is the one that viewers without animations show.
    if (index === 0) return [control, ...pixels];
    return [
      control,
      ...pixels.map(({ data }) => ({
        type: 'fdAT',
        data: Buffer.concat([uint32(sequence++), data]),
      })),
    ];
  });
  const count = Buffer.concat([uint32(frames.length), uint32(0)]);
  const chunks: Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: count },
    ...body,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([SIGNATURE, ...chunks.map(written)]);
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Where a picture goes and how long it is shown; what it does not cover stays. */
function frameControl(sequence: number, header: Buffer, { ms, at }: Omit<Frame, 'png'>): Buffer {
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(ms, 0);
  delay.writeUInt16BE(1000, 2);
  const size = header.subarray(0, SIZE_BYTES);
  return Buffer.concat([uint32(sequence), size, uint32(at?.x ?? 0), uint32(at?.y ?? 0), delay]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function written({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}
