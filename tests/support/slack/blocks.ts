import { z } from 'zod';

/**
 * What Slack accepts, written from its reference pages without looking at the adapter: every block,
 * field and limit that the adapter may use, and nothing else. Unknown properties are refused, as
 * Slack refuses them.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 * @see https://docs.slack.dev/reference/block-kit/block-elements
 */
export type Surface = 'message' | 'modal' | 'home';

const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
const anyText = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);
const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255).optional();
const address = z.url({ protocol: /^(https?|mailto)$/ }).max(3000);

/** One choice of a menu. */
export const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
});
const options = z.array(option).min(1).max(100);

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: address.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});
const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  options,
  initial_option: option.optional(),
});
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  initial_option: option.optional(),
  min_query_length: z.int().min(0).optional(),
});
const multiStaticSelect = z.strictObject({
  type: z.literal('multi_static_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  options,
  initial_options: z.array(option).min(1).optional(),
  max_selected_items: z.int().min(1).optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  initial_conversation: z.string().regex(/^[CG]/).optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  initial_user: z.string().regex(/^[UW]/).optional(),
});
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  initial_value: z.string().min(1).max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: actionId,
  is_decimal_allowed: z.boolean(),
  initial_value: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const run = z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(3000), style });
const leaf = z.discriminatedUnion('type', [
  run,
  z.strictObject({
    type: z.literal('link'),
    url: address,
    text: z.string().min(1).optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int().positive(),
    format: z.string().regex(/\{(date|time|ago|date_short|date_long|date_num)\}/),
    fallback: z.string().min(1).optional(),
    url: address.optional(),
    style,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW]/), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().regex(/^[CGD]/), style }),
]);
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(leaf).min(1) }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(run).min(1),
          border: z.union([z.literal(0), z.literal(1)]).optional(),
        }),
      ]),
    )
    .min(1),
});

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  richText.omit({ block_id: true }),
]);
const chartLabel = z.string().min(1).max(20);

const blocks = {
  actions: z.strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z
      .array(z.discriminatedUnion('type', [button, staticSelect, multiStaticSelect]))
      .min(1)
      .max(25),
  }),
  context: z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z
      .array(z.union([anyText(2000), imageElement()]))
      .min(1)
      .max(10),
  }),
  divider: z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  header: z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(150) }),
  image: z.strictObject({
    type: z.literal('image'),
    block_id: blockId,
    image_url: address,
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional(),
  }),
  input: z.strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.discriminatedUnion('type', [
      textInput,
      numberInput,
      staticSelect,
      multiStaticSelect,
      externalSelect,
      conversationsSelect,
      usersSelect,
    ]),
  }),
  rich_text: richText,
  section: z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: z
        .discriminatedUnion('type', [button, staticSelect, multiStaticSelect, imageElement()])
        .optional(),
      expand: z.boolean().optional(),
    })
    .refine((section) => section.text || section.fields, 'a section needs text or fields'),
  table: z
    .strictObject({
      type: z.literal('table'),
      block_id: blockId,
      rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
      column_settings: z
        .array(
          z.strictObject({
            align: z.enum(['left', 'center', 'right']).optional(),
            is_wrapped: z.boolean().optional(),
          }),
        )
        .max(20)
        .optional(),
    })
    .refine(({ rows }) => new Set(rows.map((row) => row.length)).size === 1, 'ragged table'),
  data_visualization: z
    .strictObject({
      type: z.literal('data_visualization'),
      block_id: blockId,
      title: z.string().min(1).max(50),
      chart: z.strictObject({
        type: z.enum(['bar', 'line', 'area']),
        series: z
          .array(
            z.strictObject({
              name: chartLabel,
              data: z
                .array(z.strictObject({ label: chartLabel, value: z.number() }))
                .min(1)
                .max(20),
            }),
          )
          .min(1)
          .max(6),
        axis_config: z.strictObject({
          categories: z.array(chartLabel).min(1).max(20),
          x_label: z.string().max(50).optional(),
          y_label: z.string().max(50).optional(),
        }),
      }),
    })
    .refine(({ chart }) => isConsistent(chart), 'series and categories do not agree'),
};

function imageElement() {
  return z.strictObject({
    type: z.literal('image'),
    image_url: address,
    alt_text: z.string().min(1).max(2000),
  });
}

function isConsistent(chart: {
  series: { name: string; data: { label: string }[] }[];
  axis_config: { categories: string[] };
}): boolean {
  const names = chart.series.map(({ name }) => name);
  const { categories } = chart.axis_config;
  return (
    new Set(names).size === names.length &&
    new Set(categories).size === categories.length &&
    chart.series.every(
      ({ data }) =>
        data.length === categories.length &&
        data.every(({ label }, index) => label === categories[index]),
    )
  );
}

/** Which blocks each surface takes. */
const SURFACES: Record<keyof typeof blocks, Surface[]> = {
  actions: ['message', 'modal', 'home'],
  context: ['message', 'modal', 'home'],
  divider: ['message', 'modal', 'home'],
  header: ['message', 'modal', 'home'],
  image: ['message', 'modal', 'home'],
  input: ['message', 'modal', 'home'],
  rich_text: ['message', 'modal', 'home'],
  section: ['message', 'modal', 'home'],
  table: ['message', 'home'],
  data_visualization: ['message'],
};

/** Characters in all blocks of a message at which Slack was seen to refuse it. */
const MOST_TEXT = 13_000;

/** Everything that Slack would refuse in these blocks; empty when it would take them. */
export function blockProblems(list: unknown, surface: Surface): string[] {
  if (!Array.isArray(list)) return ['blocks: must be an array'];
  const most = surface === 'message' ? 50 : 100;
  return [
    ...(list.length > most ? [`blocks: no more than ${most} items allowed`] : []),
    ...list.flatMap((block, index) => blockProblem(block, `/blocks/${index}`, surface)),
    ...repeated(list, 'block_id'),
    ...repeated(list.flatMap(interactive), 'action_id'),
    ...(surface === 'message' ? messageProblems(list) : []),
  ];
}

function blockProblem(block: unknown, at: string, surface: Surface): string[] {
  const type = typeof block === 'object' && block !== null && 'type' in block ? block.type : '';
  const known = Object.entries(blocks).find(([name]) => name === type);
  if (!known) return [`${at}: unsupported type: ${String(type)}`];
  const [name, schema] = known;
  // The name came from the keys of the same table.
  if (!SURFACES[name as keyof typeof blocks].includes(surface)) {
    return [`${at}: ${name} is not allowed in a ${surface}`];
  }
  const result = schema.safeParse(block);
  return result.success
    ? []
    : result.error.issues.map((issue) => `${at}/${issue.path.join('/')}: ${issue.message}`);
}

function messageProblems(list: unknown[]): string[] {
  const count = (type: string) => list.filter((block) => hasType(block, type)).length;
  const tables = list.filter((block) => hasType(block, 'table'));
  return [
    ...(tables.length > 1 ? ['only_one_table_allowed'] : []),
    ...(shownText(tables) > 10_000 ? ['table: more than 10,000 characters'] : []),
    ...(count('data_visualization') > 2 ? ['more than two charts in a message'] : []),
    ...(shownText(list) > MOST_TEXT ? ['msg_blocks_too_long'] : []),
  ];
}

function hasType(block: unknown, type: string): boolean {
  return typeof block === 'object' && block !== null && 'type' in block && block.type === type;
}

/** Elements that act, wherever they stand. */
function interactive(block: unknown): unknown[] {
  if (typeof block !== 'object' || block === null) return [];
  const inside = [
    ...('elements' in block && Array.isArray(block.elements) ? block.elements : []),
    ...('accessory' in block ? [block.accessory] : []),
  ];
  return inside.filter((item) => typeof item === 'object' && item !== null && 'action_id' in item);
}

function repeated(items: unknown[], key: 'block_id' | 'action_id'): string[] {
  const seen = new Set<unknown>();
  return items.flatMap((item) => {
    const id = typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined;
    if (id === undefined) return [];
    if (seen.has(id)) return [`${key} "${String(id)}" is used twice`];
    seen.add(id);
    return [];
  });
}

function shownText(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, item) => sum + shownText(item), 0);
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [key, value]) =>
      sum + (key === 'text' && typeof value === 'string' ? value.length : shownText(value)),
    0,
  );
}

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plain(24),
  submit: plain(24).optional(),
  close: plain(24).optional(),
  blocks: z.array(z.unknown()).min(1),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});
const home = z.strictObject({
  type: z.literal('home'),
  blocks: z.array(z.unknown()),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
});

/** Everything that Slack would refuse in this view. */
export function viewProblems(view: unknown, surface: 'modal' | 'home'): string[] {
  const result = (surface === 'modal' ? modal : home).safeParse(view);
  if (!result.success) {
    return result.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`);
  }
  const list = result.data.blocks;
  const hasInput = list.some((block) => hasType(block, 'input'));
  const submits = 'submit' in result.data && result.data.submit !== undefined;
  return [
    ...blockProblems(list, surface),
    ...(surface === 'modal' && hasInput && !submits ? ['a view with inputs needs submit'] : []),
  ];
}

const message = z.object({
  channel: z.string().min(1).optional(),
  text: z.string().max(40_000),
  blocks: z.array(z.unknown()).optional(),
});

/** Properties of a message beside `channel`, by the way it is sent. */
const MESSAGE_KEYS: Record<'post' | 'update' | 'ephemeral' | 'response', string[]> = {
  post: ['channel', 'thread_ts', 'unfurl_links', 'unfurl_media', 'mrkdwn', 'parse', 'link_names'],
  update: ['channel', 'ts', 'parse', 'link_names'],
  ephemeral: ['channel', 'user', 'thread_ts', 'parse', 'link_names'],
  response: ['response_type', 'replace_original', 'delete_original', 'thread_ts'],
};

/** Everything that Slack would refuse in a message, and a missing or raw fallback text. */
export function messageBodyProblems(body: unknown, way: keyof typeof MESSAGE_KEYS): string[] {
  const result = message.safeParse(body);
  if (!result.success) {
    return result.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`);
  }
  const allowed = new Set(['text', 'blocks', ...MESSAGE_KEYS[way]]);
  const unknown = Object.keys(body as object).filter((key) => !allowed.has(key));
  const { text, blocks: list } = result.data;
  return [
    ...unknown.map((key) => `unknown property ${key}`),
    ...(text.trim() === '' ? ['no_text: the fallback text is empty'] : []),
    ...(text.length > 4000 ? ['the fallback text is longer than 4,000 characters'] : []),
    ...(isEscapedOnce(text.replace(/<#[CGD][A-Z0-9]{8,}>/g, ''))
      ? []
      : ['the fallback text is not escaped exactly once']),
    ...(list ? blockProblems(list, 'message') : []),
  ];
}

/** No raw control character of Slack's markup, and no entity inside an entity. */
function isEscapedOnce(text: string): boolean {
  return !/[<>]|&(?!amp;|lt;|gt;)/.test(text);
}
