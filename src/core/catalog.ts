import type { z } from 'zod';
import type { Gpu } from './calculators/hardware/gpu.ts';
import type { Model } from './calculators/models/model-schema.ts';
import type { EngineTable } from './calculators/serving/engine-flags.ts';
import type { FailureRow } from './calculators/serving/failure-log.ts';
import type { LatencyFacts } from './calculators/speed/latency-constants.ts';
import type { Case } from './cases/schema.ts';
import type { Grade, GradedQuestion } from './grading/types.ts';
import type {
  chapterSchema,
  conceptSchema,
  pathSchema,
  Sample,
} from './questions/catalog-schema.ts';
import { drawAgain } from './questions/generators/drawn.ts';
import type { Generator } from './questions/generators/generator.ts';
import type { FreeTextQuestion, Question } from './questions/schema.ts';
import { createSearch, type Hit, indexBank, openIndex } from './questions/search.ts';
import { type AreTwins, twinsIn } from './questions/twins.ts';

/** A chapter of the bank. */
export type Chapter = z.output<typeof chapterSchema>;
/** A learning path through chapters. */
export type LearningPath = z.output<typeof pathSchema>;
/** A concept of the syllabus. */
export type Concept = z.output<typeof conceptSchema>;

/** What the product knows by heart: the bank, chapters and facts, read from `data/` at the start. */
export type Catalog = {
  questions: readonly Question[];
  /** An item of the bank, or a generated question, which is drawn again from its id. */
  question(id: string): Question | undefined;
  /** Kinds of questions with numbers of their own. */
  generators: readonly Generator[];
  /** Whether two questions may not be asked close to each other. */
  areTwins: AreTwins;
  /** An item as it came with the product, whatever a team made of it. */
  shipped(id: string): Question | undefined;
  chapters: readonly Chapter[];
  chapter(number: number): Chapter | undefined;
  /** The name of a chapter, and of what a team added beside them. */
  chapterTitle(number: number): string;
  paths: readonly LearningPath[];
  /** What the items are about, by the ids in their `topics`. */
  concepts: readonly Concept[];
  models: readonly Model[];
  gpus: readonly Gpu[];
  /** What speeds are computed with. */
  latency: LatencyFacts;
  /** Flags of the engines that serve models. */
  engines: readonly EngineTable[];
  /** What their logs die of. */
  failures: readonly FailureRow[];
  /** Items that are answered in words: the review bank. */
  freeText: readonly FreeTextQuestion[];
  /** Interviews that are checked by arithmetic. */
  cases: readonly Case[];
  /** Graded sample answers, for interviewers to calibrate themselves. */
  samples: readonly Sample[];
  /** Items that speak of these words, best first. */
  search(words: string, limit: number): Promise<Hit[]>;
  /** Grades an answer in words, offline. */
  grade(question: GradedQuestion, answer: string, before?: readonly string[]): Grade;
};

/** Look-ups over what was read. */
export function createCatalog({
  index,
  ...parts
}: Pick<Catalog, 'questions' | 'chapters' | 'paths' | 'models' | 'gpus' | 'latency' | 'grade'> &
  Partial<
    Pick<Catalog, 'cases' | 'samples' | 'generators' | 'concepts' | 'engines' | 'failures'>
  > & {
    /** The words of the questions as they were stored; read from the questions when absent. */
    index?: (() => string) | undefined;
  }): Catalog {
  const { generators = [], concepts = [] } = parts;
  const questions = new Map(parts.questions.map((question) => [question.id, question]));
  const chapters = new Map(parts.chapters.map((chapter) => [chapter.number, chapter]));
  let search: Promise<ReturnType<typeof createSearch>> | undefined;
  return {
    cases: [],
    samples: [],
    engines: [],
    failures: [],
    ...parts,
    generators,
    concepts,
    search: async (words, limit) => {
      // Opened at the first search: the start does not wait for it.
      search ??= (index ? openIndex(index()) : indexOf(parts)).then((opened) =>
        createSearch(parts.questions, opened),
      );
      return (await search)(words, limit);
    },
    question: (id) => questions.get(id) ?? drawAgain(generators, id),
    areTwins: twinsIn(parts.questions, generators),
    shipped: (id) => questions.get(id),
    chapter: (number) => chapters.get(number),
    chapterTitle: (number) => chapters.get(number)?.title ?? 'Team questions',
    freeText: parts.questions.filter((question) => 'keyPoints' in question),
  };
}

/** The words of questions, and of the names of their subjects. */
export function indexOf({
  questions,
  chapters,
  concepts = [],
}: Pick<Catalog, 'questions' | 'chapters'> & Partial<Pick<Catalog, 'concepts'>>) {
  const titles = new Map(concepts.map(({ id, title }) => [id, title]));
  const chapterTitles = new Map(chapters.map(({ number, title }) => [number, title]));
  return indexBank(questions, ({ chapter, topics }) =>
    [chapterTitles.get(chapter), ...topics.map((topic) => titles.get(topic))].join(' '),
  );
}

/** Chapters by their name, or by some words of it. */
export function chaptersNamed(
  words: string,
  { chapters }: Pick<Catalog, 'chapters'>,
): readonly Chapter[] {
  const wanted = chapterWords(words);
  return wanted.length === 0
    ? []
    : chapters.filter(({ title }) => {
        const own = chapterWords(title);
        return wanted.every((word) => own.includes(word));
      });
}

/** The one chapter that has this number, or these words in its name. */
export function chapterCalled(
  words: string,
  catalog: Pick<Catalog, 'chapters'>,
): Chapter | undefined {
  const numbered = catalog.chapters.find(({ number }) => String(number) === words.trim());
  const [only, ...others] = chaptersNamed(words, catalog);
  return numbered ?? (others.length === 0 ? only : undefined);
}

/** Without the plural: `transformers` are a `Transformer architecture`. */
const chapterWords = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ''));
