import { type Entry, view } from './entry.ts';

/** Friday's question is answered in words: it is asked, answered, and closed. */
const SPOKEN = ['/setup change open:friday', 'jump tomorrow 09:00', 'see channel Open question'];
const SPOKE = [...SPOKEN, '/answer words 3 text:"I would measure it before I choose."'];
const TOGETHER = [...SPOKE, 'jump 23h', 'go thread'];

/** The open question of the week: set up, answered in words, shown together, voted on. */
export const WORDS: readonly Entry[] = [
  view('setup', 'open', 'An open question of the week', '/setup change open:friday'),
  view('setup', 'open-menu', 'Chosen from the menu', [
    '/setup channel:#daily time:17:00',
    'choose On Fridays',
  ]),
  view('setup', 'open-no-day', 'A day without a question', '/setup change open:sunday'),
  view(
    'setup',
    'open-none',
    'No open question in the mix',
    'says No open question fits these difficulties and chapters. Choose more of them, or open:off.',
  ),
  view('daily', 'words-card', 'The open question of the week, as everybody sees it', SPOKEN),
  view('daily', 'words-today', 'The same question for somebody who has not answered', [
    ...SPOKEN,
    '/daily',
  ]),
  view('daily', 'words-preview', 'A preview of an open question', [
    '/setup change open:friday',
    '/daily preview',
  ]),
  view('daily', 'words-closed', 'Its card when it is over', [...TOGETHER, 'see channel Open']),
  view('daily', 'words-key-points', 'Its key points, after the close', [
    ...TOGETHER,
    'see thread The key points',
  ]),
  view('daily', 'words-answers', 'The answers, revealed together', [
    ...TOGETHER,
    'see thread Your answers',
  ]),
  view('daily', 'words-taken-back', 'An answer that was taken back after the close', [
    ...TOGETHER,
    '/answer show 3 shown:no',
    'jump 1m',
    'see thread Your answers',
  ]),
  view('daily', 'words-counted', 'The answers with their votes', [
    ...TOGETHER,
    '/vote 3 1',
    'jump 24h',
    'see thread Your answers',
  ]),
  view('daily', 'words-best', 'The best answers next to the key points', [
    ...TOGETHER,
    '/vote 3 1',
    'jump 24h',
    'see thread The key points',
  ]),
  view('daily', 'words-history', 'A history with an open question', [...SPOKEN, '/daily history']),
  view('daily', 'words-withdrawn', 'A withdrawn open question', [
    ...SPOKE,
    '/daily withdraw post:3',
  ]),
  view('daily', 'words-withdrawn-told', 'What those who answered it hear', [
    ...SPOKE,
    '/daily withdraw post:3 note:"it has two readings"',
    'see direct',
  ]),
  view('daily', 'words-correct', 'No key to correct', [...SPOKEN, '/daily correct post:3 key:a']),
  view('answer words', 'form', 'The form for an answer in words', [...SPOKEN, 'press Answer']),
  view('answer words', 'given', 'What was recognised, for its author alone', [...SPOKEN, 'well']),
  view('answer words', 'nothing', 'Nothing was recognised', SPOKE),
  view('answer words', 'change', 'The form to change it', [...SPOKE, 'press Change']),
  view('answer words', 'used', 'A message used as an answer', [
    ...SPOKEN,
    '"It depends on the memory that is left, since the cache grows."',
    'use Use as my answer',
  ]),
  view('answer words', 'empty', 'An empty answer', [...SPOKEN, '/answer words 3 text:"  "']),
  view('answer words', 'closed', 'My answer after the close', [...TOGETHER, '/answer 3']),
  view('answer words', 'practice', 'A late answer is practice', [
    ...SPOKEN,
    'jump 23h',
    'see channel Open',
    'press Practise',
    'fill text=The reward decides it.',
  ]),
  view('answer words', 'options', 'A question with options', '/answer words 2 text:"all of them"'),
  view('answer words', 'in-words', 'A question without options', [...SPOKEN, '/answer 3 choice:a']),
  view('answer points', 'ticked', 'Points by my own word', [
    ...SPOKE,
    '/answer points 3 points:none',
  ]),
  view('answer show', 'kept', 'An answer that stays private', [...SPOKE, "press Don't show mine"]),
  view('answer show', 'shown', 'Shown after all', [
    ...SPOKE,
    "press Don't show mine",
    'press Show mine',
  ]),
  view('answer show', 'none', 'No answer to keep back', [...SPOKEN, '/answer show 3']),
  view('vote', 'given', 'A vote', [...TOGETHER, 'see thread Your answers', 'press Vote for 1']),
  view('vote', 'own', 'A vote for oneself', [...TOGETHER, '/vote 3 2']),
  view('vote', 'over', 'A vote that comes too late', [...TOGETHER, 'jump 24h', '/vote 3 1']),
  view('vote', 'gone', 'No such answer', [...TOGETHER, '/vote 3 30']),
  view('vote', 'nothing', 'Nothing to vote for', '/vote 2 1'),
  view('why', 'words', 'Open questions give no points', [...TOGETHER, '/why']),
  view('me', 'words', 'My stats with a free-text question', [...TOGETHER, '/me']),
  view('status', 'words', 'A schedule with an open question', [...SPOKEN, '/status']),
  view(
    'question show',
    'words-while-open',
    'Not while the team answers it in words',
    "says This is your team's current question. Its solution is shown when it closes, with everyone's answers.",
  ),
];
