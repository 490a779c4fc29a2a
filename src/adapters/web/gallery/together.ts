import type { Setting } from '../world.ts';
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
].flatMap(([name, group]) => [`as ${name}`, `/group join ${group}`]);

const FRIDAY = ['/digest on days:fri time:16:00', 'jump 2026-11-27 16:00'];

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
  view('group', 'none', 'Not in a group', '/group'),
  view('group', 'joined', 'In a group', [...IN_GROUPS, '/group join blue'], LARGE),
  view('group', 'mine', 'My group', ['/group join blue', '/group']),
  view('group', 'left', 'Group left', ['/group join blue', 'press Leave group']),
  view('group', 'no-name', 'Which group?', '/group join'),
  view('group', 'bad-name', 'A name that is no name', '/group join name:"<blue>"'),
  view(
    'group',
    'too-many',
    'Too many groups',
    'says A team has up to 12 groups. Join one of them.',
  ),
  view('group', 'remove', 'Removed by an admin', ['/group join blue', '/group remove blue']),
  view('group', 'remove-unknown', 'No such group', '/group remove blue'),
  view('group', 'remove-not-admin', 'Only for admins', ['as Mira', '/group remove blue']),
  view('remind', 'off', 'Reminders are off', '/remind'),
  view('remind', 'on', 'Turned on', '/remind 08:30'),
  view('remind', 'reviews', 'Only reviews', '/remind about:reviews quiet:none'),
  view('remind', 'daily', 'Only the daily question', ['/remind 08:30', 'press Only daily']),
  view('remind', 'turned-off', 'Turned off', ['/remind 08:30', 'press Turn off']),
  view('remind', 'in-quiet', 'A time in the quiet hours', '/remind 23:00'),
  view('remind', 'no-quiet', 'Quiet hours that are none', '/remind 08:30 quiet:night'),
  view('remind', 'message', 'The message in private', [
    '/remind 10:00',
    'jump tomorrow 10:00',
    'see direct',
  ]),
  view('remind', 'last-message', 'The last one, when none was used', [
    '/remind 10:00',
    'jump 2026-12-03 10:00',
    'see direct',
  ]),
  view('remind', 'review-message', 'Reviews in private', [
    'wrong',
    '/remind time:10:00 about:reviews',
    'jump 2026-12-01 10:00',
    'see direct',
  ]),
  view('remind', 'no-day', 'No day is left', 'says Choose at least one day.'),
  view('digest', 'show', "The team's week", '/digest', WEEK),
  view('digest', 'nothing', 'Nothing closed yet', '/digest', BARE),
  view('digest', 'on', 'Turned on', '/digest on'),
  view(
    'digest',
    'posted',
    'Weekly digest in the channel',
    [...FRIDAY, 'see channel Weekly'],
    LARGE,
  ),
  view('digest', 'shown-on', 'Turned on already', ['/digest on', '/digest'], WEEK),
  view(
    'digest',
    'season',
    'The digest after a season',
    ['/digest on days:tue time:16:00', 'jump 2027-01-05 16:00', 'see channel Weekly'],
    WEEK,
  ),
  view(
    'digest',
    'leaderboard',
    'Leaderboard in the channel',
    [
      '/digest on what:leaderboard days:fri time:16:00',
      'jump 2026-11-27 16:00',
      'see channel Lead',
    ],
    LARGE,
  ),
  view('digest', 'leaderboard-on', 'Leaderboard turned on', '/digest on what:leaderboard'),
  view(
    'digest',
    'places',
    'A digest without names',
    ['/leaderboard show:places', ...FRIDAY, 'see channel Weekly'],
    LARGE,
  ),
  view('digest', 'off', 'Turned off from the message', [
    ...FRIDAY,
    'see channel Weekly',
    'press Turn off',
  ]),
  view('digest', 'off-already', 'Off already', '/digest off'),
  view('digest', 'not-admin', 'Only for admins', ['as Mira', '/digest on']),
  view('digest', 'no-permission', 'A missing permission', ['fault permission', '/digest on']),
  view(
    'digest',
    'no-channel',
    'No channel',
    'says Run this in the channel that it should be posted in.',
  ),
  view(
    'status',
    'team',
    'How the team takes part',
    ['right', 'jump 23h', '/status view:team'],
    LARGE,
  ),
  view('status', 'team-few', 'Too few people', '/status view:team'),
];
