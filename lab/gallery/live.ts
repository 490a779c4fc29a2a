import { type Entry, view } from './entry.ts';

const LOBBY = '/live chapter:3 count:3 difficulty:easy';
const ASKED = [LOBBY, 'see channel Live round', 'press Start round', 'see channel Live round'];
const ANSWERED = [...ASKED, 'press B'];
const CLOSED = [...ASKED, 'press A', '/live next', 'see channel Solution'];
const UNTIMED = ['/live count:3 timer:no', '/live next'];
const OVER = [...CLOSED, '/live end confirm:yes'];

/** Live rounds: what the channel shows, and what each person sees alone. */
export const LIVE: readonly Entry[] = [
  view('live', 'lobby', 'A live round before its start', [LOBBY, 'see channel Live round']),
  view('live', 'untimed', 'A live round without a timer', [
    '/live count:3 timer:no',
    'see channel Live round',
  ]),
  view('live', 'host', 'What the host sees first', LOBBY),
  view('live', 'question', 'An open question', ASKED),
  view('live', 'question-untimed', 'An open question without a timer', [
    ...UNTIMED,
    'see channel Live round',
  ]),
  view('live', 'started', 'The first card after the start', [
    LOBBY,
    '/live next',
    'see channel Live round',
  ]),
  view('live', 'solution', 'The solution with the standings', CLOSED),
  view('live', 'solution-untimed', 'The solution without a timer', [
    ...UNTIMED,
    '/live next',
    'see channel Solution',
  ]),
  view('live', 'result', 'The results', [...OVER, 'see channel Live round: results']),
  view('live', 'called-off', 'A live round that never started', [
    LOBBY,
    '/live end',
    'see channel Live round',
  ]),
  view('live', 'status-open', 'The open question, for me alone', [...ANSWERED, '/live']),
  view('live', 'status-closed', 'Between two questions', [...CLOSED, '/live']),
  view('live', 'status-paused', 'While it is paused', [...ASKED, 'press Pause', '/live']),
  view('live', 'too-few', 'Too few questions', '/live chapter:11 difficulty:hard count:20'),
  view('live', 'direct', 'No live round in a direct message', ['go direct', '/live']),
  view('live', 'no-host', 'A round whose host is gone', [
    ...UNTIMED,
    'jump 31m',
    'see channel Live round: results',
  ]),
  view('live', 'failed', 'A round that could not be shown', 'says Live round ended'),
  view('live join', 'first', 'Joined', [LOBBY, '/live join']),
  view('live join', 'second', 'Joined after someone else', [
    LOBBY,
    '/live join',
    'as Mira',
    '/live join',
  ]),
  view('live join', 'none', 'No live round here', '/live join'),
  view('live answer', 'saved', 'An answer that is saved', ANSWERED),
  view('live answer', 'late', 'An answer after the close', [
    ...ASKED,
    '/live next',
    '/live answer round:1 question:1 choice:a',
  ]),
  view('live answer', 'no-option', 'No such option', [
    ...ASKED,
    '/live answer round:1 question:1 choice:x',
  ]),
  view(
    'live answer',
    'gone',
    'A live round that is gone',
    '/live answer round:99 question:1 choice:a',
  ),
  view('live next', 'done', 'The host goes on', [LOBBY, '/live next']),
  view('live next', 'refused', 'Only the host goes on', [LOBBY, 'as Mira', '/live next']),
  view('live pause', 'done', 'The timer is paused', [...ASKED, 'press Pause']),
  view('live pause', 'card', 'A question while the timer is paused', [
    ...ASKED,
    'press Pause',
    'see channel Live round',
  ]),
  view('live pause', 'break', 'Paused between two questions', [
    ...CLOSED,
    'press Pause',
    'see channel Solution',
  ]),
  view('live resume', 'done', 'The timer runs again', [...ASKED, 'press Pause', '/live resume']),
  view('live end', 'ask', 'Before a round ends for everyone', [...ASKED, '/live end']),
  view('live end', 'done', 'A round is ended', OVER),
  view('live end', 'over', 'A round that is over', [...OVER, '/live end round:1']),
  view('live place', 'place', 'My place', [...CLOSED, 'press My place']),
  view('live place', 'none', 'No answer yet', [...ASKED, '/live place']),
  view('live place', 'results', 'My results', [...OVER, '/live place round:1']),
  view('live place', 'hidden', 'My place while I hide', ['/me hide', ...CLOSED, '/live place']),
  view('live practice', 'started', 'Practice of a round', [...OVER, '/live practice round:1']),
  view('live practice', 'early', 'Practice before the end', [...ASKED, '/live practice']),
  view('live practice', 'nothing', 'A round without a question', [
    LOBBY,
    '/live end',
    '/live practice round:1',
  ]),
  view(
    'question show',
    'live',
    'The solution of a question in a live round',
    'says This question is open in a live round right now. Its solution is shown in the channel when it closes.',
  ),
];
