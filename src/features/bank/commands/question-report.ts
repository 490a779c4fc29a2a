import { z } from 'zod';
import { isScored } from '../../../core/questions/check-answer.ts';
import type { Question } from '../../../core/questions/schema.ts';
import { clean } from '../../../core/questions/typed-text.ts';
import { answerText, cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { done, notifyAdmins } from '../question-review.ts';

/** Reports of one person in a day; more is a conversation, not a report. */
const MAX_IN_A_DAY = 20;

export const questionReport = defineCommand({
  name: 'question report',
  summary: 'Report a problem with a question',
  example: 'question report c5-cache-contents text:"The second option is right too"',
  says: [
    {
      like: [
        'i found a problem in {question}',
        'there is a problem with {question}',
        '{question} has a problem',
        '{question} has a typo',
        'the answer of {question} is wrong',
        'i think {question} is wrong',
        'complain about {question}',
        '{question} is unclear',
        '{question} makes no sense',
        'flag {question}',
        'the question has a mistake',
        "today's question is wrong",
        'report a problem with {question}',
        '{question} is wrong',
        'there is a mistake in {question}',
        'report a question',
        'something is wrong with a question',
        'report an error in a question',
      ],
      label: 'Report problem',
    },
  ],
  visibility: 'private',
  formerly: { report: 'question report' },
  input: z.object({
    question: z
      .string()
      .max(64)
      .meta({ suggests: 'question-ids' })
      .describe('Question ID, as the question shows it'),
    text: z
      .string()
      .min(1)
      .max(1000)
      .meta({ multiline: true, label: "What's wrong" })
      .describe("What's wrong, and what would be correct"),
  }),

  async run({ question: typed, text: raw }, context) {
    const { store, team, person, platform, clock, emit, wake } = context;
    const text = clean(raw);
    const subject = await findSubject(typed.trim().toLowerCase(), context);
    const { question, answer } = subject;
    const keepers = await notifyAdmins(context, team.id, platform.name);
    const outcome = await store.addReport(
      {
        teamId: team.id,
        personId: person.id,
        platform: platform.name,
        questionId: question.id,
        version: question.version,
        text,
        answer: answer ?? null,
        state: 'open',
        at: clock.now(),
      },
      {
        most: MAX_IN_A_DAY,
        announce: (id) => keepers.rows(`report:${id}`, notice(id, subject, text, context)),
      },
    );
    if (outcome === 'full')
      throw new UserError(
        "You've reached today's limit for reports. Try again tomorrow, or message an admin.",
      );
    if (outcome === 'known') return done("You've already sent this report.");
    wake();
    emit({ kind: 'question', question: question.id, step: 'reported' });
    return thanks(subject, text, keepers.count, context);
  },
});

type Subject = {
  question: Question;
  /** What this person had answered, in words. */
  answer?: string;
};

/** The item as this person met it: as it was posted when they answered, else as it is in the bank. */
async function findSubject(
  id: string,
  { store, team, person, catalog }: Context,
): Promise<Subject> {
  const post = await store.latestPostOf(team.id, id);
  const attempts = post ? (await store.progress(post.id, person.id)).attempts : [];
  const last = attempts.at(-1);
  if (post?.question && isScored(post.question) && last)
    return { question: post.question, answer: answerText(post.question, last.answer) };
  const question = catalog.question(id) ?? post?.question ?? undefined;
  if (!question)
    throw new UserError([
      `I can't find the question "${id}". Run `,
      { command: 'ask' },
      ' to look for it.',
    ]);
  return { question };
}

function facts({ question, answer }: Subject): Block {
  return {
    kind: 'fields',
    fields: [
      { label: 'Question', value: `${question.id}, version ${question.version}` },
      { label: 'Text', value: cut(question.prompt, 200) },
      ...(answer === undefined ? [] : [{ label: 'Their answer', value: cut(answer, 200) }]),
    ],
  };
}

function notice(id: number, subject: Subject, text: string, { person }: Context): Reply {
  return {
    title: 'New problem report',
    blocks: [
      facts(subject),
      { kind: 'text', text: [{ bold: `${person.name}: ` }, text] },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Fixed', run: `report close report:${id} outcome:fixed`, style: 'primary' },
          { label: 'No problem', run: `report close report:${id} outcome:fine` },
        ],
      },
    ],
  };
}

function thanks(subject: Subject, text: string, count: number, { catalog }: Context): Reply {
  const { id } = subject.question;
  const isShipped =
    catalog.shipped(id) !== undefined && catalog.question(id) === catalog.shipped(id);
  return {
    title: 'Report sent',
    blocks: [
      {
        kind: 'text',
        text:
          count > 0
            ? "Thanks! I've messaged the schedule's admins, and I'll tell you when they close it."
            : "Thanks! An admin will look at it, and I'll tell you when it's closed.",
      },
      ...(isShipped
        ? [
            {
              kind: 'text',
              text: 'This is a built-in question. To tell its authors, open an issue in the Warmup repository with this text:',
            } satisfies Block,
            { kind: 'code', code: issueText(subject, text) } satisfies Block,
          ]
        : []),
    ],
  };
}

/** Markdown for the maintainers. What people wrote is fenced, so that it pings and links nobody. */
function issueText({ question, answer }: Subject, text: string): string {
  const { id, version, chapter, format, difficulty, prompt } = question;
  return [
    `Problem with ${id} (version ${version})`,
    '',
    `Chapter ${chapter}, ${difficulty}, ${format}${isScored(question) ? '' : ', free text'}.`,
    '',
    'The question:',
    fenced(prompt),
    ...(answer === undefined ? [] : ['The answer given:', fenced(answer)]),
    "What's wrong:",
    fenced(text),
  ].join('\n');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
