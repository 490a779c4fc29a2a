import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { DIMENSIONS } from '../cards.ts';
import { keepMark, showPanel } from '../peering.ts';

export const peerMark = defineCommand({
  name: 'peer mark',
  summary: 'Mark an answer from 1 to 4',
  example: 'peer mark session:3 question:c5-kv-why dimension:depth mark:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    question: z.string().max(64).describe('Question ID'),
    dimension: z.enum(DIMENSIONS).describe('What to mark'),
    hints: z.int().min(0).max(3).default(0).describe('Number of hints shown'),
    part: z.enum(['listen', 'ask']).default('listen').describe('The part of the panel shown'),
    mark: z.enum(['1', '2', '3', '4']).describe('From 1 to 4'),
  }),
  async run({ session, question, dimension, hints, part, mark }, context) {
    await keepMark({ session, question, dimension, mark: Number(mark) }, context);
    return { ...(await showPanel({ session, question, hints, part }, context)), update: true };
  },
});
