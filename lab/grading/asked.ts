import { z } from 'zod';
import { sentences } from '../../src/core/grading/text/sentences.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';

/** Others write `null` for what is not there. */
const absent = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);
const wordings = absent(z.array(z.string()));
const points = absent(
  z.array(
    z.object({
      id: absent(z.union([z.string(), z.number()])),
      text: z.string(),
      weight: absent(z.number().min(0)),
      phrasings: wordings,
      wrong: wordings,
    }),
  ),
).transform((list = []) =>
  list.map(({ id, weight = 1, phrasings = [], ...point }, i) => ({
    ...point,
    id: String(id ?? i + 1),
    weight,
    phrasings,
  })),
);
const flags = absent(
  z.array(
    z.union([
      z.string().transform((text) => ({ text, phrasings: [] })),
      z.object({ text: z.string(), phrasings: wordings }),
    ]),
  ),
).transform((list = []) => list);
/** What is known of a question: what is left out is made up for. */
export const asked = {
  question: z.string(),
  modelAnswer: absent(z.string()),
  keyPoints: points,
  redFlags: flags,
};
/** One line of `bench:grading -- --items FILE`. Without key points the sentences of the model answer are the points. */
export const itemSchema = z
  .object({
    id: z.union([z.string(), z.number()]),
    ...asked,
    answer: z.string(),
  })
  .transform(withPoints)
  .refine(({ keyPoints }) => keyPoints.length > 0, {
    message: 'has neither key points nor a model answer to grade by',
  });

/** Without key points the sentences of the model answer are the points. */
export function withPoints<T extends Pick<GradedQuestion, 'keyPoints' | 'modelAnswer'>>(item: T) {
  const own = sentences(item.modelAnswer ?? '').map((text, i) => ({
    id: String(i + 1),
    text,
    weight: 1,
  }));
  return { ...item, keyPoints: item.keyPoints.length > 0 ? item.keyPoints : own };
}
