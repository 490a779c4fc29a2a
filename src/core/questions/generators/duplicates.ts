import { lshChance } from '../formulas/chance.ts';
import type { Kind } from './generator.ts';
import { between, oneOf, shown } from './numbers.ts';

/** Chance that near-duplicates are found. */
export const nearDuplicates: Kind = {
  id: 'near-duplicates',
  chapter: 6,
  topics: ['c6.06'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'lshChance',
  enemyOf: ['c6-lsh-candidate'],
  unit: '%',
  minutes: 3,
  seniority: 'senior',
  idea: 'The chance that two signatures agree in one row is their Jaccard similarity, and in a whole band that to the power of the rows. The index compares a pair when at least one band agrees, which is one minus the chance that all bands differ. Rows make the test strict, bands make it lenient; together they give a steep threshold.',
  hints: [
    'Look at one band first.',
    'A band agrees when all of its rows do; a pair is found when any band agrees.',
    'Take 1 − (1 − similarity^rows)^bands.',
  ],
  followUps: [
    {
      ask: 'Where is the steep part of this curve?',
      expect: 'Near the similarity (1 / bands)^(1 / rows).',
    },
    {
      ask: 'The index found a pair. What do you still have to do?',
      expect:
        'Check the actual similarity, and decide which copy to keep; chains of pairs need clustering.',
    },
  ],
  references: [
    {
      title: 'The FineWeb Datasets: Decanting the Web for the Finest Text Data at Scale',
      year: 2024,
      url: 'arXiv:2406.17557',
      where: 'section 3.4 and its appendix on deduplication (14 buckets of 8 hashes)',
    },
  ],
  related: ['c9.13', 'c6.08', 'chapter 9'],
  draft(random) {
    const similarity = between(0.5, 0.95, 0.05, random);
    const rows = between(3, 12, 1, random);
    const bands = oneOf([8, 10, 12, 14, 16, 20, 25, 30, 40], random);
    const answer = 100 * lshChance({ similarity, rows, bands });
    if (answer < 3 || answer > 97) return undefined;
    return {
      prompt: `MinHash with ${bands} bands of ${rows} rows. What is the probability that two documents with Jaccard similarity ${similarity} are compared, in %?`,
      answer,
      slips: [
        {
          id: 'all-bands',
          value: 100 * similarity ** (rows * bands),
          why: 'required all bands to agree; one is enough',
        },
        { id: 'one-band', value: 100 * similarity ** rows, why: 'looked at only one band' },
        {
          id: 'swapped',
          value: 100 * lshChance({ similarity, rows: bands, bands: rows }),
          why: 'swapped rows and bands',
        },
        {
          id: 'and-for-or',
          value: 100 * (1 - (1 - similarity) ** rows) ** bands,
          why: 'required one row in each band; all rows of one band must agree',
        },
        { id: 'similarity', value: 100 * similarity, why: 'gave the similarity itself' },
        {
          id: 'not-compared',
          value: 100 - answer,
          why: 'gave the chance that the pair is missed',
        },
      ].filter(({ value }) => value >= 0.01 && value < 99.95),
      working: `(1 − (1 − ${similarity}^${rows})^${bands}) × 100 = (1 − (1 − ${shown(similarity ** rows)})^${bands}) × 100`,
    };
  },
};
