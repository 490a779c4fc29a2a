import { z } from 'zod';
import type { Upload } from '../../../core/questions/exchange/read.ts';
import { formatProblem } from '../../../core/questions/read-bank.ts';
import type { Question } from '../../../core/questions/schema.ts';
import { attachment, type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { contentOf } from '../../../spine/files.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import type { Attachment } from '../../../spine/request.ts';
import type { Saved } from '../../../store/queries/questions.ts';
import { MAX_ALONE, mostOwn } from '../question-review.ts';
import { reviser, tooMany } from '../question-saving.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** Several times the whole bank. */
const MAX_QUESTIONS = 2_000;

/** In a direct message everybody is the admin of a team of one, so what they may ask for is small. */
const ALONE = { bytes: 200_000, questions: MAX_ALONE };

/** Questions that are stored in one go: some 30 ms. */
const AT_ONCE = 25;

/** Problems that stand in the reply; all of them are in the file beside it. */
const SHOWN = 10;

export const questionImport = defineCommand({
  name: 'question import',
  summary: 'Import questions from a file',
  example: 'question import text:"- id: own-one ..."',
  says: [
    {
      like: [
        'upload a file with questions',
        'add questions from a csv file',
        'load questions from a file',
        'i have a file with questions',
        'import questions from a file',
        'import a deck',
        'import questions',
        'import an anki deck',
      ],
      label: 'Import questions',
    },
  ],
  visibility: 'private',
  access: 'admin',
  heavy: true,
  formWhenEmpty: true,
  input: z.object({
    file: attachment()
      .optional()
      .meta({ kind: 'file', inForm: true })
      .describe('YAML, JSON, CSV, Anki notes, or an Anki deck'),
    text: z
      .string()
      .max(100_000)
      .meta({ multiline: true, inForm: true })
      .optional()
      .describe('Or paste the text of the file'),
  }),

  async run({ file, text }, context) {
    const upload = await read(file, text, context);
    const { problems, questions } = upload;
    if (problems.length > 0) return refused(problems);
    if (questions.length === 0)
      throw new UserError([
        "I didn't find any questions in it. To see the file format, run ",
        { command: 'question export' },
        '.',
      ]);
    const saved = await saveAll(questions, context);
    context.emit({ kind: 'imported', added: saved.added.length, changed: saved.changed.length });
    return imported(upload, saved, context);
  },
});

async function read(
  file: Attachment | undefined,
  text: string | undefined,
  { catalog, isAlone, workOnFile }: Context,
): Promise<Upload> {
  const most = isAlone ? ALONE.questions : MAX_QUESTIONS;
  const name = file ? safeName(file) : 'pasted text';
  const isDeck = file !== undefined && /\.(apkg|colpkg|zip)$/i.test(file.name);
  if (!file && text === undefined)
    throw new UserError([
      'Attach a file or paste its text. To open the form, run ',
      { command: 'question import' },
      '.',
    ]);
  if (isDeck && !file.content)
    throw new UserError(
      'I can read only text here. In Anki, export Notes in Plain Text with the unique identifier, then import that file.',
    );
  requireSmall(name, file?.bytes ?? 0, isAlone);
  const content = file ? await contentOf(file) : (text ?? '');
  requireSmall(name, content.length, isAlone);
  const upload = await workOnFile({ kind: 'questions', name, content, isDeck, most });
  const isKnown = (id: string) => (catalog.question(id) ?? catalog.shipped(id)) !== undefined;
  const broken = upload.links.filter(({ to }) => !isKnown(to)).map(({ problem }) => problem);
  return { ...upload, problems: [...upload.problems, ...broken] };
}

function safeName({ name }: Attachment): string {
  return name.replace(/[^\p{L}\p{N}._ -]/gu, '').slice(-60) || 'file';
}

function requireSmall(name: string, bytes: number, isAlone: boolean): void {
  if (isAlone && bytes > ALONE.bytes)
    throw new UserError(
      `"${name}" is too large. In direct messages, a file can have up to ${ALONE.questions} questions and 200 kB. Import larger files in a server or workspace.`,
    );
  if (bytes > MAX_BYTES)
    throw new UserError(`"${name}" is larger than 10 MB. Split it, or remove pictures.`);
}

/** A few at a time: others are answered in between, and importing the file again goes on where it stopped. */
async function saveAll(questions: readonly Question[], context: Context): Promise<Saved> {
  const { store, catalog, team, person, clock } = context;
  const all: Saved = { added: [], changed: [], unchanged: [] };
  const parts = { teamId: team.id, most: mostOwn(context) };
  const added = questions.map(({ id }) => id).filter((id) => !catalog.shipped(id));
  if (!(await store.hasRoomFor({ ...parts, questionIds: added }))) throw tooMany(context);
  for (let from = 0; from < questions.length; from += AT_ONCE) {
    const saved = await store.saveQuestions({
      ...parts,
      questions: questions.slice(from, from + AT_ONCE),
      personId: person.id,
      at: clock.now(),
      revise: reviser(context),
    });
    if (!saved) throw tooMany(context);
    all.added.push(...saved.added);
    all.changed.push(...saved.changed);
    all.unchanged.push(...saved.unchanged);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return all;
}

function refused(problems: Upload['problems']): Reply {
  const lines = problems.map(formatProblem);
  const more = lines.length - SHOWN;
  return {
    title: `Nothing changed: ${lines.length === 1 ? '1 problem' : `${lines.length} problems`}`,
    blocks: [
      { kind: 'code', code: lines.slice(0, SHOWN).join('\n') },
      ...(more > 0
        ? [
            {
              kind: 'file',
              name: 'problems.txt',
              mime: 'text/plain',
              content: `${lines.join('\n')}\n`,
            } satisfies Block,
          ]
        : []),
      {
        kind: 'note',
        text: 'Each line shows the location, the question and field, the problem, and the fix.',
      },
    ],
  };
}

function imported({ rewritten }: Upload, saved: Saved, { catalog }: Context): Reply {
  const { added, changed, unchanged } = saved;
  const overrides = added.filter((id) => catalog.shipped(id)).length;
  const names = (ids: readonly string[]) =>
    ids.length === 0
      ? '0'
      : `${ids.length}: ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ' …' : ''}`;
  return {
    title: 'Imported',
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'New', value: names(added) },
          { label: 'Changed', value: names(changed) },
          { label: 'Unchanged', value: String(unchanged.length) },
        ],
      },
      ...(overrides > 0
        ? [
            {
              kind: 'note',
              text: `${overrides} of the new ones replace a built-in question here.`,
            } satisfies Block,
          ]
        : []),
      ...(rewritten.length > 0
        ? [
            {
              kind: 'text',
              text: `Changes to Front or Back in Anki aren't imported. Edit the Item field of these cards instead: ${rewritten.slice(0, 20).join(', ')}`,
            } satisfies Block,
          ]
        : []),
      { kind: 'buttons', buttons: [{ label: 'List', run: 'question list' }] },
      {
        kind: 'note',
        text: "These questions won't earn you points because you've seen the answers.",
      },
    ],
  };
}
