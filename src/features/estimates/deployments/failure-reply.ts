import { type Failure, startIn } from '../../../core/calculators/serving/failure-log.ts';
import {
  type PastedCommand,
  readPasted,
} from '../../../core/calculators/serving/pasted-command.ts';
import { formatNumber } from '../../../core/units.ts';
import type { Context } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { editsAfter } from './failure-edits.ts';
import { again, type Pasted } from './reply.ts';
import { failureVerdict, lengthThatFits, withCode } from './words.ts';

/** What a log died of, and what to change. */
export function failureReply(
  pasted: Pasted,
  failure: Failure,
  command: PastedCommand | undefined,
  { locale }: Context,
): Reply {
  const length = lengthThatFits(failure);
  const edits = editsOfLog(pasted, failure, command);
  const isLength = length !== undefined && failure.row.cause === 'kv-too-long';
  const lines = [
    ...edits.map(({ shown, effect }) => `\`${shown}\`: ${effect}.`),
    ...(isLength && edits.length === 0
      ? [`\`--max-model-len ${length}\`: starts with one request of that length.`]
      : []),
    ...failure.fixes.filter(
      (fix) =>
        fix !== '' &&
        !edits.some((edit) => edit.fix === fix) &&
        !(isLength && /^Lower `--max-model-len`/.test(fix)),
    ),
  ].slice(0, 3);
  const dead = failure.when === 'at run time' ? '' : "Doesn't start. ";
  return {
    title: 'What the log says',
    blocks: [
      { kind: 'text', text: { bold: `${dead}${failureVerdict(failure, locale)}` } },
      ...lines.map((line): Block => ({ kind: 'text', text: withCode(line) })),
      ...(edits.length > 0
        ? [
            {
              kind: 'buttons' as const,
              buttons: [
                {
                  label: 'Show edited command',
                  run: again(pasted, { show: 'command' }),
                  style: 'primary' as const,
                },
              ],
            },
          ]
        : []),
    ],
    data: {
      verdict: 'no',
      causes: failure.causes,
      isMemory: failure.isMemory,
      row: failure.row.id,
      ...(length === undefined ? {} : { contextThatFits: length }),
    },
  };
}

/** Lines that an engine or its shell writes. */
const IS_LOGGED =
  /(?:Error|Exception|INFO|WARNING|WARN)\b.*[:(]|^Traceback|^ {2,}File |^\w+(?:_\w+)+: |^Loading |out of memory/;

/** A command without the log that was pasted before or behind it. */
function commandAlone(text: string): string {
  const lines = text.split('\n');
  const isFirst = lines[0] !== undefined && !IS_LOGGED.test(lines[0]);
  const from = isFirst
    ? 0
    : lines.findIndex((line) => /\s--?[a-z]/i.test(line) && !IS_LOGGED.test(line));
  const end = lines.findIndex((line, at) => at > from && IS_LOGGED.test(line));
  return lines
    .slice(Math.max(0, from), end < 0 ? lines.length : end)
    .join('\n')
    .trim();
}

function editsOfLog({ text }: Pasted, failure: Failure, command: PastedCommand | undefined) {
  if (command === undefined) return [];
  const own = commandAlone(text);
  // A log names flags, too.
  const alone = readPasted(own, command.table);
  return alone.flags.length > 0 ? editsAfter(own, failure, alone) : [];
}

/** The command beside a log with what its death asks for, to copy. */
export function editedAfterFailure(
  pasted: Pasted,
  failure: Failure,
  command: PastedCommand | undefined,
): Reply {
  const edits = editsOfLog(pasted, failure, command);
  return {
    title: 'Edited command',
    blocks: edits.flatMap(({ shown, effect, text }): Block[] => [
      { kind: 'text', text: [{ code: shown }, `: ${effect}`] },
      { kind: 'code', code: text },
    ]),
  };
}

/** A log of a start that went well. */
export function startedReply(text: string, locale: string): Reply {
  const { poolGiB, tokens, requests, context } = startIn(text) ?? {};
  const count = (value: number) => formatNumber(value, locale, value < 10 ? 1 : 0);
  const facts = [
    ...(poolGiB === undefined ? [] : [`KV cache: ${count(poolGiB)} GiB.`]),
    ...(tokens === undefined ? [] : [`It holds ${count(tokens)} tokens.`]),
    ...(requests === undefined || context === undefined
      ? []
      : [`${count(requests)} requests of ${count(context)} tokens fit at once.`]),
  ];
  return {
    title: 'What the log says',
    blocks: [
      { kind: 'text', text: { bold: 'Starts.' } },
      ...(facts.length > 0 ? [{ kind: 'text' as const, text: facts.join(' ') }] : []),
    ],
    data: { verdict: 'starts', poolGiB, tokens, requests },
  };
}
