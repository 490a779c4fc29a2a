import { BARE, type Entry, view } from './entry.ts';

/** Schedules: setting them up, and their status. */
export const SETUP: readonly Entry[] = [
  view(
    'setup',
    'refused',
    'A form with a mistake',
    ['/setup', 'fill time=10:30; difficulty=impossible'],
    BARE,
  ),
  view('setup switch', 'delete', 'Before a schedule is deleted', '/setup delete'),
  view('setup switch', 'show-off', 'A schedule that is off', ['/setup off', '/setup switch']),
  view('setup', 'panel', 'The panel of admins', '/setup'),
  view('setup log', 'changes', 'Who changed which setting', [
    '/setup change time:10:30 days:"mon wed"',
    '/daily skip',
    '/setup log',
  ]),
];
