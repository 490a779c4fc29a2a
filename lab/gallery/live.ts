import { type Entry, view } from './entry.ts';

const LOBBY = '/live chapter:3 count:3 difficulty:easy';
const ASKED = [LOBBY, 'see channel Live round', 'press Start round', 'see channel Live round'];
const ANSWERED = [...ASKED, 'press B'];
const CLOSED = [...ASKED, 'press A', '/live next', 'see channel Solution'];
const OVER = [...CLOSED, '/live end confirm:yes'];

/** Live rounds: what the channel shows, and what each person sees alone. */
export const LIVE: readonly Entry[] = [
  view('live', 'untimed', 'A live round without a timer', [
    '/live count:3 timer:no',
    'see channel Live round',
  ]),
  view('live', 'status-open', 'The open question, for me alone', [...ANSWERED, '/live']),
  view('live', 'too-few', 'Too few questions', '/live chapter:11 difficulty:hard count:20'),
  view('live join', 'first', 'Joined', [LOBBY, '/live join']),
  view(
    'live answer',
    'gone',
    'A live round that is gone',
    '/live answer round:99 question:1 choice:a',
  ),
  view('live next', 'done', 'The host goes on', [LOBBY, '/live next']),
  view('live pause', 'break', 'Paused between two questions', [
    ...CLOSED,
    'press Pause',
    'see channel Solution',
  ]),
  view('live resume', 'done', 'The timer runs again', [...ASKED, 'press Pause', '/live resume']),
  view('live end', 'over', 'A round that is over', [...OVER, '/live end round:1']),
  view('live place', 'results', 'My results', [...OVER, '/live place round:1']),
  view('live practice', 'started', 'Practice of a round', [...OVER, '/live practice round:1']),
];
