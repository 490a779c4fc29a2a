import { z } from 'zod';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply, Text } from '../../../spine/reply.ts';
import { indexReply } from '../index-reply.ts';
import { memoryReply } from '../memory.ts';
import { findSubjectOrIndex } from '../model.ts';
import {
  adaptersOption,
  CONFIG_OPTIONS,
  gpuOption,
  imagesOption,
  layersOption,
  MODEL_OPTIONS,
  OTHER_WORDS,
  SERVING_OPTIONS,
  showOption,
  TRAINING_OPTIONS,
} from '../options.ts';
import { placedMemoryReply } from '../placed.ts';
import { readServing } from '../serving.ts';
import { memorySweepReply } from '../sweep.ts';
import { readTraining } from '../training.ts';
import { trainingReply } from '../training-reply.ts';

const EXAMPLE = 'vram llama-3.1-8b 4090';

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  for: z
    .enum(['infer', 'train', 'lora', 'qlora'])
    .meta({
      also: OTHER_WORDS.for,
    })
    .default('infer')
    .describe('Inference, full training, LoRA, or QLoRA'),
  ...SERVING_OPTIONS,
  layers: layersOption,
  images: imagesOption,
  adapters: adaptersOption,
  ...TRAINING_OPTIONS,
  ...CONFIG_OPTIONS,
  show: showOption,
});

type Input = z.output<typeof input>;

export const vram = defineCommand({
  name: 'vram',
  summary: 'Estimate the GPU memory of a model',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  mayBePosted: true,
  slackAlias: true,
  formWhenEmpty: true,
  input,

  async run(given, context) {
    const subject = await findSubjectOrIndex(given, context);
    if (subject && 'totalBytes' in subject) return indexReply(subject, given, context);
    if (!subject) throw new UserError(whichModel(given), { option: 'model' });
    // A rank is of an adapter only, and an optimizer of training.
    const isTraining = (given.zero ?? given.optimizer ?? given.checkpointing) !== undefined;
    const implied = given.rank !== undefined ? 'lora' : isTraining ? 'train' : 'infer';
    const isOpen = given.for === 'infer' && given.adapters === undefined;
    const purpose = isOpen ? implied : given.for;
    if (purpose === 'infer') {
      const serving = readServing(subject, { ...given, engine: engineOf(given) }, context);
      return answer(serving, given, context);
    }
    const method = purpose === 'train' ? 'full' : purpose;
    const training = readTraining(subject, method, given, context);
    return trainingReply({ ...training, show: given.show }, context);
  },
});

/** Only llama.cpp leaves layers with the CPU. */
function engineOf({ engine, layers, offload }: Input): string | undefined {
  const isShared = layers !== undefined || (offload !== undefined && offload !== 'none');
  return engine ?? (isShared ? 'llama.cpp' : undefined);
}

function answer(
  serving: Parameters<typeof memoryReply>[0],
  { show }: Input,
  context: Context,
): Reply {
  if (show === 'sweep') return memorySweepReply(serving, context);
  const { cards, machine } = serving;
  if (cards && machine) return placedMemoryReply({ ...serving, cards, machine, show }, context);
  return memoryReply({ ...serving, show }, context);
}

function whichModel({ gpu }: Input): Text {
  const example: Text = ['Which model? Try ', { command: EXAMPLE }];
  return gpu === undefined
    ? [...example, '.']
    : [
        ...example,
        ', or ',
        { command: runLine('fit', { gpu }) },
        ' to see which models fit on that GPU.',
      ];
}
