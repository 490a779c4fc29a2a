import { z } from 'zod';
import { QUIZ_MODES } from '../../../core/practice/session.ts';
import { readChapter } from '../../../session/chapter-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { startDrill } from '../drilling.ts';
import { showPractice } from '../showing.ts';
import { startQuiz } from '../starting.ts';

export const quiz = defineCommand({
  name: 'quiz',
  summary: 'Practice questions or calculations, your mistakes, or an exam',
  example: 'quiz 5 count:10',
  says: [
    {
      like: [
        'quiz me',
        'test me',
        'quiz me on {chapter}',
        'ask me questions',
        'ask me {count} questions',
        'give me a quiz',
        'practice questions',
        'practice chapter {chapter}',
        'give me {difficulty} questions',
        'continue my quiz',
        'start a quiz',
        '{difficulty} questions please',
        '{count} questions',
        '{count} questions about {chapter}',
        'a mix of all chapters',
        'mixed questions',
        'ask me anything',
        'quiz about {chapter}',
        'let me practice',
      ],
      takes: ['chapter', 'difficulty', 'count'],
      label: 'Start quiz',
    },
    {
      like: [
        'practice my mistakes',
        'questions i answered wrong',
        'all that i got wrong',
        'repeat what i got wrong',
        'only questions i got wrong',
        'ask me my mistakes again',
        'i keep getting it wrong',
        'what i got wrong last time',
        'quiz on my mistakes',
      ],
      values: { mode: 'mistakes' },
      takes: ['chapter', 'difficulty', 'count'],
      label: 'Practice mistakes',
    },
    {
      like: [
        'what are my weakest topics',
        'train my weaknesses',
        'practice my weakest chapters',
        'quiz on my weak spots',
        'what am i bad at',
      ],
      values: { mode: 'weakest' },
      takes: ['difficulty', 'count'],
      label: 'Practice weak chapters',
    },
    {
      like: [
        'exam with {count} questions',
        'mock exam',
        'give me an exam',
        'practice exam',
        'exam on {chapter}',
        'test without feedback',
      ],
      values: { mode: 'exam' },
      takes: ['chapter', 'difficulty', 'count'],
      label: 'Start practice exam',
    },
    {
      like: [
        'keep asking until i know them all',
        'ask until i know everything',
        'repeat each question until i know it',
      ],
      values: { mode: 'until-known' },
      takes: ['chapter', 'difficulty', 'count'],
      label: 'Practice until known',
    },
    {
      like: ['start the quiz over', 'new quiz', 'restart the quiz', 'quiz from the beginning'],
      values: { new: 'yes' },
      takes: ['chapter', 'difficulty', 'count'],
      needs: ['quiz'],
      label: 'Start new quiz',
    },
    {
      like: [
        'give me a drill',
        'give me some math to practice',
        'practice estimates',
        'let me calculate something',
        'a calculation',
        'numbers drill',
        'exercise with numbers',
        'drill on {chapter}',
        'drill question',
        'drill me',
        'give me a calculation to practice',
        'practice numbers',
        'practice a calculation',
        'another drill',
        'math practice',
      ],
      values: { mode: 'drill' },
      takes: ['chapter'],
      label: 'Start drill',
    },
  ],
  visibility: 'private',
  formerly: { drill: 'quiz mode:drill' },
  onlyShows: ({ mode }) => mode === 'drill',
  slackAlias: true,
  input: z.object({
    chapter: z
      .string()
      .max(60)
      .meta({ suggests: 'chapter' })
      .optional()
      .describe('Chapter by number or name (default: all)'),
    difficulty: z.enum(['easy', 'medium', 'hard']).optional().describe('Only this difficulty'),
    count: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .meta({ words: ['questions'] })
      .describe('Questions (default: 10)'),
    mode: z
      .enum([...QUIZ_MODES, 'drill'])
      .meta({
        also: {
          mistake: 'mistakes',
          wrong: 'mistakes',
          weak: 'weakest',
          known: 'until-known',
          test: 'exam',
          calculation: 'drill',
        },
      })
      .optional()
      .describe('How questions are chosen (exam: feedback at the end; drill: calculations)'),
    new: z.boolean().optional().describe('Start over instead of continuing'),
  }),

  async run({ chapter: named, difficulty, count, mode, new: isNew }, context) {
    const chapter = readChapter(named, context);
    if (mode === 'drill') return startDrill({ chapter }, context);
    const { store, person } = context;
    const isBare = [chapter, difficulty, count, mode].every((each) => each === undefined);
    const open = isBare && !isNew ? await store.openPractice(person.id, 'quiz') : undefined;
    if (open) return showPractice(open, context);
    const quiz = await startQuiz(
      {
        kind: 'quiz',
        mode: mode ?? 'mixed',
        count: count ?? 10,
        ...(chapter === undefined ? {} : { chapter }),
        ...(difficulty === undefined ? {} : { difficulty }),
      },
      context,
    );
    // The card that named a chapter, such as a report, stays.
    return chapter === undefined ? quiz : { ...quiz, update: false };
  },
});
