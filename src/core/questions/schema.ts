import { z } from 'zod';

/** The chapters that own questions. */
export const LAST_OWN_CHAPTER = 11;
/** The chapter that is a view over all others. */
export const REVIEW_BANK = 12;

const line = (max: number) => z.string().trim().min(1).max(max);
const conceptId = z.string().regex(/^c(?:[1-9]|1[01])\.\d\d$/, 'a concept ID, like c5.09');
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a day, like 2026-11-25');

const reference = z.strictObject({
  title: line(200),
  year: z.int().min(1900).max(2100),
  /** A link, or an arXiv id such as arXiv:2305.13245. */
  url: z
    .string()
    .regex(
      /^(https:\/\/\S+|arXiv:\d{4}\.\d{4,5})$/,
      'an https link, or an ID like arXiv:2305.13245',
    ),
  /** Where in the document: a section, table, figure or page. */
  where: line(160),
});

const followUp = z.strictObject({
  ask: line(300),
  expect: line(400),
  /** What right answers say in other words, for questions that are answered in words. */
  phrasings: z.array(line(220)).optional(),
});

const review = z.strictObject({
  /** The reviewer's role, never a name: "blind reviewer", "editor". */
  by: line(80),
  date: day,
  /** Why the difficulty label is what it is, and what the review changed. */
  note: z.string().trim().max(400).optional(),
});

/** Shown under the stem as it is: code, a log, a config or a table. */
const code = z
  .string()
  .refine((text) => text.split('\n').length <= 21, 'at most 20 lines')
  .refine((text) => text.split('\n').every((row) => row.length <= 60), 'at most 60 columns');

const shared = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lowercase words joined by hyphens')
    .max(48),
  /** Grows when the meaning changes; answers are bound to it. */
  version: z.int().min(1).default(1),
  chapter: z.int().min(1).max(LAST_OWN_CHAPTER),
  topics: z.array(conceptId).min(1).max(3),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  code: code.optional(),
  explanation: z.string().trim().min(1).max(1000),
  references: z.array(reference).min(1),
  hints: z.tuple([line(300), line(300), line(300)]),
  followUps: z.array(followUp).min(2),
  /** Chapters ("chapter 3") or concept ids that belong beside this item. */
  related: z.array(z.union([conceptId, z.string().regex(/^chapter (?:[1-9]|1[0-2])$/)])).min(1),
  minutes: z.number().min(0.5).max(10),
  seniority: z.enum(['junior', 'mid', 'senior', 'staff']),
  reviewed: z.array(review).default([]),
  /** Set for facts that age: the day by which somebody must look again. */
  reviewBy: day.optional(),
  /** Items that must not meet in one session because one gives the other away. */
  enemyOf: z.array(z.string()).optional(),
  /** Items that look alike on purpose. */
  notDuplicateOf: z.array(z.string()).optional(),
};

const option = z.strictObject({
  text: line(140),
  correct: z.boolean().default(false),
  why: line(400),
  /** The false belief behind a wrong option: a concept id or a phrase. */
  misconception: line(200).optional(),
});

const choicePrompt = line(600);
const openPrompt = line(900);

/** Long options: the texts stand in the message and the buttons show letters. */
const letters = z.boolean().optional();

const single = z.strictObject({
  ...shared,
  format: z.literal('single'),
  prompt: choicePrompt,
  options: z.array(option).min(3).max(5),
  letters,
});

const multi = z.strictObject({
  ...shared,
  format: z.literal('multi'),
  prompt: choicePrompt,
  options: z.array(option).min(4).max(6),
  letters,
});

const numeric = z.strictObject({
  ...shared,
  format: z.literal('numeric'),
  prompt: choicePrompt,
  answer: z.number(),
  /** As printed after the number: GiB, GB, ms, tokens; empty for a bare number. */
  unit: z.string().max(24),
  tolerance: z.union([
    z.strictObject({ relative: z.number().gt(0).max(0.25) }),
    z.strictObject({ absolute: z.number().gt(0) }),
  ]),
  /** Other units in which the answer may be typed, each with the factor to `unit`. */
  accepts: z
    .array(z.strictObject({ unit: z.string().min(1).max(24), factor: z.number() }))
    .optional(),
  /** Named slips: what a typical mistake gives, and what to say to it. */
  slips: z.array(z.strictObject({ answer: z.number(), why: line(300) })).optional(),
  working: line(900),
});

const order = z.strictObject({
  ...shared,
  format: z.literal('order'),
  prompt: choicePrompt,
  /** In the right order; shown shuffled. */
  steps: z
    .array(z.strictObject({ text: line(75), why: line(300) }))
    .min(4)
    .max(6),
});

const keyPoint = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,32}$/),
  /** One claim; what the person reads when it was not recognized. */
  text: line(300),
  /** Share of the whole; the weights of an item sum to 1. */
  weight: z.number().gt(0).max(1),
  phrasings: z.array(line(200)).min(3),
  /** What people say of this point who have it wrong; it speaks against them. */
  wrong: z.array(line(200)).optional(),
  required: z.boolean().optional(),
  /** What the point is about, as a card names it. */
  label: line(40).optional(),
  /** What it is about and what it is told apart from: `[prefill, decode]`. Names for the same thing stand between slashes. */
  contrast: z.tuple([line(120), line(120)]).optional(),
});

const redFlag = z.strictObject({
  text: line(300),
  phrasings: z.array(line(200)).min(1),
});

const freeText = {
  reviewBank: z.literal(true),
  keyPoints: z.array(keyPoint).min(3).max(8),
  redFlags: z.array(redFlag).min(1),
  modelAnswer: z.string().trim().min(1).max(1400),
  /** What a weak, a solid and an excellent answer contains. */
  levels: z.strictObject({ weak: line(300), solid: line(300), excellent: line(300) }),
};

const open = z.strictObject({
  ...shared,
  format: z.literal('open'),
  prompt: openPrompt,
  ...freeText,
});

const bug = z.strictObject({
  ...shared,
  format: z.literal('bug'),
  prompt: openPrompt,
  code,
  /** 1-based line of the planted fault. */
  faultLine: z.int().min(1).max(20),
  ...freeText,
});

const scenario = z.strictObject({
  ...shared,
  format: z.literal('scenario'),
  prompt: openPrompt,
  /** Sub-steps the interviewer walks through. */
  steps: z.array(line(300)).optional(),
  ...freeText,
});

/** One item of the bank as it stands in `data/questions/*.yaml`. */
export const questionSchema = z.discriminatedUnion('format', [
  single,
  multi,
  numeric,
  order,
  open,
  bug,
  scenario,
]);

/** An item of the bank, in any format. */
export type Question = z.output<typeof questionSchema>;
/** `easy`, `medium` or `hard`. */
export type Difficulty = Question['difficulty'];
/** How an item is asked and answered. */
export type Format = Question['format'];
/** Answered by letters: one right option, or several. */
export type ChoiceQuestion = Extract<Question, { options: unknown }>;
/** Answered by a number, within a tolerance. */
export type NumericQuestion = Extract<Question, { format: 'numeric' }>;
/** Answered by putting its steps in order. */
export type OrderQuestion = Extract<Question, { format: 'order' }>;
/** Answered in words: the review bank. */
export type FreeTextQuestion = Extract<Question, { keyPoints: unknown }>;
