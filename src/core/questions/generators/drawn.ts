import { randomFrom } from '../../random.ts';
import type { DrawnQuestion, Generator } from './generator.ts';

const ID = /^gen([2345]?)-([a-z0-9-]+)-([a-z0-9]{1,8})$/;

/** How a question comes from its seed. Ids in buttons and posts keep theirs, so old ones draw as they always did. */
export type Drawing = 1 | 2 | 3 | 4 | 5;

/** Ids of drawn questions tell them from items of the bank. */
export function isDrawn(id: string): boolean {
  return ID.test(id);
}

/** The id of a drawn question: its drawing, kind, and seed, so that it can be drawn again. */
export function drawnId(kind: string, seed: string, drawing: Drawing): string {
  return `gen${drawing === 1 ? '' : drawing}-${kind}-${seed}`;
}

/** Whether a seed is short and plain enough to stand in an id. */
export function isToken(seed: string): boolean {
  return /^[a-z0-9]{1,8}$/.test(seed);
}

/** A short seed from any text, so that the id of a draw holds all that is needed to draw it again. */
export function seedToken(text: string): string {
  const random = randomFrom(text);
  return Array.from({ length: 8 }, () => Math.floor(random() * 36).toString(36)).join('');
}

/** The generator's id in the id of a drawn question; undefined for any other id. */
export function kindOf(id: string): string | undefined {
  return ID.exec(id)?.[2];
}

const DRAWINGS: Record<string, Drawing> = { 2: 2, 3: 3, 4: 4, 5: 5 };

/** Draws the question with an id again; undefined for an id that no generator made. */
export function drawAgain(generators: readonly Generator[], id: string): DrawnQuestion | undefined {
  const [, drawing, kind, seed] = ID.exec(id) ?? [];
  const generator = generators.find((each) => each.id === kind);
  return seed === undefined ? undefined : generator?.draw(seed, DRAWINGS[drawing ?? ''] ?? 1);
}
