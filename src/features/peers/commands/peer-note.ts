import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { say } from '../../../spine/reply.ts';
import { askedQuestion, keepMark } from '../peering.ts';

export const peerNote = defineCommand({
  name: 'peer note',
  summary: 'Write a note',
  example: 'peer note session:3 question:c5-kv-why note:"clear start"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    question: z.string().max(64).describe('Question ID'),
    note: z
      .string()
      .trim()
      .min(1, 'enter some text')
      .max(500)
      .meta({ multiline: true })
      .describe('A note your partner can read afterward'),
  }),
  async prefill({ session, question }, context) {
    const { store, person } = context;
    await askedQuestion(Number(session), String(question), context);
    const written = (await store.peerMarksOf(Number(session))).find(
      (mark) =>
        mark.personId === person.id && mark.questionId === question && mark.dimension === 'note',
    );
    return written?.note ? { note: written.note } : {};
  },
  async run({ session, question, note }, context) {
    await keepMark({ session, question, dimension: 'note', note }, context);
    return say('Note saved. Your partner will see it with your feedback.');
  },
});
