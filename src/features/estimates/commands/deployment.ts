import { z } from 'zod';
import { failureIn, startIn } from '../../../core/calculators/serving/failure-log.ts';
import {
  engineIn,
  type PastedCommand,
  readPasted,
} from '../../../core/calculators/serving/pasted-command.ts';
import { withoutSecrets } from '../../../core/calculators/serving/secrets.ts';
import { attachment, type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import { readDeployed } from '../deployments/deployed.ts';
import { editedAfterFailure, failureReply, startedReply } from '../deployments/failure-reply.ts';
import { configIn, gpuIn, nodesIn } from '../deployments/gpu-in-text.ts';
import {
  deploymentMemoryReply,
  deploymentReply,
  editedCommandReply,
  gpuUnknownReply,
} from '../deployments/reply.ts';
import { findCards } from '../gpu.ts';
import { findSubject, modelNamed, type Subject } from '../model.ts';
import { gpuOption } from '../options.ts';

const EXAMPLE = 'deployment vllm serve openai/gpt-oss-120b --max-model-len 32768 on 2x h100';

/** The longest text that is checked, from its end: what died is told there. */
const MAX_TEXT = 20_000;

const input = z.object({
  gpu: gpuOption,
  text: z
    .string()
    .max(MAX_TEXT)
    .meta({
      label: 'Command, manifest, or log',
      multiline: true,
      inForm: true,
      takesRest: true,
    })
    .optional()
    .describe(
      'A command line, manifest, or log of vLLM, SGLang, TensorRT-LLM, llama.cpp, or Ollama',
    ),
  file: attachment().optional().describe('The same as a file'),
  show: z
    .enum(['answer', 'memory', 'command'])
    .default('answer')
    .describe('The answer, the memory, or the edited command'),
});

type Input = z.output<typeof input>;

export const deployment = defineCommand({
  name: 'deployment',
  group: 'estimate',
  summary: 'Check whether a serving command starts, or what a log died of',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  mayBePosted: true,
  formWhenEmpty: true,
  message: { title: 'Check deployment', fills: 'text' },
  input,

  async run(given, context) {
    const text = await textOf(given);
    const { catalog, locale } = context;
    const failure = failureIn(text, catalog.failures);
    const command = commandIn(text, context);
    const pasted = { text, gpu: given.gpu };
    if (failure)
      return given.show === 'command'
        ? editedAfterFailure(pasted, failure, command)
        : failureReply(pasted, failure, command, context);
    if (startIn(text)) return startedReply(text, locale);
    if (!command)
      throw new UserError(
        ["I don't see a serving command or an engine's log here. Try ", { command: EXAMPLE }, '.'],
        { option: 'text' },
      );
    return checkCommand(command, given, pasted, context);
  },
});

async function textOf({ text, file }: Input): Promise<string> {
  const content = [text, file ? await file.text() : undefined].filter(Boolean).join('\n');
  if (content.trim() === '')
    throw new UserError(
      ['Paste a command, a manifest, or a log. Try ', { command: EXAMPLE }, '.'],
      {
        option: 'text',
      },
    );
  return withoutSecrets(content.slice(-MAX_TEXT));
}

function commandIn(text: string, { catalog }: Context): PastedCommand | undefined {
  const engine = engineIn(text);
  const table = catalog.engines.find((each) => each.engine === engine);
  return table && readPasted(text, table);
}

async function checkCommand(
  command: PastedCommand,
  { gpu, show }: Input,
  pasted: { text: string },
  context: Context,
): Promise<Reply> {
  const subject = await subjectOf(command, pasted.text, context);
  const deployed = readDeployed(command, subject, context);
  const named = gpu ?? gpuIn(pasted.text, context.catalog);
  const found = findCards(named, context);
  if (!found) return gpuUnknownReply(pasted, deployed, context);
  // A GPU without a number is as many as the flags or the pod ask for.
  const isCounted = found.count > 1 || /^\s*(?:1\s*x|one|single)\b/i.test(named ?? '');
  const nodes = Math.max(Number(command.settings.get('nodes') ?? 1) || 1, nodesIn(pasted.text));
  const each = isCounted ? found.count : (command.gpus ?? deployed.gpus);
  // Each of several machines has as many.
  const isEach = command.gpus !== undefined || (isCounted && each < deployed.gpus);
  const cards = { ...found, count: isEach ? each * nodes : each };
  const repeated = {
    ...pasted,
    gpu: named === undefined ? undefined : `${cards.count}x ${found.gpu.id}`,
  };
  const checked = found.isAnonymous ? { ...pasted, gpu } : repeated;
  if (show === 'memory') return deploymentMemoryReply(deployed, cards, context);
  if (show === 'command') return editedCommandReply(checked, deployed, cards, context);
  return deploymentReply(checked, deployed, cards, context);
}

async function subjectOf(
  { model, table }: PastedCommand,
  text: string,
  context: Context,
): Promise<Subject> {
  const config = configIn(text);
  if (config !== undefined) {
    const subject = await findSubject({ config }, context);
    if (subject) return subject;
  }
  if (model === undefined)
    throw new UserError(
      `I see a ${table.label} command without a model. Add its name, or its config.json.`,
      { option: 'text' },
    );
  return modelNamed(model, context);
}
