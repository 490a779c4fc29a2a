import { type Entry, view, WEEK } from './entry.ts';

const PREPARING = '/path action:date date:2026-12-20 minutes:15';

/** Learning paths, plans to an interview, and progress. */
export const PATHS: readonly Entry[] = [
  view('path', 'choose', 'Choosing a path', '/path'),
  view('path', 'date', 'A plan to an interview', PREPARING),
  view('path', 'plan', 'The plan, day by day', [PREPARING, 'press Show plan']),
  view('path', 'no-date', 'Not a date', '/path date:soon'),
  view('path', 'past', 'A date that has passed', '/path date:2026-11-01'),
  view('path', 'far', 'A date that is too far', '/path date:2029-01-01'),
  view('path', 'over', 'After the interview', [
    '/path start:b date:2026-11-26',
    'jump tomorrow 09:00',
    '/path',
  ]),
  view('path', 'placement', 'Finding what I know', ['/path start:c', 'press Find what I know']),
  view('path', 'stop', 'Leaving a path', ['/path start:b', '/path stop']),
  view('me', 'progress', 'My progress', ['right', '/me progress'], WEEK),
];
