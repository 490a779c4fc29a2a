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
  view('question new', 'action', 'A message made into a question', [
    '"Why is decode slow?"',
    'use Make this a question',
  ]),
  view('question stash', 'kept', 'Saved as a draft', DRAFT),
  view('question edit', 'changed', 'A team question, changed', [
    ...ADDED,
    'press Edit',
    'fill prompt=What is cached?',
  ]),
  view('question edit', 'which', 'No question named', '/question edit'),
  view('question preview', 'suggested', 'A suggestion to review', [...SUGGESTED, 'press Review']),
  view('question preview', 'shipped', 'A built-in question', '/question preview c5-paged-problem'),
  view('question list', 'own', 'Team questions', [...ADDED, '/question list']),
  view('question suggest', 'incomplete', 'Not complete yet', [
    'as Mira',
    ...DRAFT,
    '/question suggest 1',
  ]),
  view('question approve', 'unknown', 'No such suggestion', '/question approve 99'),
  view('question decline', 'form', 'The form for a reason', [...SUGGESTED, 'press Decline']),
  view('question decline', 'not-staff', 'Only for admins', [
    'as Mira',
    `/question new ${WRITTEN}`,
    '/question decline 1 reason:no',
  ]),
  view('question drop', 'dropped', 'Deleted', [...DRAFT, 'press Delete']),
  view('question disable', 'off', 'Disabled', '/question disable c5-paged-problem'),
  view('question enable', 'unknown', 'No such question', '/question enable c99-nothing'),
  view('question reset', 'own', 'A question without a shipped text', '/question reset own-nothing'),
  view('question export', 'own', 'Questions of the team as a file', [...ADDED, '/question export']),
  view('question export', 'json', 'As JSON', [...ADDED, '/question export json']),
  view('question export', 'csv', 'As CSV', [...ADDED, '/question export csv']),
  view('question export', 'anki', 'As text for Anki', [...ADDED, '/question export anki-tsv']),
  view('question export', 'apkg', 'As a deck for Anki', [...ADDED, '/question export apkg']),
  view('question export', 'empty', 'Nothing to export', '/question export'),
  view('question import', 'imported', 'Imported', [
    'attach one.yaml - id: own-one\n  chapter: 5\n  difficulty: easy\n  format: numeric\n  prompt: How many bytes has a bf16 number?\n  answer: 2\n  unit: bytes\n  tolerance: { relative: 0.02 }\n  working: 16 / 8 = 2\n  explanation: Sixteen bits are two bytes.',
    '/question import',
  ]),
  view('question import', 'empty', 'A file without a question', [
    'attach one.yaml []',
    '/question import',
  ]),
];
