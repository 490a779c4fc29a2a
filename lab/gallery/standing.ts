import { type Entry, view, WEEK } from './entry.ts';

/** Leaderboards, points and what belongs to one person. */
export const STANDING: readonly Entry[] = [
  view('leaderboard', 'rank', 'Team leaderboard', ['right', '/leaderboard'], WEEK),
  view('leaderboard', 'week', 'This week', ['jump tomorrow 09:00', '/leaderboard week'], WEEK),
  view('leaderboard', 'month', 'This month', '/leaderboard month', WEEK),
  view('leaderboard', 'all-time', 'All-time totals', '/leaderboard all-time', WEEK),
  view('leaderboard why', 'score', 'How my score adds up', ['right', '/leaderboard why'], WEEK),
  view('me', 'unhide', 'On the leaderboards again', ['/me hide', '/me unhide']),
  view('me', 'export', 'My data', ['right', '/me export']),
  view('me', 'delete', 'Confirming a deletion', '/me delete'),
  view('me', 'zone-missing', 'No time zone named', '/me action:zone'),
  view('me', 'zone-unknown', 'No such time zone', '/me action:zone zone:Atlantis'),
];
