import { z } from 'zod';

const words = z.string().min(1).max(400);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

/** What one of several causes shows, with `else` for the others. An empty text shows nothing. */
const shown = z.union([z.string(), z.record(z.string(), z.string())]);

/** A product of other values of the case, divided by some, as its own arithmetic where no calculator is needed. */
const product = z.strictObject({
  of: z.array(z.string()).min(1),
  per: z.array(z.string()).default([]),
  times: z.number().positive().default(1),
});

/** Something to ask about the brief that changes the work; `useless-facts.ts` has the rest. */
const fact = z.strictObject({
  ask: z.string().min(1).max(70),
  say: words.max(200),
});

/** A number to estimate: a value of the case, drawn or worked out by a calculator. */
const estimate = z.strictObject({
  ask: words,
  of: z.string(),
  unit: z.string(),
  why: words,
});

/** By what factor a value of the case moves when others do. */
const sensitivity = z.strictObject({
  ask: words,
  of: z.string(),
  change: z.record(z.string(), z.number().positive()),
  why: words,
});

/** A choice with one right option, such as what to do about a poison request. */
const choice = z.strictObject({
  ask: words,
  options: z
    .array(z.strictObject({ text: z.string().max(75), right: z.boolean().default(false) }))
    .min(3)
    .max(5),
  why: words,
});

const base = {
  id,
  title: z.string().min(1).max(60),
  minutes: z.int().min(20).max(30),
  /** Each value is one of a list. */
  draw: z.record(z.string(), z.array(z.union([z.number(), z.string()])).min(1)),
  /** Values that follow from drawn ones, and from those of `quantities.ts`, in this order. */
  values: z.record(z.string(), product).default({}),
  /** Two sentences; `{name}` stands for a value. */
  brief: words,
  facts: z.array(fact).length(5),
  estimates: z.array(estimate).min(1),
  /** One for each factor that is offered, so that no answer is right more often than another. */
  sensitivities: z.array(sensitivity).length(4),
  /** What to study, as three buttons. */
  study: z.array(z.strictObject({ label: z.string().max(24), run: z.string().max(90) })).length(3),
};

const twist = z.enum(['load', 'spare', 'long', 'cut']);

/** A design is checked against what the brief asks for: see `serving-checker.ts` and `tuning.ts` for the names of its values. */
const designCase = z.strictObject({
  ...base,
  kind: z.literal('design'),
  /** The arithmetic of its designs: a name of `checkers.ts`. */
  checker: z.enum(['serving', 'tuning']).default('serving'),
  /** GPUs that can be had, by id, and the hourly prices that one is drawn from. */
  gpus: z.record(z.string(), z.array(z.number().positive()).min(1)),
  /** Two of these happen in each playing. */
  twists: z.array(twist).min(2),
  choice,
});

/** An incident with several possible causes, of which one is drawn. */
const incidentCase = z.strictObject({
  ...base,
  kind: z.literal('incident'),
  log: z.array(shown).min(3).max(12),
  metrics: z.array(z.strictObject({ label: z.string().max(30), before: z.string(), now: shown })),
  diff: z.array(z.string()).max(8).default([]),
  checks: z
    .array(z.strictObject({ id, ask: z.string().max(70), minutes: z.int().min(1), shows: shown }))
    .min(4)
    .max(8),
  causes: z
    .array(
      z.strictObject({
        id,
        name: z.string().max(75),
        fix: z.string().max(75),
        /** What else could be done about this cause, and would be wrong. */
        instead: z.array(z.string().max(75)).length(3),
        /** What the fix costs, and why it is the right one. */
        price: words,
      }),
    )
    .min(4)
    .max(5),
});

/** A file of data/cases/ holds one of these. */
export const caseSchema = z.discriminatedUnion('kind', [designCase, incidentCase]);

/** A case as its file describes it, before numbers are drawn. */
export type Case = z.output<typeof caseSchema>;
export type DesignCase = Extract<Case, { kind: 'design' }>;
export type IncidentCase = Extract<Case, { kind: 'incident' }>;
export type Twist = z.output<typeof twist>;
/** What shows in one cause or another. */
export type Shown = z.output<typeof shown>;
