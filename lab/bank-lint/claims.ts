import type { Question } from '../../src/core/questions/schema.ts';

/** Numbers of the claims that an item uses as a misconception: "claim 21", "claims 19-20". */
export function claimsIn(question: Question): number[] {
  if (!('options' in question)) return [];
  return question.options.flatMap(({ misconception = '' }) =>
    [
      ...misconception.matchAll(
        /\bclaims? (\d+)(?:\s*(?:-|–|to)\s*(\d+))?((?:\s*(?:,|and)\s*\d+)*)/gi,
      ),
    ].flatMap(([, first, last, more = '']) => [
      ...range(Number(first), Number(last ?? first)),
      ...(more.match(/\d+/g) ?? []).map(Number),
    ]),
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
