import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  engineIn,
  readPasted,
  sortFlags,
} from '../../../src/core/calculators/serving/pasted-command.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

const COMMANDS = (
  JSON.parse(readFileSync(new URL('known-deployments.json', import.meta.url), 'utf8')) as {
    text: string;
  }[]
)
  .map(({ text }) => text.replaceAll(/\\\n\s*/g, ' ').replaceAll(/ {2,}/g, ' '))
  .filter((text) => !text.includes('\n') && !text.includes('EngineArgs'));

function read(text: string) {
  const table = catalog.engines.find(({ engine }) => engine === engineIn(text));
  if (!table) throw new Error(`no engine in ${text}`);
  return readPasted(text, table);
}

/** A name with one slip of the finger. */
const SLIPS: readonly ((name: string, at: number) => string)[] = [
  (name, at) => name.slice(0, at) + name.slice(at + 1),
  (name, at) => name.slice(0, at) + name.charAt(at) + name.slice(at),
  (name, at) => name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
  (name, at) => `${name.slice(0, at)}x${name.slice(at + 1)}`,
  (name) => `${name}s`,
  (name) => `-${name}`,
  (name) => name.toUpperCase(),
];

const FLAG = /(?<=\s)--?[a-zA-Z][\w-]*/g;

const slipped = fc
  .tuple(fc.constantFrom(...COMMANDS), fc.nat(), fc.nat(), fc.constantFrom(...SLIPS))
  .map(([text, which, where, slip]) => {
    const flags = [...text.matchAll(FLAG)];
    const flag = flags[which % Math.max(1, flags.length)];
    if (!flag) return undefined;
    const [name] = flag;
    const typo = slip(name, 2 + (where % Math.max(1, name.length - 3)));
    return {
      text,
      name,
      typo,
      pasted: text.slice(0, flag.index) + typo + text.slice(flag.index + name.length),
    };
  })
  .filter((each) => each !== undefined);

test('a flag with a slip is read as what it was, or named', () => {
  fc.assert(
    fc.property(slipped, ({ text, name, typo, pasted }) => {
      if (typo === name) return;
      const before = read(text);
      const after = read(pasted);
      const isAlike =
        JSON.stringify([...before.settings].sort()) === JSON.stringify([...after.settings].sort());
      const { unknown } = sortFlags(after);
      const isNamed = unknown.some((each) => each.name.startsWith(typo));
      // `-ep` for `-tp` is another flag, and what was meant can't be known.
      const isAnother = after.flags.some((each) => each.name === typo && each.flag);

      expect(isAlike || isNamed || isAnother, pasted).toBe(true);
    }),
    { numRuns: 1000, seed: 40 },
  );
});
