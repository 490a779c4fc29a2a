import { HOST_WAIT_MS, waitsForHost } from '../core/live/round.ts';
import { randomFrom } from '../core/random.ts';
import type { LiveRound } from '../store/schema.ts';
import { choiceOf } from './answers.ts';
import type { DemoParts } from './demo.ts';

/** A simulated colleague who answers live rounds. */
type Player = { id: string; right: number; say(line: string): Promise<unknown> };

const BEAT_MS = 1000;
/** Beats before the first colleague answers a question, and between one and the next. */
const THINKING = 2;

/**
 * The clock of a demo stands still, but a live round is played in real time: at each beat, a second of it passes and
 * colleagues answer its question.
 *
 * @returns What to call every second; true when the clock moved.
 */
export function createLiveBeat(
  { store, clock, tick }: Pick<DemoParts, 'store' | 'clock' | 'tick'>,
  players: readonly Player[],
): () => Promise<boolean> {
  const beats = new Map<string, number>();

  async function answer({ id, position }: LiveRound): Promise<void> {
    const key = `${id} ${position}`;
    const beat = (beats.get(key) ?? 0) + 1;
    beats.set(key, beat);
    const player = players[beat / THINKING - 1];
    const question = player && (await store.liveRound(id))?.question;
    if (!question) return;
    const random = randomFrom(`${key} ${player.id}`);
    const choice = choiceOf(question.question, random() < player.right, random);
    await player.say(`live answer round:${id} question:${position} choice:${choice}`);
  }

  return async () => {
    const now = clock.now().getTime();
    // An open round falls due after its host's wait at the latest.
    const open = await store.dueLive(new Date(now + HOST_WAIT_MS));
    for (const round of open) if (round.state === 'asking') await answer(round);
    const running = open.filter((round) => !waitsForHost(round));
    if (running.length === 0) return false;
    const next = new Date(now + BEAT_MS);
    clock.moveTo(next);
    if (running.some(({ dueAt }) => dueAt <= next)) await tick();
    return true;
  };
}
