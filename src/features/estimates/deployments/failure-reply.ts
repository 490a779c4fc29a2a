import { withFlag } from '../../../core/calculators/serving/edit-command.ts';
import { type Failure, startIn } from '../../../core/calculators/serving/failure-log.ts';
import type { PastedCommand } from '../../../core/calculators/serving/pasted-command.ts';
import { formatNumber } from '../../../core/units.ts';
import type { Context } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
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
  const name = command?.table.engine === 'sglang' ? '--context-length' : '--max-model-len';
  const hasCommand = command !== undefined && command.flags.length > 0;
  const isLength = length !== undefined && failure.row.cause === 'kv-too-long';
  const lines = [
    ...(isLength ? [`\`${name} ${length}\`: starts with one request of that length.`] : []),
    ...failure.fixes.filter((fix) => fix !== '' && !(isLength && fix.includes(name))),
  ].slice(0, 3);
  const dead = failure.when === 'at run time' ? '' : "Doesn't start. ";
  return {
    title: 'What the log says',
    blocks: [
      { kind: 'text', text: { bold: `${dead}${failureVerdict(failure, locale)}` } },
      ...lines.map((line): Block => ({ kind: 'text', text: withCode(line) })),
      ...(hasCommand && isLength
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

/** The command beside a log with the context that the log says fits. */
export function editedAfterFailure(
  { text }: Pasted,
  failure: Failure,
  command: PastedCommand | undefined,
): Reply {
  const length = lengthThatFits(failure);
  const lines = text.split('\n');
  // A log that was pasted behind the command isn't part of what is copied.
  const end = lines.findIndex((line) => /(?:Error|INFO|WARNING)\b.*[:(]/.test(line));
  const own = lines.slice(0, end < 0 ? lines.length : end).join('\n');
  const names =
    command?.table.engine === 'sglang' ? ['context-length'] : ['max-model-len', 'max_model_len'];
  return {
    title: 'Edited command',
    blocks: [
      {
        kind: 'code',
        code: length === undefined ? own : withFlag(own, names, String(length)).trim(),
      },
    ],
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
