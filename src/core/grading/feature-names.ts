/** The names of the features, in the order of the trace. */
export const FEATURE_NAMES = [
  'match',
  'breadth',
  'otherPoint',
  'wrongWording',
  'odds',
  'answerOdds',
  'asked',
] as const;

export type FeatureName = (typeof FEATURE_NAMES)[number];
