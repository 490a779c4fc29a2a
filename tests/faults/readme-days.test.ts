import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examplesIn, shortened } from '../../lab/docs/readme.ts';
import { BUILT, startProgram } from '../support/process.ts';

const DAY_MS = 86_400_000;
const examples = examplesIn(readFileSync('README.md', 'utf8'));

test('the README has examples', () => {
  expect(examples.length).toBeGreaterThan(1);
});

test.each([
  { days: 1, zone: 'America/New_York' },
  { days: 3, zone: 'Pacific/Auckland' },
])('its examples print what it shows $days days from today, in $zone', async ({ days, zone }) => {
  for (const { words, input, keep, shown } of examples) {
    const settings = { TZ: zone, CLOCK_SHIFT_MS: String(days * DAY_MS) };
    const program = startProgram(settings, words, BUILT);
    program.child.stdin?.end(input ?? '');

    expect(await program.ended).toBe(0);
    expect(shortened(program.output(), keep)).toBe(shown);
  }
});
