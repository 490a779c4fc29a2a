import { expect } from 'vitest';
import { peakFlops } from '../../src/core/calculators/hardware/gpu.ts';
import { countParameters } from '../../src/core/calculators/models/parameters.ts';
import { attentionFlopsPerToken } from '../../src/core/calculators/training/compute.ts';
import { trainingMemory, USUAL_UTILISATION } from '../../src/core/calculators/training/memory.ts';
import { explainTrainingRun } from '../../src/core/calculators/training/run.ts';
import { type Asked, type Finding, isAccepted } from '../../src/core/cases/checker.ts';
import { readStoredDesign, storedDesign } from '../../src/core/cases/designs.ts';
import { type Drawn, numberOf } from '../../src/core/cases/draw.ts';
import { causesLeft, shortestProof } from '../../src/core/cases/incident.ts';
import { openCase } from '../../src/core/cases/open.ts';
import { checkerOf, findingsOf, type Played, shareOf, stateOf } from '../../src/core/cases/play.ts';
import type { Case, DesignCase, IncidentCase } from '../../src/core/cases/schema.ts';
import { GIB } from '../../src/core/units.ts';
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
  const asked = { drawn, facts: CASE_FACTS, twist };
  const best = checkerOf(playing).cheapest(asked);
  if (!best) throw new Error(`${seed}: no design does what is asked`);
  const check = (design: string) => findingsOf(playing, design, twist);
  const accepted = played.checker === 'serving' ? [] : acceptedRuns(asked);
  const broken = played.checker === 'serving' ? brokenServices : brokenRuns;
  for (const design of [best.stored, ...accepted])
    expect(
      check(design).filter(({ verdict }) => verdict === 'misses'),
      `${seed} ${design}`,
    ).toEqual([]);
  for (const [what, findings] of Object.entries(broken(best, asked, playing))) {
    const carries = findings.some(
      (each) => each.what === 'throughput' && each.verdict !== 'misses',
    );
    // One copy that carries the load stays as fast as its load needs, however many requests it may take.
    if (what === 'latency' && carries) continue;
    const miss = findings.find((finding) => finding.what === what);
    expect(miss, `${seed} ${what}`).toMatchObject({ verdict: 'misses' });
    expect(isAccepted(findings), `${seed} ${what}`).toBe(false);
    if (miss) expectNumber(miss, `${seed} ${what}`);
  }
}

/** The number of a finding that is refused is beyond what is needed. */
function expectNumber({ what, has, needs }: Finding, seed: string): void {
  if (what === 'memory' || what === 'throughput') expect(has, seed).toBeLessThan(needs);
  else expect(has, seed).toBeGreaterThan(needs);
}

type Best = { stored: string; usd: number };

/** What is found in one design for each thing that can break, made from one that holds. */
function brokenServices({ stored, usd }: Best, { drawn, twist }: Asked, playing: Played) {
  const best = readStoredDesign(stored, CASE_FACTS.gpus);
  const budget = numberOf(drawn, twist ? `budget ${twist}` : 'budget');
  const check = (design: Design) =>
    findingsOf(playing, storedDesign({ ...best, ...design }), twist);
  return {
    // Every batch that the catalog's GPUs can't hold.
    memory: check({ batch: 4096 * 16 }),
    // One copy with one request, and one with far too many.
    throughput: check({ data: 1, batch: 1 }),
    latency: check({ data: 1, batch: 4096 }),
    budget: check({ data: Math.floor((budget * best.data) / usd + 1e-6) + 1 }),
  };
}

type Design = { data?: number; batch?: number };

/** The same for a run: its time and price have a range, whose low end is 55% of the peak instead of 40%. */
function brokenRuns({ stored, usd }: Best, { drawn, twist }: Asked, playing: Played) {
  const [gpu, count, ...how] = stored.split(' ');
  const hours = usd / numberOf(drawn, `price ${gpu}`) / Number(count);
  const given = twist === 'load' ? 2 : 1;
  const beyond = (0.4 / 0.55) * 0.97;
  const check = (changed: Drawn) =>
    findingsOf({ ...playing, drawn: { ...drawn, ...changed } }, stored, twist);
  return {
    // A whole server, when half of it is down, and two of them otherwise.
    gpus: findingsOf(playing, [gpu, twist === 'spare' ? 8 : 16, ...how].join(' '), twist),
    memory: findingsOf(playing, [gpu, count, ...how.slice(0, 3), 1024].join(' '), twist),
    time: check({ hours: (hours * beyond) / given }),
    budget: check({ [twist ? `budget ${twist}` : 'budget']: usd * beyond }),
  };
}

/** Runs that fit by `trainingMemory`, and that are done in time and budget with 8 operations per parameter and token. */
function acceptedRuns({ drawn, twist }: Asked): string[] {
  const { shape } = CASE_FACTS.models.find(({ id }) => id === drawn['model']) ?? fail('No model');
  const sequence = numberOf(drawn, 'sequence') * (twist === 'long' ? 4 : 1);
  const tokens = numberOf(drawn, 'trainM') * 1e6 * (twist === 'load' ? 4 : 1);
  const hours = numberOf(drawn, 'hours') * (twist === 'load' ? 2 : 1);
  const lora = { rank: numberOf(drawn, 'rank'), targets: ['q', 'k', 'v', 'o'] as const };
  const runs: string[] = [];
  for (const gpu of CASE_FACTS.gpus.filter(({ id }) => drawn[`price ${id}`] !== undefined))
    for (const dataParallel of [1, 2, 4])
      for (const method of ['full', 'lora', 'qlora'] as const)
        for (const zero of [0, 2, 3] as const)
          for (const checkpointing of ['none', 'full'] as const) {
            const microBatch = 2;
            const run = { shape, method, zero, checkpointing, microBatch, sequence, dataParallel };
            const { total } = trainingMemory(method === 'full' ? run : { ...run, lora });
            const { days, usd = 0 } = explainTrainingRun({
              parameters: countParameters(shape).total,
              attentionFlopsPerToken: attentionFlopsPerToken(shape, sequence),
              tokens: (tokens * 8) / 6,
              gpus: dataParallel,
              peakFlops: peakFlops(gpu, 'fp16'),
              usdPerGpuHour: numberOf(drawn, `price ${gpu.id}`),
            });
            const fits = total <= gpu.memoryGiB * GIB * USUAL_UTILISATION;
            const budget = numberOf(drawn, twist ? `budget ${twist}` : 'budget');
            if (fits && days * 24 <= hours && usd <= budget)
              runs.push([gpu.id, dataParallel, method, zero, checkpointing, microBatch].join(' '));
          }
  return runs;
}

function fail(message: string): never {
  throw new Error(message);
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
