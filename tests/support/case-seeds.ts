import { expect } from 'vitest';
import { cheapestServing } from '../../src/core/cases/cheapest.ts';
import { storedDesign } from '../../src/core/cases/designs.ts';
import { numberOf } from '../../src/core/cases/draw.ts';
import { causesLeft, shortestProof } from '../../src/core/cases/incident.ts';
import { openCase, targetOf } from '../../src/core/cases/open.ts';
import { findingsOf, type Played, shareOf, stateOf } from '../../src/core/cases/play.ts';
import type { Case, DesignCase, IncidentCase } from '../../src/core/cases/schema.ts';
import { type Design, type Finding, isAccepted } from '../../src/core/cases/serving.ts';
import { CASE_FACTS, textsOf } from './cases.ts';

const opened = new Map<string, Played>();

/** A playing of a case with one seed, kept for the next test that asks for it. */
export function openSeed(played: Case, seed: string): Played {
  const key = `${played.id} ${seed}`;
  const playing = opened.get(key) ?? {
    played,
    drawn: openCase(played, CASE_FACTS, seed),
    facts: CASE_FACTS,
  };
  opened.set(key, playing);
  return playing;
}

/** What one playing must hold; a message names the seed. */
export function expectSound(playing: Played, seed: string): void {
  const { played, drawn } = playing;
  // A text with a value that nothing has drawn throws.
  expect(textsOf(played, drawn).join(' '), seed).not.toMatch(/NaN|Infinity|undefined/);
  for (const { of } of played.estimates)
    expect(numberOf(drawn, of), `${seed} ${of}`).toBeGreaterThan(0);
  if (played.kind === 'design') expectDesigns({ ...playing, played }, seed);
  else expectOneCause(played, seed);
}

function expectDesigns(playing: Played & { played: DesignCase }, seed: string): void {
  const { played, drawn } = playing;
  const twists = played.twists.filter((twist) => Object.values(drawn).includes(twist));
  expect(twists, seed).toHaveLength(2);
  // The design itself in every seed, and one of its twists in turn: each search takes long.
  const twist = [undefined, ...twists][Number(seed.replace(/\D/g, '')) % 3];
  const target = targetOf(drawn, CASE_FACTS, twist);
  const best = cheapestServing(target, CASE_FACTS);
  if (!best) throw new Error(`${seed}: no design does what is asked`);
  const check = (design: Design) => findingsOf(playing, storedDesign(design), twist);
  expect(
    check(best.design).filter(({ verdict }) => verdict === 'misses'),
    seed,
  ).toEqual([]);
  for (const [what, mutant] of Object.entries(mutants(best.design, target.budget ?? 0, best.usd))) {
    const findings = check(mutant);
    const carries = findings.some(
      (each) => each.what === 'throughput' && each.verdict !== 'misses',
    );
    // One copy that carries the load stays as fast as its load needs, however many requests it may take.
    if (what === 'latency' && carries) continue;
    const broken = findings.find((finding) => finding.what === what);
    expect(broken, `${seed} ${what}`).toMatchObject({ verdict: 'misses' });
    expect(isAccepted(findings), `${seed} ${what}`).toBe(false);
    if (broken) expectNumber(broken, `${seed} ${what}`);
  }
}

/** The number of a finding that is refused is beyond what is needed. */
function expectNumber({ what, has, needs }: Finding, seed: string): void {
  const isMost = what === 'latency' || what === 'firstToken' || what === 'budget';
  if (isMost) expect(has, seed).toBeGreaterThan(needs);
  else expect(has, seed).toBeLessThan(needs);
}

/** One design for each thing that can break, made from one that holds. */
function mutants(
  best: Design,
  budget: number,
  usd: number,
): Partial<Record<Finding['what'], Design>> {
  const perCopy = usd / best.data;
  return {
    // Every batch that the catalog's GPUs can't hold.
    memory: { ...best, batch: 4096 * 16 },
    // One copy with one request, and one with far too many.
    throughput: { ...best, data: 1, batch: 1 },
    latency: { ...best, data: 1, batch: 4096 },
    budget: { ...best, data: Math.floor(budget / perCopy + 1e-6) + 1 },
  };
}

function expectOneCause(played: IncidentCase, seed: string): void {
  const all = played.checks.map(({ id }) => id);
  for (const { id } of played.causes) {
    expect(
      causesLeft(played, id, all).map((cause) => cause.id),
      `${seed} ${id}`,
    ).toEqual([id]);
    expect(causesLeft(played, id, []).length, `${seed} ${id}`).toBeGreaterThan(1);
    const proof = shortestProof(played, id) ?? [];
    const events = proof.map((check) => ({ kind: 'checked' as const, check }));
    const playing = { played, drawn: { cause: id }, facts: CASE_FACTS };
    const state = stateOf(played, events);
    const shares = played.causes.map((cause) =>
      shareOf(playing, { step: 'cause', value: cause.id, state }),
    );
    expect(
      shares.filter((share) => share > 0),
      `${seed} ${id}`,
    ).toEqual([1]);
  }
}
