import { BARE, type Entry, view, WEEK } from './entry.ts';

const SHARED = ['right', '/share week', 'press Share result'];

/** A live round that is over, in which I answered. */
const ROUND = [
  '/live chapter:3 count:3 difficulty:easy',
  '/live next',
  'see channel Live round',
  'press A',
  '/live next',
  '/live end confirm:yes',
  'see channel Live round: results',
  'press My results',
  'press Share result',
];

/** Results that a person shows to the channel. */
export const SHARING: readonly Entry[] = [
  view('share', 'week', 'My week, before I share it', ['right', '/share week'], WEEK),
  view('share', 'posted', 'My week in the channel', [...SHARED, 'see channel Week'], WEEK),
  view('share', 'shared', 'On its way', SHARED),
  view('share', 'again', 'Shared already', [...SHARED, '/share week']),
  view('share', 'live', 'My result of a live round', ROUND),
  view('share', 'live-posted', 'My result of a live round in the channel', [
    ...ROUND,
    'press Share result',
    'see channel Live round',
  ]),
  view(
    'share',
    'season',
    'A season that I won',
    ['jump 2027-01-05 12:00', 'as Mira', '/share season'],
    WEEK,
  ),
  view('share', 'hidden', 'My week while I hide', ['right', '/me hide', '/share week']),
  view('share', 'no-week', 'No answer in the week', '/share week', BARE),
  view('share', 'no-live', 'No live round', '/share live'),
  view('share', 'no-season', 'No season won', '/share season'),
  view('share', 'open', 'A live round that is not over', ['/live count:3', '/share card:live-1']),
  view('share', 'unanswered', 'A live round without an answer of mine', [
    '/live count:3',
    '/live end',
    '/share card:live-1',
  ]),
  view(
    'share',
    'no-channel',
    'No channel',
    'says Run this in the channel where you want to share it.',
  ),
  view('share remove', 'done', 'Removed', [...SHARED, 'see channel Week', 'press Remove']),
  view(
    'share remove',
    'card',
    'What stays in the channel',
    'says This result was removed by the person who shared it.',
  ),
  view('share remove', 'refused', 'Only by its person', [
    ...SHARED,
    'see channel Week',
    'as Mira',
    'press Remove',
  ]),
  view('share remove', 'again', 'Removed already', [
    ...SHARED,
    'see channel Week',
    'press Remove',
    '/share remove card:week-2026-11-26',
  ]),
];
