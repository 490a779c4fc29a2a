import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { startLive } from '../starting.ts';

export const live = defineCommand({
  name: 'live',
  summary: 'Start a live round: a quiz in this channel for everyone',
  example: 'live count:5 seconds:30',
  says: [
    {
      like: [
        'start a live round',
        'start a live quiz',
        'live quiz on {chapter}',
        'live quiz with {count} questions',
        'start a team quiz',
        'quiz for everyone',
        'quiz the whole team',
        'trivia',
      ],
      takes: ['chapter', 'difficulty', 'count', 'seconds'],
      label: 'Start live round',
    },
  ],
  visibility: 'private',
  slackAlias: true,
  input: z.object({
    chapter: z.int().min(1).max(11).optional().describe('Chapter, 1 to 11 (default: all)'),
    difficulty: z.enum(['easy', 'medium', 'hard']).optional().describe('Only this difficulty'),
    count: z.int().min(3).max(20).default(5).describe('Questions'),
    seconds: z.int().min(15).max(120).default(30).describe('Time for each question'),
    timer: z.boolean().default(true).describe('No: the host closes each question'),
  }),

  run: ({ chapter, difficulty, count, seconds, timer }, context) =>
    startLive(
      {
        count,
        seconds: timer ? seconds : null,
        ...(chapter === undefined ? {} : { chapter }),
        ...(difficulty === undefined ? {} : { difficulty }),
      },
      context,
    ),
});
