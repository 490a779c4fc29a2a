import { type Entry, view } from './entry.ts';

/** Help, Slack's App Home, and what any command may say. */
export const GENERAL: readonly Entry[] = [
  view('help', 'overview', 'What you can do', ['right', '/help']),
  view('help', 'group', 'Every command of a group', ['/help commands', 'press Estimates']),
  view('help', 'topic', 'One command', '/help setup'),
  view('help', 'unknown', 'No such command', '/help juggle'),
  view('home', 'open', "Slack's App Home, with an open question", '/home'),
  view('any', 'nothing', 'A slash without a command', '/'),
  view('any', 'unknown', 'No such command', '/juggle three models'),
  view('any', 'nearly', 'A misspelled command', '/dayly'),
  view('any', 'extra', 'Extra words', '/setup of everything'),
  view('any', 'by-button', 'A sentence that a button answers', '/withdraw question 2'),
  view('any', 'no-option', 'An unknown option', '/daily --colour red'),
  view('any', 'many-words', 'Too many words', `/vram ${'llama '.repeat(61).trim()}`),
  view('me server', 'one', 'Where direct messages belong to the workspace', '/me server'),
];
