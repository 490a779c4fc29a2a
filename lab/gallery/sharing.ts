import { type Entry, view, WEEK } from './entry.ts';

const SHARED = ['right', '/leaderboard share week', 'press Share result'];

/** Results that a person shows to the channel. */
export const SHARING: readonly Entry[] = [
  view(
    'leaderboard share',
    'week',
    'My week, before I share it',
    ['right', '/leaderboard share week'],
    WEEK,
  ),
  view('leaderboard share', 'hidden', 'My week while I hide', [
    'right',
    '/me hide',
    '/leaderboard share week',
  ]),
  view('leaderboard share', 'no-live', 'No live round', '/leaderboard share live'),
  view('leaderboard share', 'no-season', 'No season won', '/leaderboard share season'),
  view('leaderboard unshare', 'again', 'Removed already', [
    ...SHARED,
    'see channel Week',
    'press Remove',
    '/leaderboard unshare card:week-2026-11-26',
  ]),
];
