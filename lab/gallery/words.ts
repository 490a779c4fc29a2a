import { type Entry, view } from './entry.ts';

/** Friday's question is a free-text question: it is asked, answered, and closed. */
const FREE_TEXT = ['/setup change open:friday', 'jump tomorrow 09:00', 'see channel Free-text'];
const SPOKE = [...FREE_TEXT, '/answer words 3 text:"I would measure it before I choose."'];
const TOGETHER = [...SPOKE, 'press Share my answer', 'jump 23h', 'go thread'];

/** The weekly free-text question: set up, answered in words, shown together, voted on. */
export const WORDS: readonly Entry[] = [
  view('setup', 'open', 'A weekly free-text question', '/setup change open:friday'),
  view('setup', 'open-menu', 'Chosen from the menu', [
    '/setup channel:#daily time:17:00',
    'choose On Fridays',
  ]),
  view('setup', 'open-no-day', 'A day without a question', '/setup change open:sunday'),
  view(
    'setup',
    'open-none',
    'No matching free-text question',
    'says No free-text question matches these difficulties and chapters. Add more of them, or turn the free-text question off.',
  ),
  view('daily', 'words-card', 'Free-text question, as everyone sees it', FREE_TEXT),
  view('daily', 'words-today', 'Same question for a person who has not answered', [
    ...FREE_TEXT,
    '/daily',
  ]),
  view('daily', 'words-preview', 'A preview of a free-text question', [
    '/setup change open:friday',
    '/daily preview',
  ]),
  view('daily', 'words-closed', 'Its card after it closes', [...TOGETHER, 'see channel Free-text']),
  view('daily', 'words-key-points', 'Its key points, after the close', [
    ...TOGETHER,
    'see thread Key points',
  ]),
  view('daily', 'words-answers', 'The answers, revealed together', [
    ...TOGETHER,
    'see thread Team answers',
  ]),
  view('daily', 'words-taken-back', 'An answer hidden after the close', [
    ...TOGETHER,
    '/answer show 3 shown:no',
    'jump 1m',
    'see thread Team answers',
  ]),
  view('daily', 'words-counted', 'The answers with their votes', [
    ...TOGETHER,
    '/vote 3 1',
    'jump 24h',
    'see thread Team answers',
  ]),
  view('daily', 'words-best', 'The best answers next to the key points', [
    ...TOGETHER,
    '/vote 3 1',
    'jump 24h',
    'see thread Key points',
  ]),
  view('daily', 'words-history', 'A history with a free-text question', [
    ...FREE_TEXT,
    '/daily history',
  ]),
  view('daily', 'words-withdrawn', 'A withdrawn free-text question', [
    ...SPOKE,
    '/daily fix post:3 do:withdraw confirm:yes',
  ]),
  view('daily', 'words-withdrawn-told', 'What those who answered it hear', [
    ...SPOKE,
    '/daily fix post:3 do:withdraw note:"it has two readings" confirm:yes',
    'see direct',
  ]),
  view('daily', 'words-correct', 'No answer key to correct', [
    ...FREE_TEXT,
    '/daily fix post:3 do:correct key:a',
  ]),
  view('answer words', 'form', 'The form for a free-text answer', [...FREE_TEXT, 'press Answer']),
  view('answer words', 'given', 'Key points heard, for its author only', [...FREE_TEXT, 'well']),
  view('answer words', 'nothing', 'No key points heard', SPOKE),
  view('answer words', 'change', 'The form to change it', [...SPOKE, 'press Change']),
  view('answer words', 'used', 'A message used as an answer', [
    ...FREE_TEXT,
    '"It depends on the memory that is left, since the cache grows."',
    'use Use as my answer',
  ]),
  view('answer words', 'empty', 'An empty answer', [...FREE_TEXT, '/answer words 3 text:"  "']),
  view('answer words', 'closed', 'My answer after the close', [...TOGETHER, '/answer 3']),
  view('answer words', 'practice', 'A late answer is practice', [
    ...FREE_TEXT,
    'jump 23h',
    'see channel Free-text',
    'press Practice',
    'fill text=The reward decides it.',
  ]),
  view('answer words', 'options', 'A question with options', '/answer words 2 text:"all of them"'),
  view('answer words', 'in-words', 'A question without options', [
    ...FREE_TEXT,
    '/answer 3 choice:a',
  ]),
  view('answer points', 'ticked', 'Points marked by me', [
    ...SPOKE,
    '/answer points 3 points:none',
  ]),
  view('answer show', 'shown', 'An answer that is shared', [...SPOKE, 'press Share my answer']),
  view('answer show', 'kept', 'Hidden again', [
    ...SPOKE,
    'press Share my answer',
    'press Hide my answer',
  ]),
  view('answer show', 'none', 'No answer to hide', [...FREE_TEXT, '/answer show 3']),
  view('vote', 'given', 'A vote', [...TOGETHER, 'see thread Team answers', 'press Vote for 1']),
  view('vote', 'own', 'A vote for my own answer', [...TOGETHER, '/vote 3 2']),
  view('vote', 'over', 'A vote that comes too late', [...TOGETHER, 'jump 24h', '/vote 3 1']),
  view('vote', 'gone', 'No such answer', [...TOGETHER, '/vote 3 30']),
  view('vote', 'nothing', 'Nothing to vote for', '/vote 2 1'),
  view('leaderboard why', 'words', "Free-text questions don't earn points", [
    ...TOGETHER,
    '/leaderboard why',
  ]),
  view('me', 'words', 'My stats with a free-text question', [...TOGETHER, '/me']),
  view('setup switch', 'words', 'A schedule with a free-text question', [
    ...FREE_TEXT,
    '/setup switch',
  ]),
  view(
    'question show',
    'words-while-open',
    'Not while the team answers it in words',
    "says This is your team's current question. Its solution is shown when it closes, with everyone's answers.",
  ),
];
