/** What somebody may want to do, and the commands for it. */
export type Group = {
  /** As an option names it. */
  name: string;
  title: string;
  /** The label of the button that shows the whole group. */
  label: string;
  forAdmins?: true;
  /** Shown at once; ten in all groups together. */
  first: readonly string[];
  /** Shown after one press. */
  rest: readonly string[];
};

/** Every listed command but help itself, once, in the order in which help shows the groups. */
export const GROUPS: readonly Group[] = [
  {
    name: 'today',
    title: "Today's question",
    label: 'Daily question',
    first: ['daily', 'leaderboard'],
    rest: ['leaderboard why', 'leaderboard group', 'leaderboard share'],
  },
  { name: 'interviews', title: 'Interviews', label: 'Interviews', first: ['mock'], rest: [] },
  {
    name: 'practice',
    title: 'Practice',
    label: 'Practice',
    first: ['quiz', 'review'],
    rest: ['live', 'path', 'ask', 'question show', 'question report'],
  },
  {
    name: 'estimates',
    title: 'Estimates',
    label: 'Estimates',
    first: ['vram', 'fit'],
    rest: [
      'deployment',
      'kv',
      'compare',
      'latency',
      'cost',
      'plan',
      'lora',
      'train',
      'speculate',
      'models',
      'gpus',
    ],
  },
  {
    name: 'questions',
    title: 'Team questions',
    label: 'Team questions',
    first: ['question new'],
    rest: [
      'question edit',
      'question preview',
      'question list',
      'question import',
      'question export',
      'question disable',
      'question enable',
    ],
  },
  { name: 'you', title: 'You', label: 'You', first: ['me'], rest: ['me remind', 'me server'] },
  {
    name: 'admins',
    title: 'Admins',
    label: 'Admins',
    forAdmins: true,
    first: ['setup'],
    rest: [],
  },
];
