import { type Entry, MULTI, NUMERIC, ORDER, view, WEEK } from './entry.ts';

/** Looking into the bank of questions, and what is told about them. */
export const BANK: readonly Entry[] = [
  view('ask', 'found', 'An explanation', '/ask paged attention'),
  view('ask', 'nothing', 'Nothing found', '/ask xyzzyplugh'),
  view('ask', 'form', 'Without words', '/ask'),
  view('ask', 'chapters', 'Chapters and learning paths', '/ask chapters'),
  view('ask', 'chapter', 'One chapter', '/ask chapter 5'),
  view('question later', 'undone', 'No longer kept', [
    '/question later id:c1-greedy-varies',
    'press Undo',
  ]),
  view('question show', 'single', 'One correct option', ['/ask chapter 5', 'press *'], {
    format: 'single',
  }),
  view('question show', 'multi', 'Several correct options', ['/ask chapter 5', 'press *'], MULTI),
  view('question show', 'numeric', 'A number', ['/ask chapter 5', 'press *'], NUMERIC),
  view('question show', 'order', 'Steps to put in order', ['/ask chapter 5', 'press *'], ORDER),
  view('question show', 'open', 'A free-text question', ['/ask chapter 5', 'press *'], {
    format: 'open',
  }),
  view('question show', 'bug', 'A bug to find', ['/ask chapter 5', 'press *'], { format: 'bug' }),
  view('question show', 'scenario', 'A scenario in steps', ['/ask chapter 5', 'press *'], {
    format: 'scenario',
  }),
  view('question show', 'unknown', 'No such question', '/question show c99-nothing'),
  view('question report', 'form', 'The form for a report', [
    '/ask c5-paged-problem',
    'press Report',
  ]),
  view('question report', 'told', 'What an admin is told', [
    'as Mira',
    '/question report c5-paged-problem text:"The second option is right too"',
    'as You',
    'see direct New problem report',
  ]),
  view('report close', 'unknown', 'No such report', '/report close 99 fixed'),
  view(
    'setup quality',
    'overview',
    'Question quality',
    ['right', 'jump 23h', '/setup quality'],
    WEEK,
  ),
];
