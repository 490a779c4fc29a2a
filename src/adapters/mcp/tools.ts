import type { RequestInput } from '../../spine/request.ts';

/** What a tool may narrow a question down to. */
export type WantedQuestion = {
  chapter: number | undefined;
  difficulty: string | undefined;
  format: string | undefined;
};

/** What agents are answered with. */
export type AgentParts = {
  /** Answers a request as `--json` does; `error` is a mistake, in words. */
  ask(said: RequestInput): Promise<object>;
  isEstimate(line: string): boolean;
  /** The id of a question that isn't asked anywhere now. */
  choose(wanted: WantedQuestion): Promise<string | undefined>;
  /** Whether a question waits for answers in a channel, or is about to. */
  isAsked(id: string): Promise<boolean>;
};

type Values = Record<string, unknown>;

const text = (description: string) => ({ type: 'string', description });
const toolOf = (
  name: string,
  description: string,
  properties: object,
  required: string[] = [],
) => ({
  name,
  description,
  inputSchema: { type: 'object' as const, properties, required },
  annotations: { readOnlyHint: true, openWorldHint: false },
});

/** What agents can call. */
export const TOOLS = [
  toolOf(
    'estimate',
    'Compute GPU memory, KV cache, fit, latency, cost, LoRA, training, or speculation of a language model, with formulas and sources',
    {
      command: text(
        'One line, such as "vram llama-3.1-8b 4090", "kv qwen3-32b tokens:32k", "latency llama-3.3-70b 4x h100", or "models llama"',
      ),
    },
    ['command'],
  ),
  toolOf(
    'check_deployment',
    'Check whether a command, manifest, or log of vLLM, SGLang, TensorRT-LLM, llama.cpp, or Ollama starts, or what it died of',
    {
      text: text('The command line, the manifest, or the log'),
      gpu: text('The GPUs it runs on, such as "2x h100"; read from the text when absent'),
    },
    ['text'],
  ),
  toolOf(
    'practice_question',
    'Show an interview question on language models, and its solution when asked. Questions that a channel is asked now are left out',
    {
      id: text('The question, by its id; any when absent'),
      chapter: { type: 'integer', description: 'A chapter, from 1' },
      difficulty: { ...text('How hard it is'), enum: ['easy', 'medium', 'hard'] },
      format: text('One of single, multi, numeric, order, bug, open, and scenario'),
      solution: { type: 'boolean', description: 'Show the solution of the question with this id' },
    },
  ),
] as const;

const CALLS = new Map<string, (parts: AgentParts, values: Values) => Promise<object>>([
  ['estimate', estimate],
  ['check_deployment', checkDeployment],
  ['practice_question', practiceQuestion],
]);

/** Answers a call; what is wrong with it is told as `error`. */
export async function callTool(parts: AgentParts, name: string, values: Values): Promise<object> {
  const call = CALLS.get(name);
  return call ? call(parts, values) : { error: `There's no tool called "${name}".` };
}

/** A text that was given as one and isn't empty. */
function textIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

async function estimate({ ask, isEstimate }: AgentParts, values: Values): Promise<object> {
  const line = textIn(values, 'command');
  if (line === undefined) return { error: 'command is missing, such as "vram llama-3.1-8b 4090".' };
  if (!isEstimate(line))
    return { error: 'That isn\'t an estimate. Try one like "vram llama-3.1-8b 4090".' };
  return ask({ kind: 'text', text: line });
}

async function checkDeployment({ ask }: AgentParts, values: Values): Promise<object> {
  const given = textIn(values, 'text');
  if (given === undefined) return { error: 'text is missing: a command, a manifest, or a log.' };
  const gpu = textIn(values, 'gpu');
  return ask({
    kind: 'command',
    command: 'estimate deployment',
    values: { text: given, ...(gpu === undefined ? {} : { gpu }) },
  });
}

async function practiceQuestion(parts: AgentParts, values: Values): Promise<object> {
  const { chapter } = values;
  const id =
    textIn(values, 'id')?.trim().toLowerCase() ??
    (await parts.choose({
      chapter: typeof chapter === 'number' ? chapter : undefined,
      difficulty: textIn(values, 'difficulty'),
      format: textIn(values, 'format'),
    }));
  if (id === undefined) return { error: 'No question matches. Leave out a filter.' };
  if (await parts.isAsked(id))
    return { error: 'This question is open in a channel right now. Try another one.' };
  const answer = values['solution'] === true ? { answer: 'yes' } : {};
  const shown = await parts.ask({
    kind: 'command',
    command: 'question show',
    values: { id, ...answer },
  });
  return 'error' in shown ? shown : { id, ...shown };
}
