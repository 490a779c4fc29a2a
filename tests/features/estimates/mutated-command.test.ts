import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  engineIn,
  readPasted,
  sortFlags,
} from '../../../src/core/calculators/serving/pasted-command.ts';
import { withoutSecrets } from '../../../src/core/calculators/serving/secrets.ts';
import { readDeployed } from '../../../src/features/estimates/deployments/deployed.ts';
import { modelNamed } from '../../../src/features/estimates/model.ts';
import { isDeployment } from '../../../src/spine/grammar/estimates/pasted.ts';
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

/** Why a command is refused, if it is. */
function refusal(text: string): string | undefined {
  const command = read(text);
  try {
    return readDeployed(command, modelNamed(command.model ?? '', { catalog }), { catalog }).problem;
  } catch (error) {
    return String(error);
  }
}

/** A number that no engine reads. */
const WRONG: readonly ((value: string) => string)[] = [
  (value) => `${value}x`,
  (value) => value.replace(/.$/, 'O'),
  (value) => `${value.slice(0, 1)}.${value.slice(1) || '5'}`,
  (value) => `${value.slice(0, 1)},${value.slice(1) || '5'}`,
  (value) => `-${value}`,
  (value) => `${value}GB`,
  (value) => `0x${value}`,
  (value) => `${value}e9`,
  (value) => `\u0661${value}`,
  (value) => `"${value} ${value}"`,
];

const COUNT =
  /(?<=\s(?:--max-model-len|--max-num-seqs|--max-num-batched-tokens|--tensor-parallel-size|--pipeline-parallel-size|--data-parallel-size|--context-length|--tp|--tp-size|--dp-size|-tp)[ =])\d+(?=\s|$)/g;

test('a count that no engine reads is refused and named, in 500 spellings', () => {
  const cases = COMMANDS.flatMap((text) =>
    [...text.matchAll(COUNT)].flatMap(({ 0: value, index }) =>
      WRONG.map((wrong) => ({
        text: text.slice(0, index) + wrong(value) + text.slice(index + value.length),
        flag:
          text
            .slice(0, index - 1)
            .split(' ')
            .at(-1) ?? '',
      })),
    ),
  );

  expect(cases.length).toBeGreaterThanOrEqual(500);
  const silent = cases.filter(({ text, flag }) => !refusal(text)?.includes(flag));
  expect(silent.map(({ text }) => text)).toEqual([]);
});

test('3,000 characters of flags and their mistakes are read within 50 ms', () => {
  const flags = '--max-num-seqs 256 --foo "a b" --mx-model-len 1 {"a": {"b": 1}} ';
  const text = `vllm serve Qwen/Qwen3-8B ${flags.repeat(50)}`.slice(0, 3000);
  const readAll = () => {
    isDeployment(text, catalog);
    return refusal(withoutSecrets(text));
  };
  readAll();

  const from = performance.now();
  readAll();
  const ms = performance.now() - from;

  console.info(`3,000 characters: ${ms.toFixed(1)} ms`);
  // Four times of what is promised: other tests run beside it.
  expect(ms).toBeLessThan(200);
});
