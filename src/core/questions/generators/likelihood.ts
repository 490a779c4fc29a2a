import {
  bitsOf,
  bitsPerByte,
  perplexity,
  sequencePerplexity,
  textTokens,
} from '../formulas/likelihood.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf, shown } from './numbers.ts';

/** A loss in nats as bits for each byte. */
export const bitsPerByteKind: Kind = {
  id: 'bits-per-byte',
  chapter: 1,
  topics: ['c1.19'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'bitsPerByte',
  enemyOf: ['c1-bits-per-byte'],
  unit: 'bits per byte',
  minutes: 2,
  seniority: 'mid',
  idea: 'A loss per token tells you little across models, because tokenizers cut the same text into pieces of different length. Spread over the bytes of the text, it can be compared. Losses come in nats; one nat is 1 / ln 2, about 1.44 bits, so you divide the loss by ln 2 and by the bytes per token.',
  hints: [
    'You need two conversions: the unit of information and the unit of text.',
    'A nat is more than a bit.',
    'Divide the loss by ln 2, then by the number of bytes a token covers.',
  ],
  followUps: [
    {
      ask: 'Why bytes and not words?',
      expect:
        "The bytes of a text are the same for every tokenizer; words aren't defined in every language.",
    },
    {
      ask: 'What else has to be the same for a fair comparison of two models?',
      expect:
        'The same text, the same context for each prediction, and no copy of the text in the training data.',
    },
  ],
  references: [
    {
      title: 'The Pile: An 800GB Dataset of Diverse Text for Language Modeling',
      year: 2021,
      url: 'arXiv:2101.00027',
      where: 'section 3.1 (bits per UTF-8 encoded byte)',
    },
  ],
  related: ['c6.01', 'c6.32', 'chapter 6'],
  draft(random) {
    const loss = between(1.2, 3.6, 0.05, random);
    const bytes = between(2.4, 5, 0.1, random);
    return {
      prompt: `A model has a mean loss of ${loss} nats per token on a text where a token covers ${bytes} bytes on average. How many bits per byte does it need?`,
      answer: bitsPerByte({ loss, tokens: 1, bytes }),
      slips: [
        { id: 'nats-per-byte', value: loss / bytes, why: "didn't convert nats to bits" },
        {
          id: 'multiplied-by-ln-2',
          value: (loss * Math.LN2) / bytes,
          why: 'multiplied by ln 2; a nat is more than a bit',
        },
        { id: 'bits-per-token', value: bitsOf(loss), why: 'stopped at bits per token' },
        {
          id: 'perplexity',
          value: perplexity(loss) / bytes,
          why: 'divided the perplexity by the bytes',
        },
        {
          id: 'multiplied-by-bytes',
          value: bitsOf(loss) * bytes,
          why: 'multiplied by the bytes of a token; its bits are shared among them',
        },
      ],
      working: `${loss} / ln 2 / ${bytes} = ${shown(bitsOf(loss))} / ${bytes}`,
    };
  },
};

/** Perplexity of a short answer. */
export const sequencePerplexityKind: Kind = {
  id: 'sequence-perplexity',
  chapter: 1,
  topics: ['c1.19', 'c1.25'],
  difficulty: 'medium',
  format: 'single',
  formula: 'sequencePerplexity',
  unit: '',
  minutes: 2,
  seniority: 'mid',
  idea: "The probability of a sequence is the product of its tokens' probabilities. Perplexity is e to the mean negative log-probability, which is the inverse of the geometric mean of these numbers. So one unlikely token weighs more than in an arithmetic mean, and the length cancels out.",
  hints: [
    'Start from the probability of the whole sequence.',
    "Perplexity doesn't grow with the length by itself.",
    'Take the mean of the negative logarithms, then e to that power.',
  ],
  followUps: [
    {
      ask: "A model gives every token a probability of 1/50. What's its perplexity?",
      expect: "50: it's as unsure as a fair choice among 50.",
    },
    {
      ask: "Why doesn't a low perplexity prove that an answer is good?",
      expect:
        "It says how expected the words are to the model, not whether they're true or useful.",
    },
  ],
  references: [
    {
      title: 'Speech and Language Processing, chapter 3: N-gram Language Models',
      year: 2024,
      url: 'https://web.stanford.edu/~jurafsky/slp3/3.pdf',
      where: 'section on perplexity as a weighted average branching factor',
    },
  ],
  related: ['c6.01', 'chapter 6'],
  draft(random) {
    const list = [0, 1, 2, 3].map(() => between(0.05, 0.95, 0.05, random));
    const mean = list.reduce((sum, each) => sum + each, 0) / list.length;
    const whole = list.reduce((all, each) => all * each, 1);
    const nats = Math.log(sequencePerplexity(list));
    return {
      prompt: `A model gives the four tokens of an answer the probabilities ${list.slice(0, 3).join(', ')}, and ${list[3]}. What's the perplexity of the answer?`,
      answer: sequencePerplexity(list),
      slips: [
        {
          id: 'inverse-of-the-mean',
          value: 1 / mean,
          why: 'took the arithmetic mean of the probabilities',
        },
        { id: 'no-root', value: 1 / whole, why: "didn't take the fourth root of the product" },
        { id: 'base-two', value: 2 ** nats, why: 'raised 2 to a number of nats' },
        {
          id: 'mean-of-inverses',
          value: list.reduce((sum, each) => sum + 1 / each, 0) / list.length,
          why: 'averaged the inverses of the probabilities',
        },
        {
          id: 'likeliest-token',
          value: 1 / Math.max(...list),
          why: 'looked only at the likeliest token',
        },
        {
          id: 'no-power',
          value: nats,
          why: 'stopped at the mean negative logarithm',
        },
        {
          id: 'bits-in-e',
          value: perplexity(bitsOf(nats)),
          why: 'raised e to a number of bits',
        },
      ],
      working: `(${list.join(' × ')})^(−1/4) = ${shown(whole)}^(−1/4)`,
    };
  },
};

/** What a language costs of a context window. */
export const languageTokens: Kind = {
  id: 'language-tokens',
  chapter: 1,
  topics: ['c1.06', 'c1.16'],
  difficulty: 'easy',
  format: 'numeric',
  formula: 'textTokens',
  unit: '%',
  minutes: 1,
  seniority: 'junior',
  idea: 'A word is more than one token on average, and most vocabularies were learned mostly from English. The same content in another language takes more tokens, several times as many for some scripts. Window, price, and waiting time all count tokens, so all of them grow by that factor.',
  hints: [
    'Windows count tokens, not words.',
    'Two factors turn English words into tokens of the translation.',
    'Multiply words, tokens per word, and the language factor, then divide by the window.',
  ],
  followUps: [
    {
      ask: 'What else grows by the same factor?',
      expect: 'The price of the request, the time to read the prompt, and the cache it takes.',
    },
    {
      ask: 'What can a team do about it?',
      expect:
        'Measure each language with the real tokenizer, choose a model with a better vocabulary, or retrieve less text.',
    },
  ],
  references: [
    {
      title: 'Language Model Tokenizers Introduce Unfairness Between Languages',
      year: 2023,
      url: 'arXiv:2305.15425',
      where: 'abstract and the sections on cost, latency and long context',
    },
  ],
  related: ['c10.17', 'chapter 10'],
  draft(random) {
    const words = between(2000, 60_000, 500, random);
    const tokensPerWord = oneOf([1.2, 1.25, 1.3, 1.35, 1.4], random);
    const languageFactor = between(1.4, 4, 0.1, random);
    const window = oneOf([8192, 16_384, 32_768, 65_536, 128_000, 200_000], random);
    const share = (tokens: number) => (100 * tokens) / window;
    const answer = share(textTokens({ words, tokensPerWord, languageFactor }));
    if (answer > 95 || answer < 3) return undefined;
    return {
      prompt: `An English text has ${exact(words)} words at ${tokensPerWord} tokens per word. Its translation needs ${languageFactor} times as many tokens. What share of a window of ${exact(window)} tokens does the translation take, in %?`,
      answer,
      slips: [
        {
          id: 'no-language-factor',
          value: share(words * tokensPerWord),
          why: 'counted the tokens of the English text',
        },
        {
          id: 'words-as-tokens',
          value: share(words * languageFactor),
          why: 'counted one token per word',
        },
        {
          id: 'divided-by-tokens-per-word',
          value: share((words / tokensPerWord) * languageFactor),
          why: 'divided by the tokens per word; a text has more tokens than words',
        },
        {
          id: 'divided-by-language-factor',
          value: share((words * tokensPerWord) / languageFactor),
          why: 'divided by the language factor, although the translation is longer',
        },
        {
          id: 'words-alone',
          value: share(words),
          why: 'counted words, and English ones, instead of tokens',
        },
      ],
      working: `${exact(words)} × ${tokensPerWord} × ${languageFactor} / ${exact(window)} × 100`,
    };
  },
};
