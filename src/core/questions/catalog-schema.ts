import { z } from 'zod';

const line = (max: number) => z.string().trim().min(1).max(max);

/** The last chapter is the review bank, a view over the others. */
const LAST_CHAPTER = 12;

const chapterNumber = z.int().min(1).max(LAST_CHAPTER);

/** A concept of the syllabus, such as c5.09. */
const conceptIdSchema = z.string().regex(/^c(?:[1-9]|1[01])\.\d\d$/, 'a concept ID, like c5.09');

/** A chapter as it stands in `data/chapters.yaml`. */
export const chapterSchema = z.strictObject({
  number: chapterNumber,
  title: line(60),
  summary: line(200),
  /** How hard its questions are on the whole; the review bank is mixed. */
  difficulty: z.enum(['easy', 'medium', 'hard', 'mixed']),
  topics: z
    .array(z.strictObject({ title: line(60), concepts: z.array(conceptIdSchema) }))
    .min(1)
    .max(8),
  /** What to read first, among what its questions refer to; the review bank has none. */
  reading: z
    .strictObject({
      title: line(120),
      year: z.int().min(1900).max(2100),
      url: z.string().regex(/^https:\/\/\S+$/),
      where: line(40).optional(),
    })
    .optional(),
  /** Chapters that continue the subject; an item about one of the concepts links there. */
  crossReferences: z.array(
    z.strictObject({
      chapter: chapterNumber,
      about: line(80),
      concepts: z.array(conceptIdSchema).min(1),
    }),
  ),
});

/** A learning path as it stands in `data/paths.yaml`. */
export const pathSchema = z.strictObject({
  id: z.string().regex(/^[a-z]$/, 'one small letter'),
  title: line(40),
  /** Whom the path is for. */
  for: line(120),
  summary: line(160),
  /** In order; the chapters of one step may be taken side by side. */
  steps: z
    .array(z.strictObject({ chapters: z.array(chapterNumber).min(1), goal: line(120) }))
    .min(1),
});

/** A row of `data/concepts.yaml`: what the bank must cover. */
export const conceptSchema = z.strictObject({
  id: conceptIdSchema,
  title: line(80),
  /** Facts about it age, so its items carry `reviewBy`. */
  volatile: z.literal(true).optional(),
});

/** A row of `data/claims.yaml`: a common mistake, said the right way round. */
export const claimSchema = z.strictObject({
  claim: z.int().min(1),
  title: line(100),
  volatile: z.literal(true).optional(),
  /** Items that use the mistake without naming its number, such as in a red flag. */
  items: z.array(z.string()).optional(),
});

/** A row of `data/recent-topics.yaml`. */
export const recentTopicSchema = z.strictObject({
  title: line(60),
  concepts: z.array(conceptIdSchema).min(1),
  /** One of them must stand in the text of an item that counts. */
  words: z.array(line(40)).min(1).optional(),
});

const amount = z.int().min(0);

/** A row of `data/targets.yaml`: how many items of each kind a chapter is meant to have. */
export const targetSchema = z.strictObject({
  chapter: z.int().min(1),
  easy: amount,
  medium: amount,
  hard: amount,
  single: amount,
  multi: amount,
  numeric: amount,
  open: amount,
  bug: amount,
  order: amount,
  scenario: amount,
});

/** How a key point was said in a sample, and in which words. */
const sampledPointSchema = z.strictObject({
  id: z.string(),
  verdict: z.enum(['covered', 'partly', 'missed', 'contradicted']),
  said: line(140).optional(),
});

/** An answer in `data/samples.json`, graded by people. */
const sampleSchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  answer: line(4000),
  grade: z.int().min(0).max(4),
  /** Why this grade: what is right, what is missing, which claim is false. */
  why: z.string().trim().min(120).max(500),
  points: z.array(sampledPointSchema).min(1),
});

/** All of them; a reason that fits two answers is the reason of neither. */
export const samplesSchema = z
  .array(sampleSchema)
  .refine(
    (samples) => new Set(samples.map(({ why }) => why)).size === samples.length,
    'each sample has a reason of its own',
  );

/** A chapter of the bank. */
export type ChapterRow = z.output<typeof chapterSchema>;
/** A learning path through chapters. */
export type PathRow = z.output<typeof pathSchema>;
/** A concept of the syllabus. */
export type Concept = z.output<typeof conceptSchema>;
/** A common mistake, said the right way round. */
export type Claim = z.output<typeof claimSchema>;
/** A topic that is young enough to be looked at again. */
export type RecentTopic = z.output<typeof recentTopicSchema>;
/** How many items of each kind a chapter is to have. */
export type Target = z.output<typeof targetSchema>;
/** A sample answer, with the grade that two readers gave it and why. */
export type Sample = z.output<typeof sampleSchema>;
