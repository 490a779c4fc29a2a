import { tellingWords, wordsOf } from '../../src/examiner/evidence.ts';

/** The words of an answer that look most like a point: what a model quotes that wants to help. */
export function bestQuote(sent: string, about: string): string {
  const words = sent.split(/\s+/);
  const wanted = tellingWords(about);
  const runs = words.map((_, i) => words.slice(i, i + 5).join(' '));
  const shared = (run: string) => [...tellingWords(run)].filter((word) => wanted.has(word)).length;
  return (
    runs.filter((run) => wordsOf(run).length >= 3).sort((a, b) => shared(b) - shared(a))[0] ?? ''
  );
}
