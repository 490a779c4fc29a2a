import MiniSearch from 'minisearch';
import type { Question } from './schema.ts';

export type Hit = { question: Question; score: number };

/** Finds items by words of their question, explanation and topics; made once for a bank. */
export function createSearch(
  questions: readonly Question[],
  chapterTitle: (chapter: number) => string,
): (words: string, limit: number) => Hit[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const index = new MiniSearch<{ id: string; prompt: string; explanation: string; topics: string }>(
    {
      fields: ['prompt', 'explanation', 'topics'],
      // Unicode words; `kv-cache` and `o(n²)` are found by their parts.
      tokenize: (text) =>
        text
          .toLowerCase()
          .normalize('NFKC')
          .split(/[^\p{L}\p{N}]+/u)
          .filter(Boolean),
      searchOptions: {
        boost: { prompt: 3, topics: 2 },
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        combineWith: 'AND',
      },
    },
  );
  index.addAll(
    questions.map((question) => ({
      id: question.id,
      prompt: question.prompt,
      explanation: question.explanation,
      topics: `${question.id} ${chapterTitle(question.chapter)} ${question.difficulty} ${question.format}`,
    })),
  );
  return (words, limit) => {
    // Every word first; when that finds nothing, any of them.
    const all = index.search(words);
    const found = all.length > 0 ? all : index.search(words, { combineWith: 'OR' });
    return found.slice(0, limit).flatMap(({ id, score }) => {
      const question = byId.get(String(id));
      return question ? [{ question, score }] : [];
    });
  };
}
