import { z } from 'zod';
import { attachment, type Context, defineCommand } from '../bot/command.ts';
import { UserError } from '../bot/errors.ts';
import { MOST_OWN } from '../bot/question-desk.ts';
import { reviser, tooMany } from '../bot/question-saving.ts';
import type { Block, Reply } from '../bot/reply.ts';
import type { Attachment } from '../bot/request.ts';
import { readNotes, readUpload, type Upload } from '../core/questions/exchange/read.ts';
import { formatProblem } from '../core/questions/read-bank.ts';
import type { Saved } from '../store/queries/questions.ts';

const MOST_BYTES = 10 * 1024 * 1024;

/** Problems that stand in the reply; all of them are in the file beside it. */
const SHOWN = 10;

export const questionImport = defineCommand({
  name: 'question import',
  summary: 'Bring questions from a file',
  example: 'question import text:"- id: own-one ..."',
  visibility: 'private',
  access: 'admin',
  heavy: true,
  formWhenEmpty: true,
  input: z.object({
    file: attachment()
      .optional()
      .meta({ kind: 'file', inForm: true })
      .describe('YAML, JSON, CSV, or notes or a deck of Anki'),
    text: z
      .string()
      .max(100_000)
      .meta({ multiline: true, inForm: true })
      .optional()
      .describe('Or the text itself, pasted here'),
  }),

  async run({ file, text }, context) {
    const upload = await read(file, text, context);
    if (upload.problems.length > 0) return refused(upload);
    if (upload.questions.length === 0)
      throw new UserError('There is no question in it. question export shows how a file looks.');
    const { store, team, person, clock, emit } = context;
    const saved = await store.saveQuestions({
      teamId: team.id,
      questions: upload.questions,
      personId: person.id,
      at: clock.now(),
      revise: reviser(context),
      most: MOST_OWN,
    });
    if (!saved) throw tooMany();
    emit({ kind: 'imported', added: saved.added.length, changed: saved.changed.length });
    return imported(upload, saved, context);
  },
});

async function read(
  file: Attachment | undefined,
  text: string | undefined,
  { catalog, store }: Context,
): Promise<Upload> {
  const isKnown = (id: string) => (catalog.question(id) ?? catalog.shipped(id)) !== undefined;
  if (!file) {
    if (text === undefined) throw new UserError('Attach a file or paste its text: question import');
    return readUpload({ file: 'pasted text', text }, isKnown);
  }
  const name = file.name.replace(/[^\p{L}\p{N}._ -]/gu, '').slice(-60) || 'file';
  if (file.bytes > MOST_BYTES)
    throw new UserError(`"${name}" is larger than 10 MB. Split it, or leave pictures out.`);
  if (!/\.(apkg|colpkg|zip)$/i.test(file.name))
    return readUpload({ file: name, text: await file.text() }, isKnown);
  if (!file.content)
    throw new UserError(
      'I can read only text here. In Anki, export "Notes in Plain Text" with the unique identifier, and import that.',
    );
  const unpacked = await store.unpackNotes(await file.content());
  if ('problem' in unpacked) throw new UserError(`I cannot read "${name}": ${unpacked.problem}.`);
  return readNotes(name, unpacked.notes, isKnown);
}

function refused({ problems }: Upload): Reply {
  const lines = problems.map(formatProblem);
  const more = lines.length - SHOWN;
  return {
    title: `Nothing was changed: ${lines.length === 1 ? 'one problem' : `${lines.length} problems`}`,
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
        text: 'Each line: where, which item and field, what is wrong, how to mend it.',
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
          { label: 'New here', value: names(added) },
          { label: 'Changed', value: names(changed) },
          { label: 'Unchanged', value: String(unchanged.length) },
        ],
      },
      ...(overrides > 0
        ? [
            {
              kind: 'note',
              text: `${overrides} of the new ones change a shipped question here.`,
            } satisfies Block,
          ]
        : []),
      ...(rewritten.length > 0
        ? [
            {
              kind: 'text',
              text: `These cards were changed in Anki's Front or Back, and those changes are not taken: an item is read from the field Item. ${rewritten.slice(0, 20).join(', ')}`,
            } satisfies Block,
          ]
        : []),
      { kind: 'buttons', buttons: [{ label: 'List', run: 'question list' }] },
      { kind: 'note', text: 'You know the answers now, so you do not compete on these questions.' },
    ],
  };
}
