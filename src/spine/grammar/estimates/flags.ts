import type { Command, Option } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { unknownOption } from '../unmatched-args.ts';
import { looksLike } from '../values.ts';
import { hasManyFlags, isTrainer, settle, withoutProgram, wordsOfFlag } from './calls.ts';
import { BARE_FLAG } from './lexicon.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What a line says by name, the words that are left, and flags of a program that no option is. */
export type Named = {
  raw: Map<string, string>;
  pieces: Piece[];
  unused: string[];
  /** Flags that count only where nothing else says it: the type of what isn't quantized, and tokens in all. */
  weak: readonly Weak[];
};

/**
 * Takes what has a name: `name:value`, `name=value`, `--name value`. A command line of a program that serves models is
 * read the same way; its other flags change nothing.
 *
 * @throws UserError for a flag that is no option, unless it is one of a program's.
 */
export function takeNamed(command: Command, line: string, recognize: OptionMatcher): Named {
  const raw = new Map<string, string>();
  const unused: string[] = [];
  const { rest, engine, called } = withoutProgram(line);
  const isCall = called !== undefined || hasManyFlags(line);
  // What measures or trains asks for as many; llama.cpp's slots are made at the start.
  const isServed = called !== undefined && engine !== 'llama.cpp' && SERVES.test(called);
  const weak: Weak[] = [];
  const all = piecesOf(rest);
  const pieces: Piece[] = [];
  for (let at = 0; at < all.length; at += 1) {
    const [piece, next] = all.slice(at, at + 2);
    if (!piece) break;
    const named = readName(command, piece);
    const isValueNext = next !== undefined && !/^-{1,2}[a-z]/i.test(next.text);
    const said = isCall && named && wordsOfFlag(named.name, named.value ?? next?.text ?? '');
    if (!named) pieces.push(...labelled(command, piece));
    else if (isCall && named.option && WEAK.test(named.name)) {
      const value = named.value ?? next?.text ?? '';
      weak.push({
        option: named.option,
        value,
        text: named.value ? piece.text : `${piece.text} ${value}`,
      });
      if (named.value === undefined) at += 1;
    } else if (said) {
      pieces.push(...said.map(wordOf));
      if (named.value === undefined) at += 1;
    } else if (isCall && isServed && named.isFlag && isLimit(named, recognize)) {
      const takes = named.value === undefined && isValueNext;
      unused.push(`${takes ? `${piece.text} ${next.text}` : piece.text} (only a limit)`);
      if (takes) at += 1;
    } else if (!named.option) {
      if (named.isFlag && !isCall) throw new UserError(unknownOption(command, named.name));
      const takes =
        named.isFlag && named.value === undefined && isValueNext && takesValue(piece, next);
      unused.push(takes ? `${piece.text} ${next.text}` : piece.text);
      if (takes) at += 1;
    } else if (VALUES.test(named.name) && raw.has(named.option.name)) {
      // One format stands for both here.
      const value = named.value ?? next?.text ?? '';
      if (raw.get(named.option.name) !== value)
        unused.push(`${value} values (counted like the keys)`);
      if (named.value === undefined) at += 1;
    } else if (named.value !== undefined) put(raw, named.option, named.value);
    else if (named.option.kind === 'boolean' && !(next && looksLike(named.option, next.text)))
      raw.set(named.option.name, 'yes');
    else if (
      isValueNext &&
      !(isNamed(named.option) && recognize(named.option.suggests ?? '', next.text))
    ) {
      // What a list knows is found by itself, also where it has more than one word: `-m llama3 8b`.
      put(raw, named.option, next.text);
      at += 1;
    } else if (!isValueNext && named.option.also?.['yes']) raw.set(named.option.name, 'yes');
    else if (!isValueNext) unused.push(piece.text);
  }
  const option = command.options.find(({ name }) => name === 'engine');
  if (engine !== undefined && option) put(raw, option, engine);
  else if (called !== undefined && !isTrainer(called)) unused.push(called);
  settle(line, engine, raw, unused);
  return { raw, pieces, unused, weak };
}

/** Fills what nothing else has said with the flags that count then, and tells those that don't. */
export function addWeak({ weak, unused }: Named, told: Map<string, string>, line: string): void {
  for (const { option, value, text } of weak)
    if (told.has(option.name) || (option.suggests === 'formats' && QUANTIZED.test(line)))
      unused.push(text);
    else told.set(option.name, value);
}

/** Programs that serve, and don't measure. */
const SERVES = /^(?!.*bench).*(?:serve|entrypoints|openai|launch|sglang)/i;

/** A flag that caps what may be asked is no demand: `--max-num-seqs 256` isn't 256 full sequences. */
const isLimit = ({ name }: Name, recognize: OptionMatcher) => recognize('limits', name);

type Weak = { option: Option; value: string; text: string };

/** The format of the cache's values, where that of its keys is told. */
const VALUES = /^(?:ctv|cache-type-v)$/;

const WEAK = /^(?:dtype|torch[-_]dtype|max-total-tokens)$/;

/** Names of formats in a model's name or beside it. */
const QUANTIZED = /(?:awq|gptq|fp[48]|int[48]|w[48]a|[48]bit|bnb|mxfp4)/i;

/** Two values by name are a contradiction, such as keys and values of the cache in two formats. */
function put(raw: Map<string, string>, { name, label }: Option, value: string): void {
  const known = raw.get(name);
  if (known !== undefined && known !== value)
    throw new UserError(`Enter one ${label.toLowerCase()}, not ${known} and ${value}.`);
  raw.set(name, value);
}

/** `alpha=16` is no option, and still two words: what it is, and how much. */
function labelled(command: Command, piece: Piece): Piece[] {
  const [, label = '', value = ''] = /^([a-z_-]{2,20})[:=]([\d.]+\S*)$/.exec(piece.key) ?? [];
  if (piece.quoted || !vocabularyOf(command).has(label)) return [piece];
  return [label, value].map(wordOf);
}

const wordOf = (text: string): Piece => ({ text, key: text.toLowerCase(), quoted: false });

const isNamed = ({ suggests }: Option) => suggests === 'models' || suggests === 'gpus';

const takesValue = ({ text }: Piece, next: Piece) =>
  !BARE_FLAG.test(text.replaceAll('_', '-')) || /^(?:on|off|auto|true|false|[01])$/.test(next.key);

/** No flag or option is longer, but for one with a text behind its name. */
const MAX_WORD = 200;

type Name = { name: string; option?: Option; value?: string; isFlag: boolean };

function readName(command: Command, { text, quoted }: Piece): Name | undefined {
  if (text.length > MAX_WORD && !/^[\p{L}-]{1,60}[:=]/u.test(text)) return undefined;
  if (quoted && !/^[\p{L}-]+[:=]/u.test(text)) return undefined;
  const flag = /^(--|-)(\p{L}[\p{L}\p{N}_.-]*)(?:[=:](.*))?$/su.exec(text);
  const pair = /^()([\p{L}\p{N}_-]+)[:=](.*)$/su.exec(text);
  const match = flag ?? pair;
  if (!match) return undefined;
  const [, sign = '', typed = '', value] = match;
  const name = typed.toLowerCase();
  const spellings = [name, name.replaceAll('_', '-')];
  const option =
    command.options.find((each) => spellings.includes(each.name)) ??
    command.options.find((each) => each.words?.some((word) => spellings.includes(word)));
  const given = value ? { value } : {};
  if (option) return { name, option, isFlag: sign !== '', ...given };
  // `llama3.1:8b` is a name and `h100=2` a price; an assignment in capitals belongs to a shell.
  const isShell = flag === null && /^[A-Z][A-Z0-9_]*=/.test(text);
  return sign === '--' || (sign === '-' && name.length > 1) || isShell || sign === '-'
    ? { name, isFlag: sign !== '', ...given }
    : undefined;
}
