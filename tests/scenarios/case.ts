import { expect } from 'vitest';
import { numberOf } from '../../src/core/cases/draw.ts';
import { fixesOf, shortestProof } from '../../src/core/cases/incident.ts';
import {
  checkerOf,
  estimateOf,
  FACTORS,
  type Played,
  sensitivityOf,
} from '../../src/core/cases/play.ts';
import { createCatalog } from '../../src/core/catalog.ts';
import { CASE_FACTS, CASES } from '../support/cases.ts';
import { type Machine, smallCatalog } from '../support/machine.ts';
import type { Actor, Message } from '../support/stage.ts';
import { letterOf, message } from './daily.ts';

/** A small bank with the cases of the repository. */
export const CATALOG = createCatalog({ ...smallCatalog(), cases: CASES });

async function playingOf({ store }: Machine, id: number): Promise<Played> {
  const play = await store.casePlay(id);
  const played = CASES.find((each) => each.id === play?.caseId);
  if (!play || !played) throw new Error(`No case ${id}`);
  return { played, drawn: play.drawn, facts: CASE_FACTS };
}

/** The only select of a card whose label has a word. */
async function choose(ana: Actor, card: Message, word: string, ...choices: string[]) {
  const select = card.selects.find(({ label }) => label.includes(word));
  if (!select) throw new Error(`No select "${word}" in: ${card.text}`);
  return message(await ana.choose(card, select.label, ...choices));
}

/** Scope, estimate, and sensitivity, with the best answers, over two days. */
async function playStart(machine: Machine, ana: Actor, title: string, id: number) {
  const list = message(await ana.command('mock', { mode: 'case' }));
  expect(list.isPrivate).toBe(true);
  const brief = await choose(ana, list, 'case', title);
  const playing = await playingOf(machine, id);
  await machine.restart();

  const keys = playing.played.facts.map(({ ask }) => ask);
  const asked = await choose(ana, brief, 'Ask up to', ...keys);
  expect(asked.text).toContain('Correct');

  const estimate = message(await ana.press(asked, 'Next step'));
  const { of, unit } = estimateOf(playing) ?? { of: '', unit: '' };
  const form = await ana.press(estimate, 'Enter estimate');
  if (form.kind !== 'form') throw new Error('An estimate must be asked for');
  const wrong = await ana.fill(form, { value: 'many' });
  expect(wrong.kind === 'form' ? wrong.problem : wrong.text).toContain("isn't a number");
  const again = await ana.press(estimate, 'Enter estimate');
  if (again.kind !== 'form') throw new Error('An estimate must be asked for');
  const value = `${(numberOf(playing.drawn, of) * 1.2).toFixed(2)} ${unit}`;
  const near = message(await ana.fill(again, { value }));
  expect(near.text).toContain('Correct');

  message(await ana.press(near, 'Next step'));

  // The next day, in a bot that was started again.
  await machine.comeTo('2026-03-03T09:00:00Z');
  await machine.restart();
  const later = message(await ana.command('mock', { mode: 'case' }));
  const back = message(await ana.press(later, 'Continue'));
  const right = FACTORS.find((each) => each.value === sensitivityOf(playing).right);
  const moved = message(await ana.press(back, right?.label ?? ''));
  expect(moved.text).toContain('Correct');
  return { playing, next: message(await ana.press(moved, 'Next step')) };
}

/** A design case with right answers up to a hire. */
export async function playDesign(machine: Machine, id: string): Promise<string> {
  const ana = machine.stage.actor('ana');
  const title = CASES.find((each) => each.id === id)?.title ?? '';
  const begun = await playStart(machine, ana, title, 1);
  const { playing } = begun;
  const { played, drawn, facts } = playing;
  if (played.kind !== 'design') throw new Error('No design case');
  const checker = checkerOf(playing);
  let card = begun.next;
  for (const step of ['design', 'twist-1', 'twist-2']) {
    const twist = played.twists.find((each) => each === drawn[step]);
    const best = checker.cheapest({ drawn, facts, twist });
    if (!best) throw new Error('No design');
    const form = await ana.press(card, step === 'design' ? 'Enter design' : 'Change design');
    if (form.kind !== 'form') throw new Error('A design must be asked for');
    const typed = Object.entries(checker.typed(best.stored, facts));
    const fields = Object.fromEntries(typed.map(([name, value]) => [name, String(value)]));
    const checked = message(await ana.fill(form, fields));
    expect(checked.text).toMatch(/This design (?:does what is asked|holds within)/);
    expect(checked.text).toContain('Cheapest');
    await machine.restart();
    card = message(await ana.press(checked, 'Next step'));
  }
  const right = played.choice.options.find((option) => option.right)?.text ?? '';
  const chosen = message(await ana.press(card, letterOf(card, right)));
  const report = message(await ana.press(chosen, 'See report'));
  expect(report.text).toContain('Strong hire');
  expect(machine.stage.complaints()).toEqual([]);
  return report.text;
}

/** An incident with the shortest proof, the right cause, and the right fix. */
export async function playIncident(machine: Machine): Promise<string> {
  const ana = machine.stage.actor('ana');
  const { playing, next } = await playStart(machine, ana, 'Slow answers since noon', 1);
  const { played, drawn } = playing;
  if (played.kind !== 'incident') throw new Error('No incident');
  const cause = played.causes.find(({ id }) => id === drawn['cause']);
  if (!cause) throw new Error('No cause');

  let card = next;
  const proof = shortestProof(played, cause.id) ?? [];
  for (const { ask, minutes } of played.checks.filter((each) => proof.includes(each.id))) {
    card = await choose(ana, card, 'Next check', `${ask} (${minutes} min)`);
  }
  await machine.restart();
  const named = await choose(ana, card, 'Name the cause', cause.name);
  expect(named.text).toContain('Correct');
  expect(named.text).toContain('Shortest proof');
  const fix = message(await ana.press(named, 'Next step'));
  const fixed = await choose(ana, fix, 'Choose the fix', fixesOf(played, drawn)[0] ?? '');
  const report = message(await ana.press(fixed, 'See report'));
  expect(report.text).toContain('Strong hire');
  expect(machine.stage.complaints()).toEqual([]);
  return report.text;
}
