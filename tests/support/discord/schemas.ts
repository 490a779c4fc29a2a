import * as spec from 'discord-api-spec/zod';
import * as z from 'zod/mini';

/** One thing that Discord would not take: where, and why. */
export type BodyProblem = { path: PropertyKey[]; message: string };

type Schema = z.core.$ZodType;

/**
 * Wrong spots of the package, by property. Discord takes the permissions of a command as a string of
 * digits; the schema wants a number.
 */
const CORRECTIONS = new Map<string, Schema>([
  ['default_member_permissions', z.nullish(z.string().check(z.regex(/^\d+$/)))],
]);

const rebuilt = new Map<Schema, Schema>();

/** The same schema, refusing each property that it does not name. */
function strict(schema: Schema): Schema {
  const known = rebuilt.get(schema);
  if (known) return known;
  const made = rebuild(schema);
  rebuilt.set(schema, made);
  return made;
}

function rebuild(schema: Schema): Schema {
  // Each kind of schema has a definition of its own; `type` says which.
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'object': {
      const shape = Object.entries(def.shape).map(([name, field]) => [
        name,
        CORRECTIONS.get(name) ?? strict(field),
      ]);
      return z.clone(schema, {
        ...def,
        shape: Object.fromEntries(shape),
        catchall: z.never(),
      } as never);
    }
    case 'array':
      return z.clone(schema, { ...def, element: strict(def.element) } as never);
    case 'union':
      return z.clone(schema, { ...def, options: def.options.map(strict) } as never);
    case 'optional':
    case 'nullable':
      return z.clone(schema, { ...def, innerType: strict(def.innerType) } as never);
    case 'lazy':
      return z.lazy(() => strict(def.getter()) as z.ZodMiniType);
    default:
      return schema;
  }
}

const CALLBACKS = new Map<number, Schema>([
  [4, strict(spec.CreateMessageInteractionCallbackRequestSchema)],
  [5, strict(spec.CreateMessageInteractionCallbackRequestSchema)],
  [6, strict(spec.UpdateMessageInteractionCallbackRequestSchema)],
  [7, strict(spec.UpdateMessageInteractionCallbackRequestSchema)],
  [8, strict(spec.ApplicationCommandAutocompleteCallbackRequestSchema)],
  [9, strict(spec.ModalInteractionCallbackRequestSchema)],
]);

/** What Discord's own description says about the body of each request that is known here. */
export const BODIES = {
  'create message': strict(spec.MessageCreateRequestSchema),
  'edit message': strict(spec.MessageEditRequestPartialSchema),
  'thread under a message': strict(spec.CreateTextThreadWithMessageRequestSchema),
  thread: strict(spec.CreateTextThreadWithoutMessageRequestSchema),
  'change of a thread': strict(spec.UpdateThreadRequestPartialSchema),
  'direct channel': strict(spec.CreatePrivateChannelRequestSchema),
  commands: z.array(strict(spec.ApplicationCommandUpdateRequestSchema) as z.ZodMiniType),
  'follow-up': strict(spec.IncomingWebhookRequestPartialSchema),
  'edit reply': strict(spec.IncomingWebhookUpdateRequestPartialSchema),
} satisfies Record<string, Schema>;

/** The schema of a first response, by its type; undefined for an unknown type. */
export function callbackSchema(type: unknown): Schema | undefined {
  return typeof type === 'number' ? CALLBACKS.get(type) : undefined;
}

/** All that a schema finds wrong with a body; empty when it is right. */
export function schemaProblems(schema: Schema, body: unknown): BodyProblem[] {
  const result = z.safeParse(schema, body);
  return result.success ? [] : result.error.issues.flatMap((issue) => flatten(issue, []));
}

/** Of a union, the branch that was meant: the one whose `type` fits and that has least to say. */
function flatten(issue: z.core.$ZodIssue, above: PropertyKey[]): BodyProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, message: inWords(issue) }];
  const meant = issue.errors
    .filter((branch) => !branch.some(({ path: [first] }) => first === 'type'))
    .filter((branch) =>
      branch.some(({ path: [first], code }) => first !== undefined || code === 'unrecognized_keys'),
    )
    .sort((a, b) => a.length - b.length)[0];
  if (!meant) return [{ path, message: 'fits none of the kinds that may stand here' }];
  return meant.flatMap((inner) => flatten(inner, path));
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown property ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return `must be ${issue.expected}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    default:
      return `not valid (${issue.code})`;
  }
}
