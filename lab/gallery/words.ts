import { type Entry, view } from './entry.ts';

/** Friday's question is a free-text question: it is asked, answered, and closed. */
const FREE_TEXT = ['/setup change open:friday', 'jump tomorrow 09:00', 'see channel Free-text'];
const SPOKE = [...FREE_TEXT, '/answer words 3 text:"I would measure it before I choose."'];
const TOGETHER = [...SPOKE, 'press Share my answer', 'jump 23h', 'go thread'];

/** The weekly free-text question: set up, answered in words, shown together, voted on. */
export const WORDS: readonly Entry[] = [
  view('setup', 'open-menu', 'Chosen from the menu', [
    '/setup channel:#daily time:17:00',
    'choose On Fridays',
  ]),
  view('answer words', 'form', 'The form for a free-text answer', [...FREE_TEXT, 'press Answer']),
  view('answer words', 'given', 'Key points heard, for its author only', [...FREE_TEXT, 'well']),
  view('answer words', 'closed', 'My answer after the close', [...TOGETHER, '/answer 3']),
  view('answer points', 'ticked', 'Points marked by me', [
    ...SPOKE,
    '/answer points 3 points:none',
  ]),
  view('answer show', 'none', 'No answer to hide', [...FREE_TEXT, '/answer show 3']),
  view('vote', 'over', 'A vote that comes too late', [...TOGETHER, 'jump 24h', '/vote 3 1']),
  view('vote', 'nothing', 'Nothing to vote for', '/vote 2 1'),
  view('me', 'words', 'My stats with a free-text question', [...TOGETHER, '/me']),
  view('setup switch', 'words', 'A schedule with a free-text question', [
    ...FREE_TEXT,
    '/setup switch',
  ]),
];
