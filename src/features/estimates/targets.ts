import type { ModelShape } from '../../core/calculators/models/model-shape.ts';
import {
  type LoraTarget,
  loraTargetsOf,
  readLoraTargets,
} from '../../core/calculators/training/lora.ts';
import { UserError } from '../../spine/errors.ts';

/**
 * Matrices by a name or a list, those of them that the model has.
 *
 * @throws UserError when a name is unknown, or the model has none of them.
 */
export function pickTargets(
  text: string | undefined,
  shape: ModelShape,
  adaptExperts = false,
): readonly LoraTarget[] {
  const asked = readLoraTargets(text ?? 'all');
  const words = (text ?? 'all').slice(0, 60);
  if (!asked) {
    throw new UserError(
      `I don't know the matrices "${words}". Try qv, attention, mlp, all, or a list like q,v,o.`,
    );
  }
  const present = loraTargetsOf(shape, adaptExperts);
  const targets = asked.filter((target) => present.includes(target));
  if (targets.length > 0) return targets;
  const inExperts = loraTargetsOf(shape, true).some((target) => asked.includes(target));
  throw new UserError(
    inExperts
      ? [
          `Only this model's experts have the matrices "${words}". Run `,
          { command: 'lora' },
          ` with experts:yes to adapt them, or try targets:${present.join(',')}`,
        ]
      : `This model has none of the matrices "${words}". Try attention, all, or targets:${present.join(',')}`,
  );
}
