import { attentionWeight, scoreCrossover, scoreMemory } from './attention.ts';
import { onlineMerge, windowCache } from './attention-cache.ts';
import { cacheTransfer, kvPerToken, sequencesAtOnce } from './cache.ts';
import { calibrationErrorKind } from './calibration.ts';
import { allReduceTime, utilisationKind, zeroRank } from './clusters.ts';
import { cacheBreakEvenKind, cascadePrice, tokenPrice } from './costs.ts';
import { keptSet, passAtKKind, softmaxTemperature } from './decoding.ts';
import { nearDuplicates } from './duplicates.ts';
import { activeParameters, distinctExperts } from './experts.ts';
import { logitsMemory, tokenFlops } from './forward-pass.ts';
import { createGenerator, type Facts, type Generator, type Kind } from './generator.ts';
import { bitsPerByteKind, languageTokens, sequencePerplexityKind } from './likelihood.ts';
import { inFlight, speculation } from './load.ts';
import { gatedWidthKind, parameterCount, ropeWavelengthKind } from './parameters.ts';
import { pipelineWait } from './pipeline.ts';
import { dpoPair, groupAdvantage, ppoClip } from './preference.ts';
import { quantizedValue } from './quantization.ts';
import { balanceLossKind, expertCapacityKind } from './routing.ts';
import { decodeFloor, firstToken, ridgeBatch } from './speed.ts';
import { computeOptimal, trainingDays } from './training.ts';
import { activationMemory, loraCount, tuningMemory } from './training-memory.ts';
import { scaleOverhead, weightMemory } from './weights.ts';

/** Every kind of generated question, by chapter. */
const KINDS: readonly Kind[] = [
  softmaxTemperature,
  keptSet,
  bitsPerByteKind,
  passAtKKind,
  sequencePerplexityKind,
  languageTokens,
  parameterCount,
  gatedWidthKind,
  ropeWavelengthKind,
  tokenFlops,
  logitsMemory,
  attentionWeight,
  scoreMemory,
  scoreCrossover,
  windowCache,
  onlineMerge,
  activeParameters,
  distinctExperts,
  expertCapacityKind,
  balanceLossKind,
  kvPerToken,
  sequencesAtOnce,
  decodeFloor,
  ridgeBatch,
  speculation,
  firstToken,
  cacheTransfer,
  inFlight,
  trainingDays,
  computeOptimal,
  pipelineWait,
  activationMemory,
  nearDuplicates,
  loraCount,
  tuningMemory,
  dpoPair,
  groupAdvantage,
  ppoClip,
  weightMemory,
  zeroRank,
  utilisationKind,
  quantizedValue,
  scaleOverhead,
  allReduceTime,
  calibrationErrorKind,
  tokenPrice,
  cacheBreakEvenKind,
  cascadePrice,
];

/** The generators that have the facts they ask about. */
export function createGenerators(facts: Facts): Generator[] {
  return KINDS.filter(({ needs = [] }) => needs.every((list) => facts[list].length > 0)).map(
    (kind) => createGenerator(kind, facts),
  );
}
