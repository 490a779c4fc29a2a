import { z } from 'zod';
import type { Hit } from '../../../core/questions/search.ts';
import { cut } from '../../../session/question-card.ts';
import { sourceBlocks } from '../../../session/solution.ts';
import { openFor } from '../../../session/spoiler-guard.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';

/** Questions beside the one that answers. */
const RELATED = 3;
/** An answer speaks of so much of what was asked. */
const MIN_SHARE = 0.6;

export const ask = defineCommand({
  name: 'ask',
  summary: 'Look up an explanation in the question bank',
  example: 'ask why a KV cache',
  says: [
    {
      like: [
        'how do i {}',
        'how do we {}',
        'how do they {}',
        "i don't get {}",
        "i don't know what {} is",
        'what causes {}',
        'what makes {}',
        'how many {}',
        'how much {}',
        'where is {}',
        'what is the difference between {}',
        'what exactly is {}',
        'whats {}',
        'can you explain {}',
        'could you explain {}',
        'describe {}',
        'how do you {}',
        'how to {}',
        'how is {}',
        'how are {}',
        'how can {}',
        'why would {}',
        'why use {}',
        'why not {}',
        'why do {}',
        'why should {}',
        'when do {}',
        'when should {}',
        'what happens when {}',
        'what happens if {}',
        'meaning of {}',
        'definition of {}',
        'teach me {}',
        "i don't understand {}",
        'help me understand {}',
        'what do {} mean',
        'what is {}',
        'what are {}',
        'what does {} mean',
        'what does {} do',
        'why do we need {}',
        'why do we {}',
        'why is {}',
        'why are {}',
        'why does {}',
        'explain {}',
        'how does {} work',
        'how do {} work',
        'how does {}',
        'tell me about {}',
        'define {}',
        'difference between {}',
      ],
      rest: 'words',
      isWhole: true,
      label: 'Look it up',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    words: z.string().min(1).max(200).describe('What to look up, like paged attention'),
  }),

  async run({ words }, context) {
    const found = await context.catalog.search(words, 1 + RELATED);
    const hits = found.filter(({ share }) => share >= MIN_SHARE);
    // The answer to a question that is open here is seen by answering it.
    const open = hits.length > 0 ? await openFor(context) : [];
    const [best, ...others] = hits.filter(({ question }) => !open.includes(question.id));
    return best ? explained(best, others, context) : nothingFound(words);
  },
});

function explained({ question }: Hit, others: readonly Hit[], { catalog }: Context): Reply {
  return {
    title: cut(question.prompt, 120),
    blocks: [
      { kind: 'text', text: question.explanation },
      ...sourceBlocks(question, catalog.chapter(question.chapter)),
      {
        kind: 'buttons',
        buttons: [{ label: 'Show solution', run: `question show id:${question.id} answer:yes` }],
      },
      ...related(others),
    ],
  };
}

function related(others: readonly Hit[]): Block[] {
  if (others.length === 0) return [];
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Related questions' },
        ...others.map(({ question }, at) => `\n${at + 1}. ${cut(question.prompt, 160)}`),
      ],
    },
    {
      kind: 'buttons',
      buttons: others.map(({ question }, at) => ({
        label: `Show ${at + 1}`,
        run: `question show id:${question.id}`,
      })),
    },
  ];
}

function nothingFound(words: string): Reply {
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          `Nothing found for "${cut(words, 60)}" in the question bank. Try fewer or different words, like KV cache or LoRA, or run `,
          { command: 'help' },
          ' to see what I can do.',
        ],
      },
      { kind: 'buttons', buttons: [{ label: 'Show chapters', run: 'chapters' }] },
    ],
  };
}
