import { z } from 'zod';
import type { Hit } from '../../../core/questions/search.ts';
import { cut } from '../../../session/question-card.ts';
import { sourceBlocks } from '../../../session/solution.ts';
import { openFor } from '../../../session/spoiler-guard.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { itemCard } from '../cards.ts';
import { chapterCard, chapterList } from '../chapter-cards.ts';

/** Questions beside the one that answers. */
const RELATED = 3;
/** Among so many hits an open question is preferred. */
const SEARCHED = 8;
/** An answer speaks of so much of what was asked. */
const MIN_SHARE = 0.6;

/** `5`, `chapter 5`, `what's in chpater 5?` */
const CHAPTER = /(?:^|\b(?:ch\.?|ch(?=\w*t)[apter]{4,6}) )(\d{1,2})(?:$|(?<=\bch\S* \d+)\b)/i;

export const ask = defineCommand({
  name: 'ask',
  summary: 'Look up an explanation, a question, or a chapter',
  example: 'ask why a KV cache',
  says: [
    {
      like: [
        'contents of chapter {}',
        'topics of chapter {}',
        'what is in chapter {}',
        'what chapter {} covers',
        'show chapter {}',
        'chapter {}',
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
    {
      like: [
        'is there something about {}',
        'is there something on {}',
        'something about {}',
        'got questions on {}',
        'got questions about {}',
        'show all questions about {}',
        'show all questions on {}',
        'all questions about {}',
        'list questions about {}',
        'are there questions on {}',
        'have you got questions on {}',
        'more questions on {}',
        'search the bank for {}',
        'search the question bank for {}',
        'what questions do you have on {}',
        'what questions do you have about {}',
        'which questions are there on {}',
        'everything about {}',
        'all about {}',
        'do we have something on {}',
        'anything about {}',
        'anything on {}',
        'is there anything on {}',
        'is there anything about {}',
        'find {}',
        'find something about {}',
        'find something on {}',
        'look for {}',
        'lookup {}',
        'look up {}',
        'give me questions about {}',
        'give me questions on {}',
        'show questions on {}',
        'i want questions about {}',
        'questions regarding {}',
        'search for {}',
        'search {}',
        'find questions about {}',
        'find questions on {}',
        'any questions on {}',
        'any questions about {}',
        'are there questions about {}',
        'do you have questions on {}',
        'do you have questions about {}',
        'look for questions on {}',
        'questions about {}',
        'questions on {}',
        'look up {} questions',
        'show me questions about {}',
      ],
      rest: 'words',
      label: 'Search questions',
    },
    {
      like: [
        'overview of the chapters',
        'chapter overview',
        'overview of the topics',
        'list chapters',
        'which topics are there',
        'what can i learn',
        'table of contents',
        'learning path',
        'which path should i take',
        'show me all the topics',
        'which chapters are there',
        'show the chapters',
        'list the learning paths',
        'what topics do you cover',
      ],
      values: { words: 'chapters' },
      takes: [],
      label: 'Show chapters',
    },
  ],
  visibility: 'private',
  formerly: { search: 'ask', chapters: 'ask words:chapters' },
  onlyShows: true,
  input: z.object({
    words: z
      .string()
      .min(1)
      .max(200)
      .describe('What to look up, like paged attention or chapter 5'),
  }),

  async run({ words }, context) {
    const { catalog } = context;
    if (/^\s*chapters?\s*$/i.test(words)) return chapterList(context);
    const chapter = CHAPTER.exec(words)?.[1];
    if (chapter) return chapterCard(Number(chapter), context);
    const named = catalog.question(words.trim().toLowerCase());
    if (named) return itemCard(named, catalog.chapter(named.chapter));
    const hits = await catalog.search(words, SEARCHED);
    // The answer to a question that is open here is seen by answering it.
    const live = hits.length > 0 ? await openFor(context) : [];
    const free = hits.filter(({ question }) => !live.includes(question.id));
    const answering = free.filter(({ share }) => share >= MIN_SHARE);
    // What explains a choice speaks of its options.
    const open = answering.filter(({ question }) => question.format === 'open');
    // What is said of code needs the code.
    const found = open.find(({ question }) => !question.code) ?? open[0] ?? answering[0];
    const others = free.filter((hit) => hit !== found).slice(0, RELATED);
    return found ? explained(found, others, context) : notExplained(words, others);
  },
});

function explained({ question }: Hit, others: readonly Hit[], { catalog }: Context): Reply {
  return {
    title: cut(question.prompt, 75),
    blocks: [
      {
        kind: 'text',
        text: headOf('modelAnswer' in question ? question.modelAnswer : question.explanation),
      },
      ...sourceBlocks(question, catalog.chapter(question.chapter)),
      {
        kind: 'buttons',
        buttons: [{ label: 'Show solution', run: `question show id:${question.id} answer:yes` }],
      },
      ...related(others),
    ],
  };
}

/** As many sentences as a phone shows at once; the solution has all of them. */
const HEAD = /^.{1,500}[.!?](?=\s|$)/s;

const headOf = (text: string) => HEAD.exec(text)?.[0] ?? text;

function related(others: readonly Hit[]): Block[] {
  if (others.length === 0) return [];
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Related questions' },
        ...others.map(({ question }, at) => `\n${at + 1}. ${cut(question.prompt, 100)}`),
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

function notExplained(words: string, others: readonly Hit[]): Reply {
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          others.length > 0
            ? `Nothing in the question bank explains "${cut(words, 60)}". `
            : `Nothing found for "${cut(words, 60)}" in the question bank. `,
          'Try fewer or different words, like KV cache or LoRA, or run ',
          { command: 'help' },
          ' to see what I can do.',
        ],
      },
      ...related(others),
      { kind: 'buttons', buttons: [{ label: 'Show chapters', run: 'ask words:chapters' }] },
    ],
  };
}
