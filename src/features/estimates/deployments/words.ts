import type { Failure } from '../../../core/calculators/serving/failure-log.ts';
import { formatGiB, formatNumber, GIB } from '../../../core/units.ts';
import type { Inline, Text } from '../../../spine/reply.ts';
import type { Deployed } from './deployed.ts';
import { fullLength } from './edits.ts';
import type { Outcome } from './outcome.ts';

/** Words with code between backticks, as texts of data have it. */
export const withCode = (text: string): Text =>
  text
    .split('`')
    .map((part, at): Inline => (at % 2 === 1 ? { code: part } : part))
    .filter((part) => part !== '');

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** **Starts**, **Doesn't start**, or **Starts, but …**, in one sentence. */
export function verdictOf({ verdict, why, isClose, start }: Outcome, locale: string): string {
  const edge = isClose ? ' It is close to the edge and may go either way.' : '';
  if (verdict === 'no') return `Doesn't start. ${why}${edge}`;
  if (verdict === 'but') return `Starts, but ${lowerFirst(why)}${edge}`;
  if (start && start.requests < 1.95)
    return `Starts, but only ${fullLength(start.requests, locale)} ${start.requests < 1.05 ? 'fits' : 'fit'} at once.${edge}`;
  return `Starts.${edge}`;
}

/** The pool in GiB and tokens, and the requests that it holds. */
export function poolWords({ request, gpus }: Deployed, { start, hybrid }: Outcome, locale: string) {
  const count = (value: number, digits = 0) => formatNumber(value, locale, digits);
  if (hybrid) {
    const { kv, tokens, slots, weights } = hybrid;
    const shared = slots > 1 ? `, shared by ${slots} slots` : '';
    return `On the GPU: ${formatGiB(weights, locale)} of weights and ${formatGiB(kv, locale)} of KV cache (${count(tokens)} tokens${shared}).`;
  }
  if (!start) return '';
  const { data = 1 } = request.layout.parallel;
  const each = data > 1 ? ' on each data-parallel rank' : gpus > 1 ? ' on each GPU' : '';
  if (start.pool <= 0)
    return `Weights take ${formatGiB(start.weights, locale)}${gpus > 1 ? ' on each GPU' : ''}, and ${formatGiB(start.usable, locale)} may be used.`;
  const requests = count(start.requests, start.requests < 10 ? 1 : 0);
  return `KV cache: ${formatGiB(start.pool, locale)}${each}, ${count(roundTo3(start.tokens))} tokens: ${requests} requests of ${count(request.context)} tokens.`;
}

const roundTo3 = (value: number) => Number(value.toPrecision(3));

/** What died and why, with the numbers of the log. */
export function failureVerdict({ isMemory, when, says, numbers }: Failure, locale: string): string {
  const { needed, available, asked, most, free, total, heads, ranks } = numbers;
  const at = when === '' ? '' : ` It died ${when}.`;
  const gib = (value: number) => formatGiB(value * GIB, locale);
  const count = (value: number) => formatNumber(value, locale);
  const detail =
    heads !== undefined && ranks !== undefined
      ? ` ${count(heads)} heads don't divide by ${count(ranks)}.`
      : needed !== undefined && available !== undefined
        ? ` ${asked === undefined ? 'It' : `${count(asked)} tokens`} needs ${gib(needed)}, and ${gib(available)} are left.`.replace(
            'tokens needs',
            'tokens need',
          )
        : asked !== undefined && most !== undefined
          ? ` ${count(asked)} tokens are asked for, and ${count(most)} fit.`
          : free !== undefined && total !== undefined
            ? ` Only ${gib(free)} of ${gib(total)} are free.`
            : '';
  // All of it is bold, where no code stands.
  return `${isMemory === false ? "This isn't about GPU memory. " : ''}${says.replaceAll('`', '')}${detail}${at}`;
}

/** The context that fits, from the numbers of a log; undefined where they say none. */
export function lengthThatFits({ numbers }: Failure): number | undefined {
  const { needed, available, asked, most } = numbers;
  const fits =
    most ??
    (needed !== undefined && available !== undefined && asked !== undefined
      ? (asked * available) / needed
      : undefined);
  if (fits === undefined || fits < 256) return undefined;
  const step = fits > 4096 ? 1024 : 16;
  return Math.floor((fits * 0.98) / step) * step;
}
