import { BARE, type Entry, view } from './entry.ts';

/** Schedules: setting them up, and how they do. */
export const SETUP: readonly Entry[] = [
  view('setup', 'form', 'The form that sets it up', '/setup', BARE),
  view(
    'setup',
    'refused',
    'A form with a mistake',
    ['/setup', 'fill time=10:30; difficulty=impossible'],
    BARE,
  ),
  view(
    'setup',
    'panel',
    'Planned, with a preview',
    '/setup channel:#daily time:09:00 zone:Europe/Berlin',
    BARE,
  ),
  view(
    'setup',
    'missing',
    'Planned, with a missing permission',
    ['fault permission', '/setup channel:#daily'],
    BARE,
  ),
  view('setup', 'on', 'Turned on', ['/setup channel:#daily', 'press Turn on'], BARE),
  view(
    'setup',
    'not-on',
    'Not on for want of a permission',
    ['fault permission', '/setup channel:#daily', 'press Turn on'],
    BARE,
  ),
  view('setup', 'off', 'Turned off', '/setup off'),
  view('setup', 'change', 'Changed', '/setup change time:10:30'),
  view('setup', 'change-taken', 'An hour that is taken', [
    '/setup channel:#daily time:17:00',
    '/setup change schedule:1 time:17:00',
  ]),
  view('setup', 'change-off', 'An hour of one that is off', [
    '/setup off',
    '/setup channel:#daily time:17:00',
    '/setup change time:09:00',
  ]),
  view('setup', 'check', 'Permissions', '/setup check'),
  view('setup', 'check-missing', 'A missing permission', ['fault permission', '/setup check']),
  view('setup', 'nothing', 'Nothing to change yet', '/setup change time:10:30', BARE),
  view('setup', 'unknown', 'No such schedule', '/setup change schedule:99 time:10:30'),
  view('setup', 'several', 'Several schedules', [
    '/setup channel:#daily time:17:00',
    '/setup change time:10:30',
  ]),
  view('setup', 'no-time', 'No such time', '/setup channel:#daily time:noonish'),
  view('setup', 'no-zone', 'No such zone', '/setup channel:#daily zone:Atlantis'),
  view('setup', 'no-weekday', 'No such day of the week', '/setup channel:#daily days:someday'),
  view('setup', 'no-days', 'No day at all', '/setup channel:#daily days:","'),
  view('setup', 'no-chapter', 'No such chapter', '/setup channel:#daily chapters:"5 40"'),
  view(
    'setup',
    'no-items',
    'A mix without questions',
    'says No question fits these difficulties and chapters. Choose more of them.',
  ),
  view('setup', 'not-saved', 'Not saved', 'says I could not save this schedule. Try again.'),
  view('status', 'on', 'A schedule that runs', '/status'),
  view('status', 'off', 'A schedule that is off', ['/setup off', '/status']),
  view('status', 'problems', 'What did not work', [
    'fault permission',
    'jump tomorrow 09:00',
    '/status',
  ]),
  view('status', 'empty', 'Nothing is set up', '/status', BARE),
];
