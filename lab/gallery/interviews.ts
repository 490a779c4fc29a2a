import type { Setting } from '../../src/adapters/web/world.ts';
import { type Entry, view } from './entry.ts';

const SAMPLE: Setting = { hasOneSample: true };

/** A mock interview whose first question is asked, and one that is answered. */
const ASKED = ['/mock 15 chapters:5', 'go thread', 'see thread', 'press Start'];
const ANSWERED = [...ASKED, 'well'];
const GRADED = [...ANSWERED, '/mock skip'];
const FOLLOWED = [...ASKED, '/mock answer text:"Prefill reads the whole prompt."'];
const PARTLY = [...FOLLOWED, '/mock skip'];
const STRICT = ['/mock 15 chapters:5 style:strict', 'go thread', 'see thread', 'press Start'];
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
const CHECKED = [
  ...INCIDENT,
  ...MOVED,
  '/mock step case:1 check:copies',
  '/mock step case:1 check:hits',
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
  view(
    'mock here',
    'opening',
    'An interview that is about to open',
    "says Your interview opens in a moment. Try again if it doesn't.",
  ),
  view('mock', 'intro', 'How an interview starts', ['/mock 15', 'go thread', 'see thread']),
  view('mock', 'chosen', 'What was chosen, before it starts', [
    '/mock 15 chapters:"3 5" path:a level:hard',
    'go thread',
    'see thread',
  ]),
  view('mock', 'still-open', 'One interview at a time', [...ASKED, '/mock solo']),
  view('mock', 'replaced', 'Replacing one that had not started', ['/mock solo', '/mock 15']),
  view('mock', 'unknown', 'Unknown words', '/mock nonsense'),
  view('setup examiner', 'none', 'No examiner', '/setup examiner'),
  view('setup examiner', 'refused', 'No examiner to turn on', '/setup examiner action:on'),
  view('setup examiner', 'off', 'An examiner is turned off', '/setup examiner action:off'),
  view(
    'setup examiner',
    'alone',
    'An examiner with nobody else there',
    "says You're alone here, so the examiner is always on. You choose at each interview.",
  ),
  view('mock', 'length', 'An unavailable length', '/mock 20'),
  view('mock', 'two-lengths', 'Two lengths', '/mock 15 30'),
  view('mock', 'length-twice', 'The same length twice', '/mock 15 15'),
  view('mock', 'chapters-meant', 'Chapters without their option', '/mock hard 45 chapters 3 5 8'),
  view('mock', 'chapter-name', 'A chapter by its name', '/mock attention'),
  view('mock', 'untimed', 'Untimed before it starts', '/mock untimed'),
  view('mock', 'no-chapter-name', 'An unknown chapter name', '/mock chapters:five'),
  view('mock', 'no-history', 'No interview yet', '/mock history'),
  view('mock', 'history', 'My interviews', [...ENDED, '/mock history']),
  view(
    'mock',
    'unshared',
    'A shared report after its interview is deleted',
    'says This report was deleted by the person who shared it.',
  ),
  view('mock', 'no-chapter', 'No such chapter', '/mock chapters:40'),
  view(
    'mock',
    'no-item',
    'Chapters without interview questions',
    'says No interview questions match these chapters. Add more chapters, or leave the option out to use all of them.',
  ),
  view('mock', 'peer', 'A teammate is invited', '/mock peer with:web:mira'),
  view(
    'mock',
    'peer-nobody',
    'Without a teammate',
    'says Which teammate? Choose a person, or get matched.',
  ),
  view('mock', 'peer-self', 'Alone', '/mock peer with:web:you'),
  view('mock', 'peer-unknown', 'No one of that name', '/mock peer with:zoe'),
  view('mock', 'peer-not-saved', 'Not opened', "says I couldn't open the session. Try again."),
  view('peer lobby', 'lobby', 'In the lobby', '/peer lobby level:medium'),
  view('peer lobby', 'lobby-evenings', 'In the lobby for some hours', '/peer lobby hours:17-20'),
  view('peer lobby', 'lobby-both', 'Someone waits at other hours', [
    '/peer lobby hours:17-20',
    'as Mira',
    '/peer lobby hours:19-23',
  ]),
  view('peer lobby', 'lobby-match', 'Someone waits now', ['/peer lobby', 'as Mira', '/peer lobby']),
  view('peer lobby', 'lobby-short', 'Hours that are too short', '/peer lobby hours:17-17:20'),
  view('peer lobby', 'lobby-direct', 'A peer room from a direct message', [
    'as Mira',
    '/report c5-paged-problem text:"The second option is right too"',
    'as You',
    'go direct',
    '/peer lobby',
  ]),
  view('peer lobby', 'lobby-hours', 'Hours that make no sense', '/peer lobby hours:"after lunch"'),
  view('mock grade', 'calibrate', 'A sample answer to grade', '/mock grade', SAMPLE),
  view(
    'mock grade',
    'calibrated',
    'Every sample is graded',
    ['/mock grade', 'press 4', 'press Next sample'],
    SAMPLE,
  ),
  view('mock', 'cases', 'The cases to choose from', '/mock case'),
  view('mock', 'case-open', 'A case to continue', [...CASE, '/mock case']),
  view('mock step', 'scope', 'The brief of a case', CASE),
  view('mock step', 'scoped', 'What was asked about a brief', [...CASE, SCOPED]),
  view('mock step', 'partly', 'Too few questions about a brief', [
    ...CASE,
    '/mock step case:1 step:scope value:0,1',
  ]),
  view('mock step', 'no-answer', "A value that isn't an answer", [
    ...CASE,
    '/mock step case:1 step:scope value:99',
  ]),
  view('mock step', 'no-check', 'An unknown check', [
    ...INCIDENT,
    ...MOVED,
    '/mock step case:1 check:none',
  ]),
  view('mock step', 'estimate', 'Something to estimate', [...CASE, SCOPED, '/mock step case:1']),
  view('mock step', 'moves', 'What a change does', [...CASE, ...ESTIMATED, '/mock step case:1']),
  view('mock step', 'moved', 'What a change did', [...CASE, ...MOVED]),
  view('mock step', 'design', 'What a design has to do', [...CASE, ...MOVED, '/mock step case:1']),
  view('mock step', 'twist', 'A twist', [...DESIGNED, '/mock step case:1']),
  view('mock step', 'choice', 'A choice under fire', [...TWISTED, '/mock step case:1']),
  view('mock step', 'chosen', 'What was right under fire', [
    ...TWISTED,
    '/mock step case:1 step:choice value:0',
  ]),
  view('mock step', 'report', 'The report on a design case', [
    ...TWISTED,
    '/mock step case:1 step:choice value:0',
    '/mock step case:1',
  ]),
  view('mock step', 'log', 'The log of an incident', [...INCIDENT, ...MOVED, '/mock step case:1']),
  view('mock step', 'checked', 'What checks have shown', CHECKED),
  view('mock step', 'cause', 'How naming a cause went', [
    ...CHECKED,
    '/mock step case:1 step:cause value:hot',
  ]),
  view('mock step', 'fix', 'What to do about a cause', [
    ...CHECKED,
    '/mock step case:1 step:cause value:hot',
    '/mock step case:1',
  ]),
  view('mock step', 'debugged', 'The report on an incident', [
    ...CHECKED,
    '/mock step case:1 step:cause value:hot',
    '/mock step case:1 step:fix value:0',
    '/mock step case:1',
  ]),
  view('mock step', 'not-mine', "Someone else's case", [...CASE, 'as Mira', '/mock step case:1']),
  view('mock step', 'replaced', 'A case that another one ended', [
    ...CASE,
    '/mock step start:p99-noon',
    '/mock step case:1',
  ]),
  view('mock step', 'gone', 'A deleted case', '/mock step case:99'),
  view('mock step', 'unknown', 'An unknown case', '/mock step start:none'),
  view('mock number', 'form', 'The form for an estimate', [
    ...CASE,
    SCOPED,
    '/mock step case:1',
    'press Enter estimate',
  ]),
  view('mock number', 'estimated', 'How an estimate went', [...CASE, ...ESTIMATED]),
  view('mock number', 'no-number', 'Words instead of a number', [
    ...CASE,
    SCOPED,
    '/mock number case:1 value:many',
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
  view('mock design', 'layout', 'A layout that leaves GPUs over', [
    ...CASE,
    ...MOVED,
    '/mock design case:1 step:design gpus:"8 x H100" layout:"TP 4 DP 4" weights:fp8 cache:fp8 batch:8',
  ]),
  view('mock go', 'question', 'The first question', ASKED),
  view('mock go', 'follow-up', 'A follow-up', FOLLOWED),
  view('mock go', 'feedback', 'Feedback after a question', GRADED),
  view('mock go', 'mixed', 'Feedback on a mixed answer', [
    ...ASKED,
    '/mock answer text:"Prefill reads the whole prompt in parallel and fills the KV cache. Decode writes one token at a time. I think both are limited by compute."',
    '/mock skip',
    '/mock skip',
  ]),
  view('mock go', 'remark', 'Feedback on an answer that says "I do not know"', [
    ...ASKED,
    '/mock answer text:"idk"',
  ]),
  view('mock go', 'unread', 'Asked again after an answer in another language', [
    ...STRICT,
    '/mock answer text:"La caché guarda las claves y los valores de los tokens para que no se calculen otra vez."',
  ]),
  view('mock go', 'strict', 'On to the next, without feedback', [...STRICT, 'well', '/mock skip']),
  view('mock go', 'time-over', "Time's up", [...GRADED, 'jump 20m', '/mock go']),
  view('mock go', 'none', 'No interview is open', '/mock go'),
  view('mock go', 'gone', 'A deleted interview', '/mock go interview:99'),
  view('mock go', 'not-mine', "Someone else's interview", [
    ...ASKED,
    'as Mira',
    '/mock go interview:1',
  ]),
  view('mock answer', 'form', 'The form for an answer', [...ASKED, 'press Answer']),
  view('mock answer', 'given', 'An answer that can be changed', ANSWERED),
  view('mock answer', 'heard', 'An answer written as a message', [
    ...ASKED,
    '"Keys and values of past tokens are kept, so each new token reads them once."',
    'see thread',
  ]),
  view('mock answer', 'used', 'A message used as an answer', [
    ...ASKED,
    'go channel',
    '"The cache trades memory for not computing keys and values again."',
    'use Use as my answer',
  ]),
  view('mock answer', 'not-own', "Someone else's message", [
    ...ASKED,
    'go channel',
    '"The cache trades memory for not computing keys and values again."',
    'as Mira',
    'use Use as my answer',
  ]),
  view('mock answer', 'too-long', 'Longer than an answer may be', [
    ...ASKED,
    `"${'Keys and values of past tokens are kept. '.repeat(100)}"`,
  ]),
  view('mock answer', 'empty', 'An empty answer', [...ASKED, '/mock answer text:"  "']),
  view('mock back', 'taken', 'Changing an answer', [...ANSWERED, 'press Change answer']),
  view('mock hint', 'first', 'A hint', [...ASKED, 'press Hint']),
  view('mock skip', 'skipped', 'Skipped', SKIPPED),
  view('mock pause', 'paused', 'Paused', [...ASKED, 'press Pause']),
  view('mock pause', 'longer', 'More time, taken in a pause', [
    ...ASKED,
    'press Pause',
    'press Add 10',
  ]),
  view('mock pause', 'untimed', 'A pause without a timer', [
    ...ASKED,
    'press Pause',
    'press Turn off timer',
  ]),
  view('mock resume', 'resumed', 'Resumed', [...ASKED, 'press Pause', 'press Resume']),
  view('mock time', 'untimed', 'Started without a timer', [
    '/mock 15',
    'go thread',
    'see thread',
    'press Start without timer',
  ]),
  view('mock time', 'extended', '10 more minutes', [
    ...GRADED,
    'jump 20m',
    '/mock go',
    'press Add 10',
  ]),
  view('mock time', 'off', 'No timer', [...GRADED, 'jump 20m', '/mock go', 'press Turn off timer']),
  view('mock show', 'present', 'The current step', [...ASKED, '/mock show']),
  view('mock show', 'elsewhere', 'Asked for outside its room', [
    ...ASKED,
    'go channel',
    '/mock show',
  ]),
  view('mock show', 'over', 'An interview that is over', [...ENDED, '/mock show interview:1']),
  view('mock report', 'goes-on', 'No report before the end', [...ASKED, '/mock report']),
  view('mock model', 'strict', 'No feedback in a strict interview', [
    ...STRICT,
    '/mock model interview:1 item:1',
  ]),
  view('mock end', 'report', 'The report', ENDED),
  view('mock end', 'plan', 'A report with points to review', ENDED_PARTLY),
  view('mock report', 'all', 'The full report', [...ENDED_PARTLY, 'press Full report']),
  view('review', 'interview', 'The points that an interview missed', [
    ...ENDED_PARTLY,
    'press Review missed points',
  ]),
  view('review', 'interview-done', 'Missed points that were reviewed today', [
    ...ENDED_PARTLY,
    'press Review missed points',
    ...Array.from({ length: 4 }, () => ['press Show solution', 'press Next question']).flat(),
    'press Show solution',
    'press See results',
    '/review interview:1',
  ]),
  view(
    'review',
    'interview-away',
    'Missed points that were all put away',
    'says You put all of these points away, so nothing is left to review.',
  ),
  view('review', 'interview-none', 'No missed points to review', [...ENDED, '/review interview:1']),
  view('mock', 'comes-back', 'Another interview within a week', [
    ...ENDED_PARTLY,
    'jump 24h',
    '/mock 15',
    'go thread',
    'see thread',
  ]),
  view('mock end', 'ask', 'Before it ends', [...GRADED, '/mock end']),
  view('mock end', 'old', 'An old button', [...GRADED, '/mock end interview:1 at:0']),
  view('mock end', 'early', 'Ended before the first question', ['/mock solo', '/mock end']),
  view('mock end', 'idle', 'Closed after 7 days', [...ASKED, 'jump 8 days', 'see here Closed']),
  view('mock report', 'again', 'The report, read again', [...ENDED, '/mock report interview:1']),
  view('mock report', 'none', 'No such interview', '/mock report interview:99'),
  view('mock model', 'answer', 'The model answer', [...GRADED, 'press Show model answer']),
  view('mock model', 'too-early', 'Before answering', [...ASKED, '/mock model interview:1 item:1']),
  view('mock model', 'not-asked', 'A question that was not asked', [
    ...ASKED,
    '/mock model interview:1 item:9',
  ]),
  view('mock tick', 'ticked', 'Points marked by you', [
    ...PARTLY,
    '/mock tick interview:1 item:1 points:prefill-what',
  ]),
  view('mock tick', 'unknown', 'No such point', [
    ...GRADED,
    '/mock tick interview:1 item:1 points:none',
  ]),
  view('mock tick', 'no-answer', 'Nothing was answered', [
    ...SKIPPED,
    '/mock tick interview:1 item:1 points:none',
  ]),
  view('mock review', 'list', 'The questions of an interview', [
    ...ENDED,
    'press Review a question',
  ]),
  view('mock review', 'question', 'Reviewing a question', [
    ...ENDED,
    'press Review a question',
    'choose *',
  ]),
  view('mock review', 'skipped', 'Reviewing a skipped question', [
    ...SKIPPED,
    '/mock review interview:1 item:1',
  ]),
  view('mock share', 'ask', 'Confirm sharing', [...ENDED, 'press Share']),
  view('mock share', 'done', 'On its way to the channel', [
    ...ENDED,
    'press Share',
    'press Share report',
  ]),
  view('mock share', 'shared', 'A report in the channel', [
    ...ENDED,
    'press Share',
    'press Share report',
    'see channel Mock interview',
  ]),
  view('mock share', 'twice', 'Already shared', [
    ...ENDED,
    'press Share',
    'press Share report',
    '/mock share interview:1 confirm:yes',
  ]),
  view('mock share', 'nothing', 'Nothing to share', [
    ...ASKED,
    '/mock end confirm:yes',
    '/mock share interview:1',
  ]),
  view('mock delete', 'ask', 'Confirm deletion', [...ENDED, '/mock delete interview:1']),
  view('mock delete', 'done', 'Deleted', [...ENDED, '/mock delete interview:1 confirm:yes']),
  view('mock grade', 'above', 'Graded above the reference', ['/mock grade', 'press 4'], SAMPLE),
  view('mock grade', 'same', 'Graded like the reference', ['/mock grade', 'press 1'], SAMPLE),
  view('mock grade', 'gone', 'A removed sample', '/mock grade sample:none grade:3'),
];
