import { expect, test } from 'vitest';
import { fillIn, shownIn } from '../../../src/core/cases/draw.ts';
import {
  estimateOf,
  FACTORS,
  factsOf,
  type Played,
  STEPS,
  sensitivityOf,
  shareOf,
  stateOf,
} from '../../../src/core/cases/play.ts';
import { pick, randomFrom, shuffled } from '../../../src/core/random.ts';
import { expectSound, openSeed } from '../../support/case-seeds.ts';
import { CASES } from '../../support/cases.ts';

/** `all-seeds.test.ts` tries a thousand. */
const SEEDS = Array.from({ length: 20 }, (_, at) => `seed ${at}`);

const named = CASES.map((played) => [played.id, played] as const);

test.each(named)('%s has a right design or one right cause with any seed', (_, played) => {
  for (const seed of SEEDS) expectSound(openSeed(played, seed), seed);
});

test.each(named)('%s differs from seed to seed', (_, played) => {
  const drawn = SEEDS.map((seed) => JSON.stringify({ ...openSeed(played, seed).drawn, order: '' }));

  expect(new Set(drawn).size).toBeGreaterThan(16);
});

test.each(named)('each factor is right for one sensitivity of %s, clearly so', (_, played) => {
  for (const seed of SEEDS) {
    const playing = openSeed(played, seed);
    const asked = played.sensitivities.map((_each, sensitivity) =>
      sensitivityOf({ ...playing, drawn: { ...playing.drawn, sensitivity } }),
    );
    expect(asked.map(({ right }) => right).sort(), seed).toEqual(
      FACTORS.map(({ value }) => value).sort(),
    );
    // Half of a step to the next factor would be 1.41.
    for (const { factor, right } of asked)
      expect(Math.abs(Math.log(factor / Number(right))), seed).toBeLessThan(Math.log(1.25));
  }
});

test('no log writes a number with a comma in its digits', () => {
  const lines = CASES.flatMap((played) =>
    SEEDS.flatMap((seed) => {
      const { drawn } = openSeed(played, seed);
      const log = played.kind === 'incident' ? played.log : [];
      return log.map((line) => fillIn(shownIn(line, String(drawn['cause'])), drawn));
    }),
  );

  expect(lines.length).toBeGreaterThan(400);
  expect(lines.filter((line) => /\d,\d{3}/.test(line))).toEqual([]);
});

/** Somebody who knows nothing and chooses by lot. */
function guess(playing: Played, step: string, random: () => number): string {
  const { played, drawn } = playing;
  const of = <T>(list: readonly T[]) => pick(list, random);
  if (step === 'scope')
    return shuffled(factsOf(playing), String(random()))
      .slice(0, 5)
      .map(({ value }) => value)
      .join(',');
  if (step === 'estimate') return String(10 ** (random() * 6 - 1));
  if (step === 'sensitivity') return of(FACTORS)?.value ?? '';
  if (step === 'cause' && played.kind === 'incident') return of(played.causes)?.id ?? '';
  if (step === 'fix' || step === 'choice') return String(of([0, 1, 2, 3]));
  const prices = Object.keys(drawn).filter((name) => name.startsWith('price '));
  const tensor = of([1, 2, 4, 8]) ?? 1;
  const data = Math.ceil(10 ** (random() * 2));
  const [weights, cache, batch] = [of(['bf16', 'fp8']), of(['fp16', 'fp8']), of([8, 32, 128, 512])];
  return `${of(prices)?.slice(6)} ${tensor} 1 ${data} 1 ${weights} ${cache} ${batch}`;
}

/** What choosing by lot may bring in at most: one of the options, and half of a design by what happens to hold. */
const CHANCE: Readonly<Record<string, number>> = {
  scope: 0.25,
  estimate: 0.2,
  sensitivity: 0.25,
  choice: 0.25,
  cause: 0.2,
  fix: 0.25,
};

test.each(named)('guessing in %s brings in no more than chance', (_, played) => {
  const sums = new Map<string, number>();
  for (const seed of SEEDS) {
    const playing = openSeed(played, seed);
    for (let time = 0; time < 50; time += 1) {
      const random = randomFrom(`${seed} guess ${time}`);
      const state = stateOf(played, []);
      for (const step of STEPS[played.kind]) {
        if (!(step in CHANCE)) continue;
        const share = shareOf(playing, { step, value: guess(playing, step, random), state });
        sums.set(step, (sums.get(step) ?? 0) + share / 1000);
      }
    }
  }

  // Four standard deviations of a thousand tosses are 0.055.
  for (const [step, mean] of sums) expect(mean, step).toBeLessThan((CHANCE[step] ?? 0) + 0.055);
});

test('an estimate is right within 1.5 times, and half right within 2', () => {
  const [played] = CASES;
  if (!played) throw new Error('No case');
  const playing = openSeed(played, 'any');
  const truth = Number(playing.drawn[estimateOf(playing)?.of ?? '']);
  const share = (factor: number) =>
    shareOf(playing, {
      step: 'estimate',
      value: String(truth * factor),
      state: stateOf(played, []),
    });

  expect([0.4, 0.51, 0.67, 1.49, 1.9, 2.1].map(share)).toEqual([0, 0.5, 1, 1, 0.5, 0]);
});
