import { type Entry, view } from './entry.ts';

/** A peer interview: invited, with a room, and with its first question. */
const INVITED = ['/mock peer with:web:mira', 'as Mira', 'go direct', 'see direct'];
const ROOM = [...INVITED, 'press Accept', 'go thread', 'see thread'];
const FIRST_HALF = [...ROOM, "press I'm here", 'as You', 'see thread Peer', "press I'm here"];
const SWAPPED = [...FIRST_HALF, 'press Next question', 'press Swap roles'];
const FINISHED = [...FIRST_HALF, 'press Stop interview', 'press Stop interview'];

/** Mock interviews of two people. */
export const PEERS: readonly Entry[] = [
  view('peer accept', 'invited', 'An invitation', INVITED),
  view('peer accept', 'accepted', 'Accepted', [...INVITED, 'press Accept']),
  view('peer accept', 'own', 'My own invitation', [
    '/mock peer with:web:mira',
    '/peer accept session:1',
  ]),
  view('peer accept', 'twice', 'Already accepted', [
    ...INVITED,
    '/peer accept session:1',
    '/peer accept session:1',
  ]),
  view('peer accept', 'no-room', 'No room can be opened', [
    ...INVITED,
    'fault permission',
    'press Accept',
    'see direct No room',
  ]),
  view('peer accept', 'open', 'Already invited', [
    '/mock peer with:web:mira',
    '/mock peer with:web:mira',
  ]),
  view('peer accept', 'crossed', 'They already invited me', [
    '/mock peer with:web:mira',
    'as Mira',
    '/mock peer with:web:you',
  ]),
  view('peer accept', 'gone', 'A deleted session', '/peer accept session:99'),
  view('peer accept', 'other', 'Not one of the two', [
    ...INVITED,
    'as Wei',
    '/peer accept session:1',
  ]),
  view('peer accept', 'undelivered', 'An invitation that could not be delivered', [
    "says Your invitation wasn't delivered",
  ]),
  view('peer accept', 'doubtful', 'An invitation that may not have arrived', [
    'fault lost',
    '/mock peer with:web:mira',
    'see direct Did your invitation',
  ]),
  view('peer accept', 'too-few', 'A bank without questions for two', [
    "says There aren't enough free-text questions left for 2 people. Ask an admin to add more.",
  ]),
  view('peer accept', 'app', 'An app is invited', [
    "says That's an app, and an interview needs 2 people. Choose a teammate, or get matched.",
  ]),
  view('peer accept', 'outside', 'Someone from another workspace is invited', [
    "says That person isn't in this workspace, so I can't invite them. Choose a teammate, or get matched.",
  ]),
  view(
    'peer panel',
    'not-yet',
    'Not accepted yet',
    "says This invitation hasn't been answered yet.",
  ),
  view('peer decline', 'declined', 'Declined', [...INVITED, 'press Decline']),
  view('peer decline', 'told', 'What the other person sees', [
    ...INVITED,
    'press Decline',
    'as You',
    'see direct',
  ]),
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
  view('peer accept', 'too-late', 'Answered too late', [...INVITED, 'jump 73h', 'press Accept']),
  view('peer here', 'room', 'The room of a peer interview', ROOM),
  view('peer here', 'one', 'One person is here', [...ROOM, "press I'm here"]),
  view('peer here', 'both', 'Both are here', FIRST_HALF),
  view('peer panel', 'panel', "The interviewer's panel", [...FIRST_HALF, 'press Open panel']),
  view('peer panel', 'ask', 'Follow-ups and common mistakes', [
    ...FIRST_HALF,
    'press Open panel',
    'press Follow-ups',
  ]),
  view('peer panel', 'hint', 'With a hint', [
    ...FIRST_HALF,
    'press Open panel',
    'press Show a hint',
  ]),
  view('peer panel', 'not-yours', "The other person's panel", [
    ...FIRST_HALF,
    'as Mira',
    'press Open panel',
  ]),
  view('peer panel', 'too-early', 'Nothing is asked yet', [...ROOM, '/peer panel session:1']),
  view('peer mark', 'not-yours', "A mark for the other person's question", [
    ...FIRST_HALF,
    '/peer mark session:1 question:none dimension:depth mark:3',
  ]),
  view('peer next', 'waiting', 'Waiting for both', [...ROOM, '/peer next session:1 at:0 half:1']),
  view('peer mark', 'marked', 'A mark', [...FIRST_HALF, 'press Open panel', 'choose 3']),
  view('peer mark', 'late', 'A mark for the question before', [
    ...FIRST_HALF,
    'press Open panel',
    'see here Question',
    'press Next question',
    'see here Panel',
    'choose 3',
  ]),
  view('peer mark', 'too-late', 'A mark after both forms were sent', [
    ...FIRST_HALF,
    'press Open panel',
    'see here Question',
    'press Stop interview',
    'press Stop interview',
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'as You',
    'see here Panel',
    'choose 3',
  ]),
  view('peer panel', 'closed', 'A panel of a question that was not asked', [
    ...FIRST_HALF,
    '/peer panel session:1 question:none hints:1',
  ]),
  view('peer note', 'form', 'The form for a note', [
    ...FIRST_HALF,
    'press Open panel',
    'press Add note',
  ]),
  view('peer note', 'noted', 'A note', [
    ...FIRST_HALF,
    'press Open panel',
    'press Add note',
    'fill note=clear start',
  ]),
  view('peer next', 'next', 'The next question', [...FIRST_HALF, 'press Next question']),
  view('peer next', 'swapped', 'Roles swapped', SWAPPED),
  view('peer next', 'not-yours', 'Only the interviewer moves on', [
    ...FIRST_HALF,
    'as Mira',
    'press Next question',
  ]),
  view('peer stop', 'ask', 'Before it stops for both', [...FIRST_HALF, 'press Stop interview']),
  view('peer stop', 'finished', 'Time for feedback', FINISHED),
  view('peer feedback', 'form', 'The form for feedback', [...FINISHED, 'press Give feedback']),
  view('peer feedback', 'first', 'The first form is sent', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
  ]),
  view('peer feedback', 'again', 'The form with what was sent before', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    '/peer feedback session:1',
  ]),
  view('peer feedback', 'late', 'A form after both were sent', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    '/peer feedback session:1 overall:4 well:calm better:slower',
  ]),
  view('peer feedback', 'back', 'A late form returns what was written', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see thread Time for feedback',
    'press Give feedback',
    'fill overall=4; well=calm; better=slower',
  ]),
  view('peer feedback', 'alone', "3 days with only the other person's form", [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'jump 73h',
    'as Mira',
    'see direct Feedback',
  ]),
  view('peer feedback', 'none', "3 days without the other person's form", [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'jump 73h',
    'see direct Feedback',
  ]),
  view('peer feedback', 'both', 'Both forms are sent', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
  ]),
  view('peer feedback', 'told', 'What the other wrote', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see direct Feedback',
  ]),
  view('peer read', 'read', 'What the other wrote, read in the room', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    '/peer read session:1',
  ]),
  view('peer read', 'too-early', 'Before both forms are sent', [
    ...FIRST_HALF,
    '/peer read session:1',
  ]),
  view('peer feedback', 'too-early', 'Before the end', [
    ...FIRST_HALF,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
  ]),
  view('peer here', 'waited', "The partner didn't show up", [
    ...ROOM,
    'as You',
    '/peer here session:1',
    'jump 1h',
    'see direct Your partner',
  ]),
  view('peer here', 'missed', 'Missed', [
    ...ROOM,
    'as You',
    '/peer here session:1',
    'jump 1h',
    'as Mira',
    'see direct Did you miss',
  ]),
  view('peer here', 'away', 'The bot was away', [...ROOM, 'away', 'see thread I was offline']),
  view('peer here', 'late', 'Too late', [...ROOM, 'jump 1h', '/peer here session:1']),
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
