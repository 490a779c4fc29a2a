import { type Entry, view } from './entry.ts';

/** A question that a member suggests, and one that an admin adds. */
const WRITTEN =
  'prompt:"What does a KV cache hold?" right:"Keys and values of past tokens" wrong:"Queries of past tokens\\nAttention scores" explanation:"They are read again at each step." place:"5 easy"';
const SUGGESTED = [
  'as Mira',
  `/question new ${WRITTEN}`,
  'as You',
  'go direct',
  'see direct New question',
];
const DRAFT = ['/question stash prompt:"Why is decode slow?"'];
const ADDED = [`/question new ${WRITTEN}`];

/** A team's own questions. */
export const QUESTIONS: readonly Entry[] = [
  view('question new', 'form', 'The form for a new question', '/question new'),
  view('question new', 'added', 'Added by an admin', ADDED),
  view('question new', 'suggested', 'Suggested by a member', [
    'as Mira',
    `/question new ${WRITTEN}`,
  ]),
  view('question new', 'told', 'What an admin is told', SUGGESTED),
  view('question new', 'action', 'A message made into a question', [
    '"Why is decode slow?"',
    'use Make this a question',
  ]),
  view(
    'question new',
    'incomplete',
    'Fields are missing',
    'says Some fields are missing. Fill in the form again.',
  ),
  view('question stash', 'kept', 'Saved as a draft', DRAFT),
  view(
    'question stash',
    'full',
    'Too many drafts',
    'says You already have 30 drafts and suggestions. Run `question list` and delete some first.',
  ),
  view('question edit', 'form', 'A draft in its form', [...DRAFT, 'press Continue']),
  view('question edit', 'changed', 'A team question, changed', [
    ...ADDED,
    'press Edit',
    'fill prompt=What is cached?',
  ]),
  view('question edit', 'which', 'No question named', '/question edit'),
  view('question edit', 'as-file', 'A format that is edited as a file', [
    '/ask chapter 5',
    'press *',
    "says Questions with the format open can't be edited in a form. Run `question export`, edit the file, then run `question import`.",
  ]),
  view(
    'question edit',
    'decided',
    'Reviewed in the meantime',
    'says This suggestion was already reviewed. Run `question list` to see it.',
  ),
  view('question edit', 'kept', 'Saved as a draft', 'says Saved as a draft: not complete yet'),
  view('question preview', 'own', 'A team question', [...ADDED, '/question list', 'choose *']),
  view('question preview', 'draft', 'A draft', [...DRAFT, 'press Preview']),
  view('question preview', 'suggested', 'A suggestion to review', [...SUGGESTED, 'press Review']),
  view('question preview', 'which', 'No question named', '/question preview'),
  view('question preview', 'shipped', 'A built-in question', '/question preview c5-paged-problem'),
  view('question preview', 'unknown', 'No such question', '/question preview own-nothing'),
  view('question list', 'empty', 'No team questions', '/question list'),
  view('question list', 'waiting', 'One suggestion to review', [...SUGGESTED, '/question list']),
  view('question list', 'own', 'Team questions', [...ADDED, '/question list']),
  view('question suggest', 'incomplete', 'Not complete yet', [
    'as Mira',
    ...DRAFT,
    '/question suggest 1',
  ]),
  view('question suggest', 'not-mine', "Someone else's question", [
    ...SUGGESTED,
    '/question suggest 1',
  ]),
  view('question approve', 'approved', 'Approved', [...SUGGESTED, 'press Review', 'press Approve']),
  view('question approve', 'told', 'What its author is told', [
    ...SUGGESTED,
    'press Review',
    'press Approve',
    'as Mira',
    'see direct Your question',
  ]),
  view('question approve', 'incomplete', 'Not complete', [...DRAFT, '/question suggest 1']),
  view('question approve', 'not-staff', 'Only for admins', [
    'as Mira',
    `/question new ${WRITTEN}`,
    '/question approve 1',
  ]),
  view('question approve', 'twice', 'Reviewed before', [...DRAFT, '/question approve 1']),
  view('question approve', 'unknown', 'No such suggestion', '/question approve 99'),
  view('question decline', 'form', 'The form for a reason', [...SUGGESTED, 'press Decline']),
  view('question decline', 'declined', 'Declined', [
    ...SUGGESTED,
    'press Decline',
    'fill reason=We have one like it',
  ]),
  view('question decline', 'told', 'What its author is told', [
    ...SUGGESTED,
    'press Decline',
    'fill reason=We have one like it',
    'as Mira',
    'see direct Your question',
  ]),
  view('question decline', 'not-staff', 'Only for admins', [
    'as Mira',
    `/question new ${WRITTEN}`,
    '/question decline 1 reason:no',
  ]),
  view('question drop', 'dropped', 'Deleted', [...DRAFT, 'press Delete']),
  view('question disable', 'off', 'Disabled', '/question disable c5-paged-problem'),
  view('question enable', 'on', 'Enabled again', [
    '/question disable c5-paged-problem',
    'press Undo',
  ]),
  view('question enable', 'unknown', 'No such question', '/question enable c99-nothing'),
  view('question reset', 'none', 'Nothing to take back', '/question reset c5-paged-problem'),
  view('question reset', 'own', 'A question without a shipped text', '/question reset own-nothing'),
  view('question export', 'own', 'Questions of the team as a file', [...ADDED, '/question export']),
  view('question export', 'json', 'As JSON', [...ADDED, '/question export json']),
  view('question export', 'csv', 'As CSV', [...ADDED, '/question export csv']),
  view('question export', 'anki', 'As text for Anki', [...ADDED, '/question export anki-tsv']),
  view('question export', 'apkg', 'As a deck for Anki', [...ADDED, '/question export apkg']),
  view('question export', 'empty', 'Nothing to export', '/question export'),
  view('question import', 'form', 'The form for a file', '/question import'),
  view('question import', 'imported', 'Imported', [
    'attach one.yaml - id: own-one\n  chapter: 5\n  difficulty: easy\n  format: numeric\n  prompt: How many bytes has a bf16 number?\n  answer: 2\n  unit: bytes\n  tolerance: { relative: 0.02 }\n  working: 16 / 8 = 2\n  explanation: Sixteen bits are two bytes.',
    '/question import',
  ]),
  view('question import', 'refused', 'A file with problems', [
    'attach one.yaml - id: own-one\n  chapter: 99',
    '/question import',
  ]),
  view(
    'question import',
    'nothing',
    'Neither a file nor text',
    'says Attach a file or paste its text. To open the form, run `question import`.',
  ),
  view('question import', 'empty', 'A file without a question', [
    'attach one.yaml []',
    '/question import',
  ]),
  view('question import', 'unreadable', 'An invalid deck', [
    'attach deck.apkg nonsense',
    '/question import',
  ]),
  view(
    'question import',
    'large',
    'A file that is too large',
    'says "deck.apkg" is larger than 10 MB. Split it, or remove pictures.',
  ),
  view(
    'question import',
    'large-alone',
    'A file that is too large for direct messages',
    'says "deck.apkg" is too large. In direct messages, a file can have up to 50 questions and 200 kB. Import larger files in a server or workspace.',
  ),
  view(
    'question import',
    'too-many-alone',
    'Too many questions for direct messages',
    'says In direct messages, you can add up to 50 questions. Edit existing ones, or add more in a server or workspace.',
  ),
  view(
    'question import',
    'text-only',
    'Where only text can be read',
    'says I can read only text here. In Anki, export Notes in Plain Text with the unique identifier, then import that file.',
  ),
  view(
    'question import',
    'too-many',
    'Too many questions',
    'says A team can add up to 2000 questions. Import fewer, or edit existing ones.',
  ),
];
