import type { Chapter } from '../core/catalog.ts';
import { letterOf, type ScoredQuestion } from '../core/questions/check-answer.ts';
import type { Question } from '../core/questions/schema.ts';
import type { Block, Reply } from '../spine/reply.ts';

/** What a card needs to know of a post. */
export type CardPost = { id: number; question: ScoredQuestion };

/** An answer in words: the options chosen, the steps in order, or the number. */
export function answerText(question: ScoredQuestion, answer: string): string {
  if (question.format === 'numeric')
    return question.unit && !/[a-z%]/i.test(answer) ? `${answer} ${question.unit}` : answer;
  const texts = answer.split(',').map((letter) => textOf(question, letter));
  return texts.join(question.format === 'order' ? ' → ' : '; ');
}

/** The letter that is shown beside an option in one person's order. */
export const shownLetter = (index: number) => letterOf(index).toUpperCase();

/** The option or step with this letter of the item's own order. */
export function textOf(question: ScoredQuestion, letter: string): string {
  const index = letter.charCodeAt(0) - 97;
  if (question.format === 'numeric') return letter;
  const list = question.format === 'order' ? question.steps : question.options;
  return list[index]?.text ?? letter;
}

/** The question itself with its code and the steps of a scenario, without answers. */
export function promptBlocks(question: Question): Block[] {
  const blocks: Block[] = [{ kind: 'text', text: question.prompt }];
  if ('code' in question && question.code) {
    const code = question.code.trimEnd();
    // An answer names the faulty line, and nobody should have to count.
    blocks.push({ kind: 'code', code: question.format === 'bug' ? numbered(code) : code });
  }
  if (question.format === 'scenario')
    for (const [index, step] of (question.steps ?? []).entries())
      blocks.push({ kind: 'text', text: `${index + 1}. ${step}` });
  return blocks;
}

/** A card that is opened again, where its question is no longer above it. */
export const withQuestion = (question: Question, reply: Reply): Reply => ({
  ...reply,
  blocks: [{ kind: 'text', text: cut(question.prompt, 160) }, ...reply.blocks],
});

function numbered(code: string): string {
  const lines = code.split('\n');
  const width = String(lines.length).length;
  return lines
    .map((line, index) => `${String(index + 1).padStart(width)}  ${line}`.trimEnd())
    .join('\n');
}

/** How hard it is and what it is about, for the small print. */
export function labelOf(question: Question, chapter?: Chapter): string {
  const difficulty = question.difficulty.charAt(0).toUpperCase() + question.difficulty.slice(1);
  return chapter ? `${difficulty} · ${chapter.title}` : difficulty;
}

/** As long as a choice may be on every platform: a longer one is written out above its menu, a second time. */
export const SHORT_CHOICE = 75;

/** Ends at a word where it can. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const short = text.slice(0, length - 1);
  const space = short.lastIndexOf(' ');
  return `${space > length / 2 ? short.slice(0, space) : short}…`;
}
