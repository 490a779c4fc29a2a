import type { Setting } from '../../src/adapters/web/world.ts';
import { type Entry, view } from './entry.ts';

const SAMPLE: Setting = { hasOneSample: true };

/** A mock interview whose first question is asked, and one that is answered. */
const ASKED = ['/mock 15 chapters:5', 'go thread', 'see thread', 'press Start'];
const ANSWERED = [...ASKED, 'well'];
const GRADED = [...ANSWERED, '/mock skip'];
const FOLLOWED = [...ASKED, '/mock answer text:"Prefill reads the whole prompt."'];
const PARTLY = [...FOLLOWED, '/mock skip'];
const ENDED = [...GRADED, '/mock end', 'press End interview'];
const ENDED_PARTLY = [...PARTLY, '/mock end', 'press End interview'];
const SKIPPED = [...ASKED, 'press Skip'];

/** A design case and an incident up to a step. */
const CASE = ['/mock case', 'choose A chat service on a 70B model'];
const INCIDENT = ['/mock step start:p99-noon'];
const SCOPED = '/mock step case:1 step:scope value:0,1,2,3,4';
const ESTIMATED = [SCOPED, '/mock number case:1 value:500'];
const MOVED = [...ESTIMATED, '/mock step case:1 step:sensitivity value:1'];
const DESIGN = 'case:1 gpus:"40 x H200" layout:"TP 1 DP 40" weights:fp8 cache:fp8 batch:100';
const TUNING = ['/mock case', 'choose Fine-tuning on one server', ...MOVED];
const DESIGNED = [...CASE, ...MOVED, `/mock design step:design ${DESIGN}`];
const TWISTED = [
  ...DESIGNED,
  `/mock design step:twist-1 ${DESIGN}`,
  `/mock design step:twist-2 ${DESIGN}`,
];

/** Mock interviews alone. */
export const INTERVIEWS: readonly Entry[] = [
  view('mock', 'opened', 'An interview opens elsewhere', '/mock solo'),
  view('mock here', 'channel', 'An interview in the channel, without a thread', [
    'fault permission',
    '/mock 15',
    'press Go to interview',
    'press Use this channel',
  ]),
  view('mock', 'unknown', 'Unknown words', '/mock nonsense'),
  view('setup examiner', 'none', 'No examiner', '/setup examiner'),
  view('setup examiner', 'refused', 'No examiner to turn on', '/setup examiner action:on'),
  view('setup examiner', 'off', 'An examiner is turned off', '/setup examiner action:off'),
  view('mock', 'length', 'An unavailable length', '/mock 20'),
  view('mock', 'chapters-meant', 'Chapters without their option', '/mock hard 45 chapters 3 5 8'),
  view('mock', 'chapter-name', 'A chapter by its name', '/mock attention'),
  view('mock', 'untimed', 'Untimed before it starts', '/mock untimed'),
  view('mock', 'no-chapter-name', 'An unknown chapter name', '/mock chapters:five'),
  view('mock', 'history', 'My interviews', [...ENDED, '/mock history']),
  view('mock', 'no-chapter', 'No such chapter', '/mock chapters:40'),
  view('mock', 'peer-unknown', 'No one of that name', '/mock peer with:zoe'),
  view('peer lobby', 'lobby-direct', 'A peer room from a direct message', [
    'as Mira',
    '/report c5-paged-problem text:"The second option is right too"',
    'as You',
    'go direct',
    '/peer lobby',
  ]),
  view('mock grade', 'calibrate', 'A sample answer to grade', '/mock grade', SAMPLE),
  view('mock', 'case-open', 'A case to continue', [...CASE, '/mock case']),
  view('mock step', 'moves', 'What a change does', [...CASE, ...ESTIMATED, '/mock step case:1']),
  view('mock step', 'twist', 'A twist', [...DESIGNED, '/mock step case:1']),
  view('mock step', 'choice', 'A choice under fire', [...TWISTED, '/mock step case:1']),
  view('mock step', 'report', 'The report on a design case', [
    ...TWISTED,
    '/mock step case:1 step:choice value:0',
    '/mock step case:1',
  ]),
  view('mock step', 'log', 'The log of an incident', [...INCIDENT, ...MOVED, '/mock step case:1']),
  view('mock step', 'unknown', 'An unknown case', '/mock step start:none'),
  view('mock number', 'form', 'The form for an estimate', [
    ...CASE,
    SCOPED,
    '/mock step case:1',
    'press Enter estimate',
  ]),
  view('mock design', 'form', 'The form for a design', [
    ...CASE,
    ...MOVED,
    '/mock step case:1',
    'press Enter design',
  ]),
  view('mock design', 'checked', 'How a design does', DESIGNED),
  view('mock design', 'run-form', 'The form for a fine-tuning run', [
    ...TUNING,
    '/mock step case:1',
    'press Enter design',
  ]),
  view('mock design', 'run-checked', 'How a fine-tuning run does', [
    ...TUNING,
    '/mock design case:1 step:design gpus:"8 x H100" method:full zero:3 checkpointing:full micro:1',
  ]),
  view('mock go', 'question', 'The first question', ASKED),
  view('mock go', 'mixed', 'Feedback on a mixed answer', [
    ...ASKED,
    '/mock answer text:"Prefill reads the whole prompt in parallel and fills the KV cache. Decode writes one token at a time. I think both are limited by compute."',
    '/mock skip',
    '/mock skip',
  ]),
  view('mock go', 'gone', 'A deleted interview', '/mock go interview:99'),
  view('mock answer', 'heard', 'An answer written as a message', [
    ...ASKED,
    '"Keys and values of past tokens are kept, so each new token reads them once."',
    'see thread',
  ]),
  view('mock back', 'taken', 'Changing an answer', [...ANSWERED, 'press Change answer']),
  view('mock hint', 'first', 'A hint', [...ASKED, 'press Hint']),
  view('mock skip', 'skipped', 'Skipped', SKIPPED),
  view('mock pause', 'paused', 'Paused', [...ASKED, 'press Pause']),
  view('mock resume', 'resumed', 'Resumed', [...ASKED, 'press Pause', 'press Resume']),
  view('mock time', 'extended', '10 more minutes', [
    ...GRADED,
    'jump 20m',
    '/mock go',
    'press Add 10',
  ]),
  view('mock show', 'present', 'The current step', [...ASKED, '/mock show']),
  view('mock end', 'report', 'The report', ENDED),
  view('mock end', 'plan', 'A report with points to review', ENDED_PARTLY),
  view('mock report', 'all', 'The full report', [...ENDED_PARTLY, 'press Full report']),
  view('review', 'interview-done', 'Missed points that were reviewed today', [
    ...ENDED_PARTLY,
    'press Review missed points',
    ...Array.from({ length: 4 }, () => ['press Show solution', 'press Next question']).flat(),
    'press Show solution',
    'press See results',
    '/review interview:1',
  ]),
  view('mock report', 'again', 'The report, read again', [...ENDED, '/mock report interview:1']),
  view('mock model', 'too-early', 'Before answering', [...ASKED, '/mock model interview:1 item:1']),
  view('mock tick', 'ticked', 'Points marked by you', [
    ...PARTLY,
    '/mock tick interview:1 item:1 points:prefill-what',
  ]),
  view('mock review', 'skipped', 'Reviewing a skipped question', [
    ...SKIPPED,
    '/mock review interview:1 item:1',
  ]),
  view('mock share', 'done', 'On its way to the channel', [
    ...ENDED,
    'press Share',
    'press Share report',
  ]),
  view('mock share', 'nothing', 'Nothing to share', [
    ...ASKED,
    '/mock end confirm:yes',
    '/mock share interview:1',
  ]),
  view('mock delete', 'ask', 'Confirm deletion', [...ENDED, '/mock delete interview:1']),
];
