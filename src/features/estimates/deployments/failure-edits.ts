import { withFlag } from '../../../core/calculators/serving/edit-command.ts';
import {
  type EngineFlag,
  findFlag,
  type ServingEngine,
} from '../../../core/calculators/serving/engine-flags.ts';
import type { Failure } from '../../../core/calculators/serving/failure-log.ts';
import type { PastedCommand } from '../../../core/calculators/serving/pasted-command.ts';
import { lengthThatFits } from './words.ts';

/** A changed flag, the whole command with it, what it brings, and which of the fixes it carries out. */
export type FailureEdit = { shown: string; text: string; effect: string; fix: string };

/** A flag that a fix names, and what to do with it: lower `--max-num-seqs` to 256. */
const ASKED =
  /\b(lower|raise|use more GPUs with|or) (?:[^`.]{0,12})`(--?[\w-]+)`(?: \(SGLang: `(--[\w-]+)`\))?(?:[^`.]{0,4}\bto (\d+(?:\.\d+)?))?/gi;

/** What an engine takes where no flag says a share; a lower one is lower than any version's own. */
const SHARES: Partial<Record<ServingEngine, number>> = { vllm: 0.9, sglang: 0.85, trtllm: 0.9 };

/** So many edits are read at a glance. */
const MOST = 2;

/** The edits of a command that what its log died of asks for. */
export function editsAfter(own: string, failure: Failure, command: PastedCommand): FailureEdit[] {
  const { table } = command;
  const edits = failure.fixes.flatMap((fix) => {
    for (const [, word = '', name = '', other, told] of fix.matchAll(ASKED)) {
      const flag = findFlag(table, name) ?? (other ? findFlag(table, other) : undefined);
      const change =
        flag && changeOf(flag, { isRaised: /raise/i.test(word), told }, failure, command);
      if (flag && change) return [{ ...edited(own, flag, change, command), fix }];
    }
    return [];
  });
  const flags = edits.map(({ shown }) => shown.split(' ', 1)[0]);
  return edits.filter((_, at) => flags.indexOf(flags[at]) === at).slice(0, MOST);
}

type Change = { value: string; effect: string };

function edited(
  own: string,
  { names }: EngineFlag,
  { value, effect }: Change,
  { flags }: PastedCommand,
) {
  // As it was typed, else by its whole name.
  const typed = flags.find(({ flag }) => flag?.names === names)?.name;
  const [long = ''] = names;
  const shown = typed?.startsWith('-') ? typed : `--${long}`;
  const spelled = shown.replace(/^-+/, '');
  const text = withFlag(own, [spelled, ...names.filter((name) => name !== spelled)], value);
  return { shown: `${shown} ${value}`, text, effect };
}

function changeOf(
  { sets }: EngineFlag,
  { isRaised, told }: { isRaised: boolean; told: string | undefined },
  failure: Failure,
  { settings, table }: PastedCommand,
): Change | undefined {
  const now = Number((sets && settings.get(sets)) ?? Number.NaN);
  const half = Math.floor(now / 2);
  switch (sets) {
    case 'share': {
      const value = told ? Number(told) : nextShare(now || SHARES[table.engine], isRaised, failure);
      const effect = isRaised ? 'a larger KV cache' : 'leaves more for peaks';
      return value === undefined || value === now ? undefined : { value: String(value), effect };
    }
    case 'context': {
      const length = lengthThatFits(failure) ?? (half >= 256 ? half : undefined);
      const isLogged = lengthThatFits(failure) !== undefined;
      const effect = isLogged ? 'starts with one request of that length' : 'half of the KV cache';
      return length === undefined ? undefined : { value: String(length), effect };
    }
    case 'sequences': {
      const most = now > 0 && now <= 256 ? half : Number(told ?? 256);
      return most < 1
        ? undefined
        : { value: String(most), effect: `at most ${most} requests at once` };
    }
    case 'tensor': {
      const value = isRaised || failure.isMemory ? (now || 1) * 2 : half;
      return value >= 1 ? { value: String(value), effect: `on ${value} GPUs` } : undefined;
    }
    case 'gpuLayers':
      return { value: 'auto', effect: 'as many layers as fit' };
    default:
      return undefined;
  }
}

/** A share that leaves what was missing and a quarter of a GiB, in steps of at least 0.05. */
function nextShare(
  now: number | undefined,
  isRaised: boolean,
  { numbers: { missingGiB = 0, capacityGiB } }: Failure,
): number | undefined {
  if (now === undefined) return undefined;
  const missing = capacityGiB === undefined ? 0 : (missingGiB + 0.25) / capacityGiB;
  const next = isRaised ? Math.min(now + 0.05, 0.95) : now - Math.max(0.05, missing);
  const value = Math.floor(next * 100 + 1e-6) / 100;
  return value < 0.1 || (isRaised && value <= now) ? undefined : value;
}
