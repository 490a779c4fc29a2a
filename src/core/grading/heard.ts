import { z } from 'zod';
import type { GradedQuestion, KeyPoint } from './types.ts';

/** Ways in which people said a key point, or got it wrong, by question and point: `data/grading/heard.json`. */
export const heardSchema = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ right: z.array(z.string()), wrong: z.array(z.string()) })),
);

export type Heard = z.output<typeof heardSchema>;

/** The key points of a question, with what was heard of them beside their author's wordings. */
export function withHeard({ id = '', keyPoints }: GradedQuestion, heard: Heard): KeyPoint[] {
  const known = Object.hasOwn(heard, id) ? heard[id] : undefined;
  return keyPoints.map((point) => {
    const said = known?.[point.id];
    return {
      ...point,
      phrasings: [...(point.phrasings ?? []), ...(said?.right ?? [])],
      wrong: [...(point.wrong ?? []), ...(said?.wrong ?? [])],
    };
  });
}
