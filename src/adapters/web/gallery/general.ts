import { BARE, type Entry, view } from './entry.ts';

/** Help, Slack's App Home, and what any command may say. */
export const GENERAL: readonly Entry[] = [
  view('help', 'overview', 'What you can do', '/help'),
  view('help', 'group', 'Every command of a group', ['/help', 'press Estimates']),
  view('help', 'topic', 'One command', '/help setup'),
  view('help', 'unknown', 'No such command', '/help juggle'),
  view('home', 'open', "Slack's App Home, with an open question", '/home'),
  view('home', 'done', "Slack's App Home, answered", ['right', '/home']),
  view('home', 'empty', "Slack's App Home, before anything is set up", ['as Mira', '/home'], BARE),
  view('any', 'nothing', 'A slash without a command', '/'),
  view('any', 'unknown', 'No such command', '/juggle three models'),
  view('any', 'nearly', 'A misspelled command', '/dayly'),
  view('any', 'extra', 'Extra words', '/status of everything'),
  view('any', 'no-option', 'An unknown option', '/daily --colour red'),
  view('any', 'wrong-value', 'An invalid value', '/daily withdraw post:many'),
  view('any', 'busy', 'Too many requests', 'says Too many requests. Try again in 12 seconds.'),
  view(
    'any',
    'database',
    'A busy database',
    'says The database is busy, so nothing changed. Try again in a few seconds. (Code: 4f2a91)',
  ),
  view(
    'any',
    'unwritable',
    "A database that can't be written",
    "says The database can't be written to right now, so nothing was saved. Try again later, and send code 4f2a91 to the person who hosts Warmup.",
  ),
  view('any', 'many-words', 'Too many words', `/vram ${'llama '.repeat(61).trim()}`),
  view(
    'any',
    'role-unknown',
    "A role the platform doesn't share",
    "says Slack didn't tell me whether you still manage this team, so I can't do this right now. Try again in a few minutes, or use the command in the team's own channel.",
  ),
  view(
    'any',
    'failed',
    'Something failed',
    'says Something went wrong, and nothing changed. Try again. If it keeps happening, send code 4f2a91 to the person who hosts Warmup.',
  ),
  view(
    'any',
    'not-understood',
    'Words that mean nothing',
    "says I didn't understand that. Ask for today's question, an interview, an estimate, or a topic, like what is a KV cache.",
  ),
  view(
    'any',
    'not-submitted',
    'A text from a form that was refused',
    "says Your text wasn't submitted. Copy it from here:",
  ),
  view(
    'any',
    'old-button',
    'An expired button',
    'says This button has expired. Run `help` to start again.',
  ),
  view(
    'any',
    'no-question',
    'A day without a matching question',
    "says I couldn't post today's question: no question matches this schedule's difficulty and chapters. Run `setup change` to add more.",
  ),
  view('team', 'one', 'Where direct messages belong to the workspace', '/team'),
];
