import { type Entry, view } from './entry.ts';

/** A peer interview: invited, with a room, and with its first question. */
const INVITED = ['/mock peer with:web:mira', 'as Mira', 'go direct', 'see direct'];
const ROOM = [...INVITED, 'press Let us', 'go thread', 'see thread'];
const FIRST_HALF = [...ROOM, 'press I am here', 'as You', 'see thread Peer', 'press I am here'];
const SWAPPED = [...FIRST_HALF, 'press Next question', 'press Swap roles'];
const FINISHED = [...FIRST_HALF, 'press Stop here', 'press Stop it'];

/** Mock interviews of two people. */
export const PEERS: readonly Entry[] = [
  view('peer accept', 'invited', 'An invitation', INVITED),
  view('peer accept', 'accepted', 'Accepted', [...INVITED, 'press Let us']),
  view('peer accept', 'own', 'My own invitation', [
    '/mock peer with:web:mira',
    '/peer accept session:1',
  ]),
  view('peer accept', 'twice', 'Accepted before', [
    ...INVITED,
    '/peer accept session:1',
    '/peer accept session:1',
  ]),
  view('peer accept', 'no-room', 'No room can be opened', [
    ...INVITED,
    'fault permission',
    'press Let us',
    'see direct No room',
  ]),
  view('peer accept', 'open', 'Invited before', [
    '/mock peer with:web:mira',
    '/mock peer with:web:mira',
  ]),
  view('peer accept', 'crossed', 'Invited by the one whom I invite', [
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
    'says Your invitation did not arrive',
  ]),
  view('peer accept', 'doubtful', 'An invitation that may not have arrived', [
    'fault lost',
    '/mock peer with:web:mira',
    'see direct Did your invitation',
  ]),
  view('peer accept', 'too-few', 'A bank without questions for two', [
    'says There are too few open questions left for two. Ask whoever looks after the bank for more.',
  ]),
  view('peer accept', 'app', 'An app is invited', [
    'says That is an app, and an interview takes two people. Name a colleague, or be matched: mock lobby',
  ]),
  view('peer accept', 'outside', 'Somebody of another workspace is invited', [
    'says That person is not in this workspace, so I cannot ask them. Name a colleague, or be matched: mock lobby',
  ]),
  view('peer decline', 'declined', 'Declined', [...INVITED, 'press Not now']),
  view('peer decline', 'told', 'What the other hears', [
    ...INVITED,
    'press Not now',
    'as You',
    'see direct',
  ]),
  view('peer decline', 'twice', 'Declined before', [
    ...INVITED,
    '/peer decline session:1',
    '/peer decline session:1',
  ]),
  view('peer accept', 'lapsed', 'An invitation without an answer', [
    '/mock peer with:web:mira',
    'jump 73h',
    'see direct No answer',
  ]),
  view('peer accept', 'too-late', 'Answered too late', [...INVITED, 'jump 73h', 'press Let us']),
  view('peer here', 'room', 'The room of a peer interview', ROOM),
  view('peer here', 'one', 'One is there', [...ROOM, 'press I am here']),
  view('peer here', 'both', 'Both are there', FIRST_HALF),
  view('peer panel', 'panel', "The interviewer's panel", [...FIRST_HALF, 'press Panel']),
  view('peer panel', 'hint', 'With a hint to give', [...FIRST_HALF, 'press Panel', 'press A hint']),
  view('peer panel', 'not-yours', 'The panel of the other', [
    ...FIRST_HALF,
    'as Mira',
    'press Panel',
  ]),
  view('peer panel', 'too-early', 'Nothing is asked yet', [...ROOM, '/peer panel session:1']),
  view('peer mark', 'not-yours', 'A mark for a question of the other', [
    ...FIRST_HALF,
    '/peer mark session:1 question:none dimension:depth mark:3',
  ]),
  view('peer next', 'waiting', 'Not both are there', [...ROOM, '/peer next session:1 at:0 half:1']),
  view('peer mark', 'marked', 'A mark', [...FIRST_HALF, 'press Panel', 'choose 3']),
  view('peer mark', 'late', 'A mark for the question before', [
    ...FIRST_HALF,
    'press Panel',
    'see here Question',
    'press Next question',
    'see here Panel',
    'choose 3',
  ]),
  view('peer mark', 'too-late', 'A mark after both forms were sent', [
    ...FIRST_HALF,
    'press Panel',
    'see here Question',
    'press Stop here',
    'press Stop it',
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
  view('peer note', 'form', 'The form for a note', [...FIRST_HALF, 'press Panel', 'press Note']),
  view('peer note', 'noted', 'A note', [
    ...FIRST_HALF,
    'press Panel',
    'press Note',
    'fill note=clear start',
  ]),
  view('peer next', 'next', 'The next question', [...FIRST_HALF, 'press Next question']),
  view('peer next', 'swapped', 'Roles swapped', SWAPPED),
  view('peer next', 'not-yours', 'Only the interviewer moves on', [
    ...FIRST_HALF,
    'as Mira',
    'press Next question',
  ]),
  view('peer stop', 'ask', 'Before it stops for both', [...FIRST_HALF, 'press Stop here']),
  view('peer stop', 'finished', 'Time for feedback', FINISHED),
  view('peer feedback', 'form', 'The form for feedback', [...FINISHED, 'press Give feedback']),
  view('peer feedback', 'first', 'The first form is there', [
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
  view('peer feedback', 'back', 'A form that comes too late gives back what was written', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see thread Done',
    'press Give feedback',
    'fill overall=4; well=calm; better=slower',
  ]),
  view('peer feedback', 'alone', 'Three days with the form of the other alone', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'jump 73h',
    'as Mira',
    'see direct Feedback',
  ]),
  view('peer feedback', 'none', 'Three days without the form of the other', [
    ...FINISHED,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'jump 73h',
    'see direct Feedback',
  ]),
  view('peer feedback', 'both', 'Both forms are there', [
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
  view('peer read', 'too-early', 'Not both forms are there', [
    ...FIRST_HALF,
    '/peer read session:1',
  ]),
  view('peer feedback', 'too-early', 'Before the end', [
    ...FIRST_HALF,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
  ]),
  view('peer here', 'waited', 'The partner has not come', [
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
  view('peer here', 'away', 'The bot was away', [...ROOM, 'away', 'see thread I was away']),
  view('peer here', 'late', 'Come too late', [...ROOM, 'jump 1h', '/peer here session:1']),
  view('peer feedback', 'marked', 'Feedback with marks', [
    ...FIRST_HALF,
    'press Panel',
    'choose 3',
    '/peer stop session:1 confirm:yes',
    '/peer feedback session:1 overall:3 well:clear better:numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see direct Feedback',
  ]),
  view('peer leave', 'left', 'Out of the lobby', ['/mock lobby', 'press Leave the lobby']),
];
