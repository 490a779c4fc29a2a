import type { Gpu } from '../../../core/calculators/hardware/gpu.ts';
import { type EngineStart, engineStart } from '../../../core/calculators/serving/engine-start.ts';
import {
  type HybridStart,
  hybridStart,
  isHybridEngine,
} from '../../../core/calculators/serving/hybrid-start.ts';
import type { Deployed } from './deployed.ts';

/** What an engine makes of a command: whether it starts, and with what. */
export type Outcome = {
  verdict: 'starts' | 'but' | 'no';
  /** True where the pool is so near to what one request takes that it may go either way. */
  isClose: boolean;
  /** Why not, or what else is to be known, in a sentence. */
  why: string;
  start?: EngineStart;
  hybrid?: HybridStart;
};

/** Whether a command starts on so many of a GPU. */
export function outcomeOf(deployed: Deployed, cards: { gpu: Gpu; count: number }): Outcome {
  const { request, problem, gpus, isOwnContext, subject } = deployed;
  const own = request.shape.maxContext;
  if (problem) return { verdict: 'no', isClose: false, why: problem };
  if (isHybridEngine(request.engine)) {
    const hybrid = hybridStart(request, deployed.command.settings, cards);
    return { ...hybrid.outcome, hybrid };
  }
  if (cards.count < gpus)
    return {
      verdict: 'no',
      isClose: false,
      why: `The flags ask for ${gpus} GPUs, and there ${cards.count === 1 ? 'is 1' : `are ${cards.count}`}.`,
    };
  if (!isOwnContext && request.context > own * 1.01)
    return {
      verdict: 'no',
      isClose: false,
      why: `${subject.name} goes up to ${own.toLocaleString('en')} tokens, and ${request.context.toLocaleString('en')} are asked for.`,
    };
  const whole = engineStart(request, cards.gpu);
  const longest = Math.floor(whole.tokens / 16) * 16;
  const isShortened = deployed.takesLongest && longest > 0 && longest < request.context;
  const start = isShortened ? engineStart({ ...request, context: longest }, cards.gpu) : whole;
  if (request.shape.kind === 'encoder')
    return start.weights + start.peak <= start.usable
      ? { verdict: 'starts', isClose: false, why: '' }
      : { verdict: 'no', isClose: false, why: "The weights don't fit." };
  if (isShortened)
    return {
      verdict: 'but',
      isClose: false,
      start,
      why: `The context is cut to ${longest.toLocaleString('en')} tokens, the longest that fits.`,
    };
  const { pool, requestBytes, uncertainBytes } = start;
  const needed = request.engine === 'vllm' ? requestBytes : 0;
  const isClose = Math.abs(pool - needed) < uncertainBytes;
  if (pool <= 0)
    return {
      verdict: 'no',
      isClose,
      start,
      why:
        request.kvBytes === undefined
          ? 'The weights leave no memory for the KV cache.'
          : 'Weights, the peak of the start, and the KV cache that is asked for are larger than the GPU memory.',
    };
  if (pool < requestBytes) {
    const verdict = request.engine === 'vllm' ? 'no' : 'but';
    return {
      verdict,
      isClose,
      start,
      why: 'The KV cache is smaller than one request of full length.',
    };
  }
  return { verdict: 'starts', isClose, start, why: '' };
}
