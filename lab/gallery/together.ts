import type { Setting } from '../../src/adapters/web/world.ts';
import { type Entry, view, WEEK } from './entry.ts';

const LARGE: Setting = { days: 5, isLarge: true };

/** Everybody of the large team in one of two groups. */
const IN_GROUPS = [
  ['Mira', 'blue'],
  ['Tomás', 'blue'],
  ['Wei', 'blue'],
  ['Lena', 'red'],
  ['Omar', 'red'],
  ['Emma', 'red'],
  ['Paul', 'green'],
].flatMap(([name, group]) => [`as ${name}`, `/leaderboard group join ${group}`]);

const FRIDAY = ['/setup digest on days:fri time:16:00', 'jump 2026-11-27 16:00'];

/** What a team has together: groups, places, digests, and the reminders of each person. */
export const TOGETHER: readonly Entry[] = [
  view(
    'leaderboard',
    'groups',
    'Group against group',
    [...IN_GROUPS, '/leaderboard groups'],
    LARGE,
  ),
  view(
    'leaderboard',
    'chapter',
    'One chapter this season',
    ['jump tomorrow 09:00', '/leaderboard chapter:2'],
    WEEK,
  ),
  view('leaderboard', 'no-chapter', 'Which chapter?', '/leaderboard view:chapter'),
  view('leaderboard', 'chapter-empty', 'A chapter without questions', '/leaderboard chapter:11'),
  view(
    'leaderboard',
    'winners',
    'Winners of past seasons',
    ['jump 2027-01-05 12:00', '/leaderboard season'],
    WEEK,
  ),
  view('leaderboard', 'place-low', 'In the lower half', ['wrong', '/leaderboard place'], LARGE),
  view('leaderboard', 'places-only', 'Names turned off', '/leaderboard show:places'),
  view('leaderboard', 'turned-off', 'Leaderboards turned off', '/leaderboard show:off'),
  view(
    'leaderboard group',
    'joined',
    'In a group',
    [...IN_GROUPS, '/leaderboard group join blue'],
    LARGE,
  ),
  view('leaderboard group', 'mine', 'My group', [
    '/leaderboard group join blue',
    '/leaderboard group',
  ]),
  view('leaderboard group', 'left', 'Group left', [
    '/leaderboard group join blue',
    'press Leave group',
  ]),
  view('leaderboard group', 'remove', 'Removed by an admin', [
    '/leaderboard group join blue',
    '/leaderboard group remove blue',
  ]),
  view('me remind', 'off', 'Reminders are off', '/me remind'),
  view('me remind', 'on', 'Turned on', '/me remind 08:30'),
  view('me remind', 'daily', 'Only the daily question', ['/me remind 08:30', 'press Only daily']),
  view('me remind', 'turned-off', 'Turned off', ['/me remind 08:30', 'press Turn off']),
  view('me remind', 'no-quiet', 'Quiet hours that are none', '/me remind 08:30 quiet:night'),
  view('setup digest', 'edit', 'Posted on another day', [
    '/setup digest on',
    'press Edit',
    'fill days=mon; time=10:00',
  ]),
  view(
    'setup digest',
    'shown-on',
    'Turned on already',
    ['/setup digest on', '/setup digest'],
    WEEK,
  ),
  view('setup digest', 'off', 'Turned off from the message', [
    ...FRIDAY,
    'see channel Weekly',
    'press Turn off',
  ]),
  view(
    'setup team',
    'team',
    'How the team takes part',
    ['right', 'jump 23h', '/setup team'],
    LARGE,
  ),
];
