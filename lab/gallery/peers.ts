import { type Entry, view } from './entry.ts';

/** A peer interview: invited, with a room, and with its first question. */
const INVITED = ['/mock peer with:web:mira', 'as Mira', 'go direct', 'see direct'];
const ROOM = [...INVITED, 'press Accept', 'go thread', 'see thread'];
const FIRST_HALF = [...ROOM, "press I'm here", 'as You', 'see thread Peer', "press I'm here"];
const FINISHED = [...FIRST_HALF, 'press Stop interview', 'press Stop interview'];

/** Mock interviews of two people. */
export const PEERS: readonly Entry[] = [
  view('peer accept', 'crossed', 'They already invited me', [
    '/mock peer with:web:mira',
    'as Mira',
    '/mock peer with:web:you',
  ]),
  view('peer accept', 'gone', 'A deleted session', '/peer accept session:99'),
  view('peer decline', 'twice', 'Already declined', [
    ...INVITED,
    '/peer decline session:1',
    '/peer decline session:1',
  ]),
  view('peer accept', 'lapsed', 'An invitation without an answer', [
    '/mock peer with:web:mira',
    'jump 73h',
    'see direct No answer',
  ]),
  view('peer panel', 'panel', "The interviewer's panel", [...FIRST_HALF, 'press Open panel']),
  view('peer mark', 'not-yours', "A mark for the other person's question", [
    ...FIRST_HALF,
    '/peer mark session:1 question:none dimension:depth mark:3',
  ]),
  view('peer next', 'waiting', 'Waiting for both', [...ROOM, '/peer next session:1 at:0 half:1']),
  view('peer panel', 'closed', 'A panel of a question that was not asked', [
    ...FIRST_HALF,
    '/peer panel session:1 question:none hints:1',
  ]),
  view('peer note', 'form', 'The form for a note', [
    ...FIRST_HALF,
    'press Open panel',
    'press Add note',
  ]),
  view('peer next', 'next', 'The next question', [...FIRST_HALF, 'press Next question']),
  view('peer stop', 'finished', 'Time for feedback', FINISHED),
  view('peer read', 'read', 'What the other wrote, read in the room', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    '/peer read session:1',
  ]),
  view('peer here', 'waited', "The partner didn't show up", [
    ...ROOM,
    'as You',
    '/peer here session:1',
    'jump 1h',
    'see direct Your partner',
  ]),
  view('peer feedback', 'marked', 'Feedback with marks', [
    ...FIRST_HALF,
    'press Open panel',
    'choose 3',
    '/peer stop session:1 confirm:yes',
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see direct Feedback',
  ]),
  view('peer leave', 'left', 'Out of the lobby', ['/peer lobby', 'press Leave lobby']),
];
