// Every way in, filled by chance: each returns what is said, and how much of it a platform lets through.

import {
  commandInput,
  formInput,
  messageInput,
  shortcutInput,
} from '../../../src/adapters/slack/requests.ts';
import { buttonId } from '../../../src/spine/button.ts';
import { attachment, file } from './files.mjs';
import { answer, NUMBERS, text } from './texts.mjs';

const TEAM = { id: 'T1', name: 'Team' };
/** Slack's longest message, and what an adapter lets through as one line. */
const LONGEST_TYPED = 40_000;
/** The longest value of an option of Discord's. */
const LONGEST_OPTION = 6000;
const LONGEST_FIELD = 4000;
const LARGEST_FILE = 10 * 1024 * 1024;

/** What is said by chance, as `{ way, said }`; an autocompletion is `{ way, completes }`. */
export function input(chance, { commands, samples }) {
  const way = pickWay(chance);
  const command = chance.one(commands);
  switch (way) {
    case 'line':
      return { way, said: lineSaid(chance, command) };
    case 'words':
      return { way, said: slackWords(chance) };
    case 'options':
      return {
        way,
        said: { kind: 'command', command: command.name, values: values(chance, command, samples) },
      };
    case 'form':
      return { way, said: sentForm(chance, command, samples) };
    case 'button':
      return { way, said: { kind: 'button', id: pressed(chance, command) } };
    case 'action':
      return { way, said: onMessage(chance, commands) };
    case 'file':
      return { way, said: withFile(chance, commands, samples) };
    default: {
      const asked = commands.filter(({ options }) => options.some(({ suggests }) => suggests));
      const { name, options } = chance.one(asked);
      const option = chance.one(options.filter(({ suggests }) => suggests)).name;
      return { way, completes: { command: name, option, typed: text(chance, LONGEST_OPTION) } };
    }
  }
}

const WAYS = {
  line: 24,
  words: 14,
  options: 18,
  form: 10,
  button: 8,
  action: 5,
  file: 14,
  complete: 7,
};

function pickWay(chance) {
  let left = chance.below(100);
  for (const [way, share] of Object.entries(WAYS)) {
    left -= share;
    if (left < 0) return way;
  }
  return 'line';
}

function lineSaid(chance, command) {
  const first = chance.percent(85) ? command.name : text(chance, 80);
  const rest = chance.percent(50)
    ? text(chance, LONGEST_TYPED)
    : named(chance, command).join(chance.one([' ', ' ', '\n']));
  const line = `${first} ${rest}`;
  if (chance.percent(40)) return commandInput({ command: '/warmup', text: line }, TEAM);
  return { kind: 'text', text: line };
}

function named(chance, command) {
  return command.options
    .filter(() => chance.percent(40))
    .map((option) => {
      const value = value_(chance, option, 2000);
      const name = chance.one([option.name, ...(option.words ?? [])]);
      const quoted = chance.percent(40) ? JSON.stringify(value) : value;
      return chance.one([
        `${name}:${quoted}`,
        `${name}=${quoted}`,
        `--${name} ${quoted}`,
        `${name} ${quoted}`,
        quoted,
      ]);
    });
}

/** A value of an option as text: what it expects, what is out of its range, or anything. */
function value_(chance, option, most) {
  const { one, percent } = chance;
  const length = Math.min(most, (option.maxLength ?? most) + (percent(10) ? 50 : 0));
  if (percent(15)) return text(chance, most);
  if (option.choices && percent(80)) return one(option.choices);
  if (/int|number|count/.test(option.kind)) return one(NUMBERS);
  if (option.kind === 'boolean') return one(['yes', 'no', 'on', '', 'maybe']);
  return text(chance, Math.max(1, length));
}

function values(chance, command, samples, most = LONGEST_OPTION) {
  const given = {};
  for (const option of command.options) {
    if (!option.required && chance.percent(55)) continue;
    given[option.name] = typed(chance, option, samples, most);
  }
  return given;
}

function typed(chance, option, samples, most) {
  const { one, percent, below } = chance;
  const longest = option.multiline ? Math.min(option.maxLength ?? most, 200_000) : most;
  if (option.kind === 'file') {
    const { name, bytes } = file(chance, samples, 1_000_000);
    return attachment(name, bytes);
  }
  if (option.suggests === 'configs' && percent(60))
    return file(chance, samples, longest).bytes.toString('utf8').slice(0, longest);
  if (option.name === 'text' && option.maxLength > 50_000)
    return file(chance, samples, longest).bytes.toString('utf8').slice(0, longest);
  if (option.name === 'text') return answer(chance, longest);
  if (/int|number/.test(option.kind) && percent(60))
    return one([0, 1, 2, 3, 7, -1, 2 ** 53, -(2 ** 53), 1e308, 5e-324, 0.5, 1024]);
  if (option.kind === 'boolean' && percent(70)) return percent(50);
  if (option.kind === 'list' && percent(50))
    return Array.from({ length: below(30) }, () => value_(chance, option, 100));
  return value_(chance, option, longest);
}

function sentForm(chance, command, samples) {
  const id = pressed(chance, command);
  const given = values(chance, command, samples, LONGEST_FIELD);
  if (chance.percent(50)) return { kind: 'form', id, values: given };
  const state = Object.entries(given).map(([name, value]) => [
    name,
    {
      text: {
        value: typeof value === 'object' ? text(chance, 3000) : String(value).slice(0, 3000),
      },
    },
  ]);
  const view = { state: { values: Object.fromEntries(state) } };
  return formInput({ view }, { form: id }, TEAM);
}

function pressed(chance, command) {
  if (chance.percent(10)) return text(chance, 255);
  const line = [command.name, ...named(chance, command)].join(' ');
  const { id } = buttonId(line);
  return chance.percent(70) ? id : `${chance.one(['1', '2'])}:${line.slice(0, 98)}`;
}

function onMessage(chance, commands) {
  const command = chance.one(commands.filter(({ message }) => message));
  const said = answer(chance, LONGEST_TYPED);
  const event = { callback_id: command.name, message: { text: said, user: 'U1' } };
  if (chance.percent(50)) return shortcutInput(event, commands, TEAM);
  return {
    kind: 'action',
    command: command.name,
    text: said.slice(0, 4000),
    author: 'slack:T1/U1',
  };
}

function slackWords(chance) {
  const words = answer(chance, chance.percent(80) ? 4000 : LONGEST_TYPED);
  const isLine = chance.percent(50);
  if (chance.percent(50))
    return { ...messageInput({ text: words, ts: '1.2' }, { team: TEAM, botUser: 'UBOT' }), isLine };
  return { kind: 'words', text: words, isLine };
}

function withFile(chance, commands, samples) {
  const { name, bytes } = file(chance, samples, LARGEST_FILE);
  const given = attachment(name, bytes);
  const command = chance.percent(60)
    ? 'question import'
    : chance.one(commands.filter(({ options }) => options.some(({ kind }) => kind === 'file')))
        .name;
  if (chance.percent(50)) return { kind: 'text', text: command, file: given };
  return { kind: 'command', command, values: { file: given } };
}
