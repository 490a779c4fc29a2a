import { BARE, type Entry, view, WEEK } from './entry.ts';

const SHARED = ['right', '/leaderboard share week', 'press Share result'];

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
  view(
    'leaderboard share',
    'week',
    'My week, before I share it',
    ['right', '/leaderboard share week'],
    WEEK,
  ),
  view(
    'leaderboard share',
    'posted',
    'My week in the channel',
    [...SHARED, 'see channel Week'],
    WEEK,
  ),
  view('leaderboard share', 'shared', 'On its way', SHARED),
  view('leaderboard share', 'again', 'Shared already', [...SHARED, '/leaderboard share week']),
  view('leaderboard share', 'live', 'My result of a live round', ROUND),
  view('leaderboard share', 'live-posted', 'My result of a live round in the channel', [
    ...ROUND,
    'press Share result',
    'see channel Live round',
  ]),
  view(
    'leaderboard share',
    'season',
    'A season that I won',
    ['jump 2027-01-05 12:00', 'as Mira', '/leaderboard share season'],
    WEEK,
  ),
  view('leaderboard share', 'hidden', 'My week while I hide', [
    'right',
    '/me hide',
    '/leaderboard share week',
  ]),
  view('leaderboard share', 'no-week', 'No answer in the week', '/leaderboard share week', BARE),
  view('leaderboard share', 'no-live', 'No live round', '/leaderboard share live'),
  view('leaderboard share', 'no-season', 'No season won', '/leaderboard share season'),
  view('leaderboard share', 'open', 'A live round that is not over', [
    '/live count:3',
    '/leaderboard share card:live-1',
  ]),
  view('leaderboard share', 'unanswered', 'A live round without an answer of mine', [
    '/live count:3',
    '/live end',
    '/leaderboard share card:live-1',
  ]),
  view(
    'leaderboard share',
    'no-channel',
    'No channel',
    'says Run this in the channel where you want to share it.',
  ),
  view('leaderboard unshare', 'done', 'Removed', [...SHARED, 'see channel Week', 'press Remove']),
  view(
    'leaderboard unshare',
    'card',
    'What stays in the channel',
    'says This result was removed by the person who shared it.',
  ),
  view('leaderboard unshare', 'refused', 'Only by its person', [
    ...SHARED,
    'see channel Week',
    'as Mira',
    'press Remove',
  ]),
  view('leaderboard unshare', 'again', 'Removed already', [
    ...SHARED,
    'see channel Week',
    'press Remove',
    '/leaderboard unshare card:week-2026-11-26',
  ]),
];
