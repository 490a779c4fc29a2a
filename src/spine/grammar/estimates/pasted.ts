import { failureIn, startIn } from '../../../core/calculators/serving/failure-log.ts';
import { engineIn } from '../../../core/calculators/serving/pasted-command.ts';
import type { Catalog } from '../../../core/catalog.ts';

/** The call of an engine that serves, with flags behind it. */
const CALLS =
  /\bvllm serve\s+\S|\bvllm\.entrypoints\S*api_server\b|\bvllm\/vllm-openai\b|\bsglang(?:\.launch_server| serve)\b|\blmsysorg\/sglang\b|\btrtllm-serve\b|\bllama-server\b/i;

/** A manifest of Kubernetes or compose. */
const MANIFEST = /^\s*(?:apiVersion|services|kind|image|resources):/m;

/** What only a log or an error says. */
const LOG =
  /\b(?:Traceback \(most recent|(?:Value|Runtime|Assertion|OutOfMemory|Import|Key|Type)Error\b|CUDA out of memory|cudaMalloc|(?:INFO|WARNING|ERROR) \d\d-\d\d|NCCL WARN|exited with code|OOMKilled)/;

/** `how fast is this? llama-server …` asks for something else. */
function isAskedBefore(text: string): boolean {
  const [before = ''] = text.split(CALLS, 1);
  // In an error `which` asks nothing.
  return (
    !LOG.test(before) && /\?|\b(?:how|what|which|why|can|will|much)\b/i.test(before.slice(0, 200))
  );
}

/** Whether a text is a pasted command, manifest or log that people want checked, and no question in words. */
export function isDeployment(text: string, { failures }: Pick<Catalog, 'failures'>): boolean {
  const hasFlags =
    /(?:^|\s|["'])--?[a-z]/i.test(text) || /^\s*\$?\s*vllm serve\s+\S+\/\S+/i.test(text);
  if (CALLS.test(text) && (hasFlags || MANIFEST.test(text))) return !isAskedBefore(text);
  if (MANIFEST.test(text) && engineIn(text) !== undefined && text.includes('\n')) return true;
  // `what does CUDA out of memory mean?` is for the bank.
  if (text.length < 200 && /^\W*(?:how|what|why|which|when|can|does|is)\b/i.test(text))
    return false;
  if (LOG.test(text)) return failureIn(text, failures) !== undefined || startIn(text) !== undefined;
  const failure = failureIn(text, failures);
  // A bare OOM is a word of any question; an engine's own sentence is not.
  return (
    failure !== undefined && failure.row.cause !== 'oom' && text.length > 20 && !text.includes('?')
  );
}
