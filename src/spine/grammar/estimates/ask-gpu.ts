import type { Gpu } from '../../../core/calculators/hardware/gpu.ts';
import { shortGpuName } from '../../../core/calculators/names/gpu-names.ts';
import { runLine } from '../../button.ts';
import type { Command, Context } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Values } from '../../request.ts';
import { listIn } from '../../suggest.ts';
import { simple } from '../simple-values.ts';
import { notUsed } from './account.ts';

/** Commands that compute a speed; `plan` and `cost` find a GPU by themselves where none is named. */
const NEEDS_NAME: ReadonlySet<string> = new Set(['latency', 'plan', 'cost']);

/** Only a memory: `12gb`, `2x 24gb vram`. */
const MEMORY = /^(?:an? |one )?(?:(\d{1,2}) ?x ?)?(\d{1,3}) ?gi?b(?: (?:v?ram|gpus?|cards?))?$/i;

/** What models are often served on. */
const USUAL: readonly string[] = ['h100-sxm', 'l40s', 'rtx-4090'];

/** So many GPUs are buttons. */
const MOST = 3;

/**
 * Asks for the GPU of a speed, with the sentence's own model and figures as the example.
 *
 * @throws UserError with some GPUs as buttons; of a memory, with those that have as much.
 */
export function askForGpu(
  { command, values }: { command: Command; values: Values },
  unused: readonly string[],
  { catalog, person, team }: Pick<Context, 'catalog' | 'person' | 'team'>,
): void {
  const { model, gpu } = values;
  if (!NEEDS_NAME.has(command.name) || typeof model !== 'string' || model.startsWith('{')) return;
  const [, count, size] = MEMORY.exec(typeof gpu === 'string' ? gpu : '') ?? [];
  const isMissing = gpu === undefined && command.name === 'latency' && !(person.gpu ?? team.gpu);
  if (!isMissing && size === undefined) return;
  listIn('models')?.check?.(model, catalog);
  const has = ({ memoryGiB, vendor }: Gpu) =>
    memoryGiB === Number(size) && /^(?:nvidia|amd)$/i.test(vendor);
  const offered = isMissing
    ? USUAL.flatMap((id) => catalog.gpus.find((each) => each.id === id) ?? [])
    : catalog.gpus.filter(has);
  const buttons = offered.slice(0, MOST).map((each) => ({
    label: `Use ${shortGpuName(each)}`.slice(0, 24),
    run: runLine(
      command.name,
      simple({ ...values, gpu: count === undefined ? each.id : `${count}x${each.id}` }),
    ),
  }));
  const [first] = buttons;
  if (!first) return;
  const asks = isMissing
    ? 'On which GPU?'
    : "To estimate speed, I need the GPU's name, not just its memory.";
  throw new UserError([`${asks} Try `, { command: first.run }, '.', notUsed(unused)], {
    buttons,
    option: 'gpu',
  });
}
