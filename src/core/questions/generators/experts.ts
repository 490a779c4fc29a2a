import { countParameters } from '../../calculators/models/parameters.ts';
import { expectedExperts } from '../../calculators/speed/compute.ts';
import type { Random } from '../../random.ts';
import type { Facts, Kind } from './generator.ts';
import { between, oneOf, shown } from './numbers.ts';
import { type Drawn, fictionalShape, sparseModels } from './shapes.ts';

const MIXTRAL = { title: 'Mixtral of Experts', year: 2024, url: 'arXiv:2401.04088' };

/** A public mixture of experts, or mostly a fictional one. */
function someSparse(random: Random, facts: Facts): Drawn {
  const models = sparseModels(facts);
  if (models.length > 0 && random() < 0.3) return oneOf(models, random);
  const dense = fictionalShape(random);
  const [group] = dense.shape.layers;
  if (!group) return dense;
  const feedForward = {
    kind: 'moe',
    experts: oneOf([8, 16, 32, 64, 128], random),
    activeExperts: oneOf([1, 2, 4, 8], random),
    width: oneOf([768, 1024, 1536, 2048, 4096], random),
    gated: true,
  } as const;
  const shape = { ...dense.shape, layers: [{ ...group, feedForward }] };
  return { ...dense, name: 'A fictional model', shape, parameters: countParameters(shape).total };
}

/** Parameters that one token goes through. */
export const activeParameters: Kind = {
  id: 'active-parameters',
  chapter: 4,
  topics: ['c4.15', 'c4.08'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'countParameters',
  enemyOf: ['c4-active-parameters'],
  unit: 'billion',
  accepts: [
    { unit: 'B', factor: 1 },
    { unit: 'bn', factor: 1 },
  ],
  minutes: 3,
  seniority: 'mid',
  idea: "A router sends each token to a few experts in every layer; the other experts' parameters aren't used. Attention, tables, and norms serve every token. So the active count is everything outside the experts plus the experts that one token uses in every layer. Memory still needs all experts, because the next token may choose others.",
  hints: [
    'Split the model into what every token uses and what a token chooses.',
    'Every layer makes a new choice.',
    'Add the part outside the experts to layers × experts used × size of one expert.',
  ],
  followUps: [
    {
      ask: 'Which of the two counts decides how much memory the model needs?',
      expect: 'The total: the next token may need any expert.',
    },
    {
      ask: 'And which decides the arithmetic of one token?',
      expect: 'The active count, about two operations per parameter.',
    },
  ],
  references: [{ ...MIXTRAL, where: 'sections 1 and 2.1 (total and active parameters)' }],
  related: ['c8.02', 'c5.23', 'chapter 8'],
  draft(random, facts) {
    const { name, shape, layers } = someSparse(random, facts);
    const [group] = shape.layers;
    if (group?.feedForward.kind !== 'moe') return undefined;
    const { experts, activeExperts: used } = group.feedForward;
    const counts = countParameters(shape);
    const one = counts.experts / (layers * experts);
    const outside = counts.total - counts.experts;
    if (used * 2 > experts) return undefined;
    const billion = (parameters: number) => parameters / 1e9;
    return {
      prompt: `${name} has ${shown(billion(outside))} billion parameters outside its experts. Each of its ${layers} layers has ${experts} experts of ${shown(one / 1e6)} million parameters, and a token uses ${used} of them. How many parameters does one token go through, in billions?`,
      answer: billion(counts.active),
      slips: [
        { id: 'all-experts', value: billion(counts.total), why: 'counted every expert' },
        {
          id: 'experts-alone',
          value: billion(layers * used * one),
          why: 'left out what every token uses besides the experts',
        },
        {
          id: 'share-of-the-total',
          value: billion((counts.total * used) / experts),
          why: 'applied the share of experts to the whole model',
        },
        {
          id: 'one-layer',
          value: billion(outside + used * one),
          why: 'counted the experts of one layer',
        },
        {
          id: 'one-expert',
          value: billion(outside + layers * one),
          why: 'counted one expert per layer',
        },
      ],
      working: `${shown(billion(outside))} + ${layers} × ${used} × ${shown(one / 1e6)} / 1,000`,
    };
  },
};

/** Different experts that a batch needs. */
export const distinctExperts: Kind = {
  id: 'distinct-experts',
  chapter: 4,
  topics: ['c4.16'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'expectedExperts',
  enemyOf: ['c5-moe-batch-experts', 'c4-moe-step-time'],
  unit: 'experts',
  minutes: 3,
  seniority: 'senior',
  idea: 'A token misses a given expert with a chance of 1 − used / all. All tokens of the batch miss it with that chance to the power of the batch size, so the expected number of experts in use is all × (1 − that). Batches soon need nearly all of them, and then a decode step reads almost the whole model, no matter what the active count says.',
  hints: [
    'Look at one expert: how likely is it that no token needs it?',
    'The tokens choose independently of each other here.',
    'Take (1 − used / all) to the power of the batch size, subtract it from 1, and multiply by all experts.',
  ],
  followUps: [
    {
      ask: 'What does this mean for the time of a decode step?',
      expect:
        'Each expert in use is read once, so the step gets slower as the batch grows until all are read.',
    },
    {
      ask: "Real routers aren't random. In which direction is the estimate off?",
      expect: 'Popular experts are shared more, so fewer different ones are needed.',
    },
  ],
  references: [
    { ...MIXTRAL, where: 'section 2.1 and section 3 (active parameters, memory and batched use)' },
  ],
  related: ['c5.23', 'c5.05', 'chapter 5'],
  draft(random) {
    const experts = oneOf([8, 16, 32, 60, 64, 128, 160, 256], random);
    const active = oneOf([1, 2, 4, 6, 8], random);
    const tokens = between(2, 64, 1, random);
    if (active * 4 > experts) return undefined;
    const answer = expectedExperts(experts, active, tokens);
    if (answer > 0.97 * experts) return undefined;
    return {
      prompt: `Each layer of a mixture of experts has ${experts} experts, and a token uses ${active} of them. A decode batch has ${tokens} tokens that choose at random. How many different experts does one layer need on average?`,
      answer,
      slips: [
        {
          id: 'never-the-same',
          value: Math.min(experts, active * tokens),
          why: 'assumed that no two tokens choose the same expert',
        },
        { id: 'one-token', value: active, why: 'counted what one token uses' },
        {
          id: 'one-expert-each',
          value: experts * (1 - (1 - 1 / experts) ** tokens),
          why: 'assumed that each token chooses one expert',
        },
        { id: 'all-experts', value: experts, why: 'counted all experts' },
        {
          id: 'unused-experts',
          value: experts * (1 - active / experts) ** tokens,
          why: 'counted the experts that no token needs',
        },
      ],
      working: `${experts} × (1 − (1 − ${active} / ${experts})^${tokens})`,
    };
  },
};
