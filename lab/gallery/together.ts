import type { Setting } from '../../src/adapters/web/world.ts';
import { BARE, type Entry, view, WEEK } from './entry.ts';

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
  view('leaderboard', 'no-groups', 'No groups yet', '/leaderboard groups'),
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
  view('leaderboard', 'place', 'My place, without names', ['as Mira', '/leaderboard place'], LARGE),
  view('leaderboard', 'place-low', 'In the lower half', ['wrong', '/leaderboard place'], LARGE),
  view('leaderboard', 'place-few', 'Too few people for a place', ['right', '/leaderboard place']),
  view('leaderboard', 'place-none', 'No place yet', '/leaderboard place', BARE),
  view('leaderboard', 'places-only', 'Names turned off', '/leaderboard show:places'),
  view('leaderboard', 'names-again', 'Names turned on again', [
    '/leaderboard show:places',
    'press Undo',
  ]),
  view('leaderboard', 'turned-off', 'Leaderboards turned off', '/leaderboard show:off'),
  view('leaderboard', 'off', 'Leaderboards are off', ['/leaderboard show:off', '/leaderboard']),
  view('leaderboard group', 'none', 'Not in a group', '/leaderboard group'),
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
  view('leaderboard group', 'no-name', 'Which group?', '/leaderboard group join'),
  view(
    'leaderboard group',
    'bad-name',
    'A name that is no name',
    '/leaderboard group join name:"<blue>"',
  ),
  view(
    'leaderboard group',
    'too-many',
    'Too many groups',
    'says A team has up to 12 groups. Join one of them.',
  ),
  view('leaderboard group', 'remove', 'Removed by an admin', [
    '/leaderboard group join blue',
    '/leaderboard group remove blue',
  ]),
  view('leaderboard group', 'remove-unknown', 'No such group', '/leaderboard group remove blue'),
  view('leaderboard group', 'remove-not-admin', 'Only for admins', [
    'as Mira',
    '/leaderboard group remove blue',
  ]),
  view('me remind', 'off', 'Reminders are off', '/me remind'),
  view('me remind', 'on', 'Turned on', '/me remind 08:30'),
  view('me remind', 'reviews', 'Only reviews', '/me remind about:reviews quiet:none'),
  view('me remind', 'daily', 'Only the daily question', ['/me remind 08:30', 'press Only daily']),
  view('me remind', 'turned-off', 'Turned off', ['/me remind 08:30', 'press Turn off']),
  view('me remind', 'in-quiet', 'A time in the quiet hours', '/me remind 23:00'),
  view('me remind', 'no-quiet', 'Quiet hours that are none', '/me remind 08:30 quiet:night'),
  view('me remind', 'message', 'The message in private', [
    '/me remind 10:00',
    'jump tomorrow 10:00',
    'see direct',
  ]),
  view('me remind', 'last-message', 'The last one, when none was used', [
    '/me remind 10:00',
    'jump 2026-12-03 10:00',
    'see direct',
  ]),
  view('me remind', 'review-message', 'Reviews in private', [
    'wrong',
    '/me remind time:10:00 about:reviews',
    'jump 2026-12-01 10:00',
    'see direct',
  ]),
  view('me remind', 'no-day', 'No day is left', 'says Choose at least one day.'),
  view('setup digest', 'show', "The team's week", '/setup digest', WEEK),
  view('setup digest', 'nothing', 'Nothing closed yet', '/setup digest', BARE),
  view('setup digest', 'on', 'Turned on', '/setup digest on'),
  view('setup digest', 'edit', 'Posted on another day', [
    '/setup digest on',
    'press Edit',
    'fill days=mon; time=10:00',
  ]),
  view(
    'setup digest',
    'posted',
    'Weekly digest in the channel',
    [...FRIDAY, 'see channel Weekly'],
    LARGE,
  ),
  view(
    'setup digest',
    'shown-on',
    'Turned on already',
    ['/setup digest on', '/setup digest'],
    WEEK,
  ),
  view(
    'setup digest',
    'season',
    'The digest after a season',
    ['/setup digest on days:tue time:16:00', 'jump 2027-01-05 16:00', 'see channel Weekly'],
    WEEK,
  ),
  view(
    'setup digest',
    'leaderboard',
    'Leaderboard in the channel',
    [
      '/setup digest on what:leaderboard days:fri time:16:00',
      'jump 2026-11-27 16:00',
      'see channel Lead',
    ],
    LARGE,
  ),
  view(
    'setup digest',
    'leaderboard-on',
    'Leaderboard turned on',
    '/setup digest on what:leaderboard',
  ),
  view(
    'setup digest',
    'places',
    'A digest without names',
    ['/leaderboard show:places', ...FRIDAY, 'see channel Weekly'],
    LARGE,
  ),
  view('setup digest', 'off', 'Turned off from the message', [
    ...FRIDAY,
    'see channel Weekly',
    'press Turn off',
  ]),
  view('setup digest', 'off-already', 'Off already', '/setup digest off'),
  view('setup digest', 'not-admin', 'Only for admins', ['as Mira', '/setup digest on']),
  view('setup digest', 'no-permission', 'A missing permission', [
    'fault permission',
    '/setup digest on',
  ]),
  view(
    'setup digest',
    'no-channel',
    'No channel',
    'says Run this in the channel that it should be posted in.',
  ),
  view('setup digest', 'failed', 'A digest that could not be posted', "says Couldn't post"),
  view(
    'setup team',
    'team',
    'How the team takes part',
    ['right', 'jump 23h', '/setup team'],
    LARGE,
  ),
  view('setup team', 'few', 'Too few people', '/setup team'),
];
