import { requireFraction, requirePositive } from '../../check.ts';

/** Perplexity of a mean loss in nats: e^loss. */
export function perplexity(loss: number): number {
  return Math.exp(loss);
}

/** A loss in nats as bits: loss / ln 2. */
export function bitsOf(loss: number): number {
  return loss / Math.LN2;
}

/**
 * Bits for each byte of text, which compares models with different tokenizers.
 *
 *     bits = loss × tokens / (ln 2 × bytes)
 *
 * @param loss Mean loss of a token in nats.
 * @see https://arxiv.org/abs/2101.00027 (section 3.1)
 */
export function bitsPerByte({
  loss,
  tokens,
  bytes,
}: {
  loss: number;
  tokens: number;
  bytes: number;
}): number {
  requirePositive({ loss, tokens, bytes });
  return (bitsOf(loss) * tokens) / bytes;
}

/**
 * Perplexity of a sequence from the probabilities of its tokens.
 *
 *     perplexity = e^(-Σ ln p / n), the inverse of their geometric mean
 *
 * @throws RangeError when a probability is not above 0 and at most 1.
 */
export function sequencePerplexity(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, probability) => {
    requireFraction({ probability });
    return total + Math.log(probability);
  }, 0);
  return perplexity(-sum / probabilities.length);
}

/** Tokens of a text: words × tokens for an English word × how many times more the language needs. */
export function textTokens({
  words,
  tokensPerWord,
  languageFactor = 1,
}: {
  words: number;
  tokensPerWord: number;
  languageFactor?: number;
}): number {
  requirePositive({ words, tokensPerWord, languageFactor });
  return words * tokensPerWord * languageFactor;
}
