// Files that people would hardly attach: valid ones of every kind, and what chance makes of them.
import Sqlite from 'better-sqlite3';
import { zipSync } from 'fflate';
import { NUMBERS, text } from './texts.mjs';

const CONFIG = JSON.stringify({
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  hidden_size: 4096,
  intermediate_size: 14336,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  num_hidden_layers: 32,
  vocab_size: 128256,
  torch_dtype: 'bfloat16',
  max_position_embeddings: 131072,
  rope_scaling: { factor: 8, type: 'llama3' },
  quantization_config: { bits: 4 },
  num_local_experts: 8,
  num_experts_per_tok: 2,
  layer_types: ['full_attention', 'sliding_attention'],
});
const YAML_TRICKS = [
  (n) => `- ${'['.repeat(n)}`,
  (n) => `- ${'{a: '.repeat(n)}`,
  (n) => `- ${'- '.repeat(n)}x`,
  (n) => `${'[{"a":'.repeat(n)}`,
  (n) =>
    `a: &a [x]\n${Array.from({ length: Math.min(n, 40) }, (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`).join('\n')}`,
  (n) =>
    Array.from({ length: Math.min(n, 4000) }, (_, i) => `${' '.repeat(Math.min(i, 2000))}k:`)
      .join('\n')
      .slice(0, 2_000_000),
  (n) => `- id: own-one\n  prompt: |\n${'    x\n'.repeat(n)}`,
  (n) => `? ${'? '.repeat(n)}`,
  (n) => `- !!${'t'.repeat(n)} x`,
  (n) => `- "${'\\u0041'.repeat(n)}`,
  (n) => `--- \n`.repeat(n),
  (n) => `- id: a\n`.repeat(n),
  (n) => `- ${"'".repeat(n)}`,
  (n) => `- <<: *a\n`.repeat(n),
  (n) => `- {${'a: 1, '.repeat(n)}}`,
  (n) => `- [${'a, '.repeat(n)}]`,
  (n) => `#${' #'.repeat(n)}`,
  (n) => `-${'\t'.repeat(n)}x`,
  (n) => `- a: ${'&x '.repeat(n)}`,
];
const JSON_TRICKS = [
  (n) => '['.repeat(n),
  (n) => '{"a":'.repeat(n),
  (n) => '['.repeat(n) + ']'.repeat(n),
  (n) => `[${'{},'.repeat(n)}{}]`,
  (n) => `[{"__proto__":${'['.repeat(n)}`,
  (n) => `{"hidden_size":${'9'.repeat(n)}}`,
  (n) => `[${'1e308,'.repeat(n)}1]`,
  (n) => `{"model_type":"llama","layer_types":[${'"full_attention",'.repeat(n)}"x"]}`,
  (n) => `[{"id":"${'a-'.repeat(n)}","prompt":"x"}]`,
  (n) => `"${'\\'.repeat(n)}`,
  (n) => `{${'"a":1,'.repeat(n)}"b":2}`,
  (n) => `[{"constructor":{"prototype":${'{"a":'.repeat(n)}`,
];
const CSV_TRICKS = [
  (n) => `id,format,prompt\n${'"'.repeat(n)}`,
  (n) => `id,format,prompt\n${'a,single,"x\n'.repeat(n)}`,
  (n) => `id,format,prompt\n${','.repeat(n)}`,
  (n) => `id,format,prompt${',option'.repeat(n)}\na,single,x`,
  (n) => `id\tformat\tprompt\n${'a\tsingle\tx\n'.repeat(n)}`,
  (n) => `id;format;prompt\n${'"a""";'.repeat(n)}`,
  (n) => `#separator:tab\n#html:true\n${'a\tb\tc\td\n'.repeat(n)}`,
  (n) => `#separator:tab\n${'<div>'.repeat(n)}\t${'&amp;'.repeat(n)}`,
  (n) => `id,format,prompt\n${'\r'.repeat(n)}`,
];

/** An attachment as adapters hand it over. */
export function attachment(name, bytes) {
  return {
    name,
    bytes: bytes.byteLength,
    text: async () => new TextDecoder().decode(bytes),
    content: async () => bytes,
  };
}

/**
 * A hostile file. `samples` are valid ones: `{ yaml, json, csv, anki, apkg }` as bytes.
 * @param most Bytes of the largest; what is larger is refused by its size alone.
 */
export function file(chance, samples, most) {
  const { one, below, percent } = chance;
  const kind = one([
    'yaml',
    'yaml',
    'json',
    'csv',
    'anki',
    'zip',
    'apkg',
    'apkg',
    'colpkg',
    'config',
  ]);
  const endings = {
    yaml: 'yaml',
    json: 'json',
    csv: 'csv',
    anki: 'txt',
    zip: 'zip',
    apkg: 'apkg',
    colpkg: 'colpkg',
    config: 'json',
  };
  const name = percent(4)
    ? text(chance, 300)
    : `${kind}.${percent(93) ? endings[kind] : one(Object.values(endings))}`;
  const length = Math.max(1, chance.size(percent(3) ? most : 200_000));
  if (kind === 'zip' || kind === 'apkg' || kind === 'colpkg')
    return { name, bytes: packed(chance, samples, length) };
  const tricks =
    kind === 'yaml' ? YAML_TRICKS : kind === 'json' || kind === 'config' ? JSON_TRICKS : CSV_TRICKS;
  if (percent(12)) {
    const open = one(['[', '{a: ', '{"a":', '- ', '[{"a":', '? ', '[[[[']);
    const before = one(['', '- ', 'a: ', '- id: x\n  prompt: ']);
    return { name, bytes: Buffer.from(before + open.repeat(one([600, 3000, 20_000, 100_000]))) };
  }
  if (percent(40)) return { name, bytes: Buffer.from(one(tricks)(length).slice(0, most)) };
  const whole = kind === 'config' ? Buffer.from(CONFIG) : Buffer.from(samples[kind]);
  const start = below(Math.max(1, whole.byteLength - 4000));
  const part = percent(30)
    ? whole.subarray(start, start + 1 + below(4000))
    : whole.subarray(0, 1 + below(whole.byteLength));
  return { name, bytes: mutated(chance, part, length) };
}

function mutated(chance, bytes, length) {
  const { below, one, percent } = chance;
  let made = Buffer.from(bytes);
  for (let round = 1 + below(4); round > 0; round -= 1) {
    const at = below(made.byteLength + 1);
    switch (below(7)) {
      case 0:
        for (let flips = 1 + below(20); flips > 0; flips -= 1)
          if (made.byteLength > 0) made[below(made.byteLength)] ^= 1 << below(8);
        break;
      case 1:
        made = made.subarray(0, at);
        break;
      case 2:
        made = Buffer.concat([
          made.subarray(0, at),
          Buffer.from(text(chance, length)),
          made.subarray(at),
        ]);
        break;
      case 3: {
        const piece = made.subarray(at, at + 1 + below(400));
        const times = Math.min(20_000, Math.ceil(length / Math.max(1, piece.byteLength)));
        made = Buffer.concat([made, ...Array.from({ length: times }, () => piece)]);
        break;
      }
      case 4: {
        const asText = made
          .toString('latin1')
          .replace(/\d+/g, (digits) => (percent(20) ? one(NUMBERS) : digits));
        made = Buffer.from(asText, 'latin1');
        break;
      }
      case 5:
        made = Buffer.concat([
          made.subarray(0, at),
          Buffer.from(
            one(['[', '{"a":', '- ', '"', '<b>']).repeat(1 + below(Math.min(length, 60_000))),
          ),
          made.subarray(at),
        ]);
        break;
      default:
        made = Buffer.concat([
          made.subarray(0, at),
          Buffer.from([0, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
          made.subarray(at),
        ]);
    }
  }
  return made;
}

/** Zip archives: damaged ones, bombs, and databases that are not what they seem. */
function packed(chance, samples, length) {
  const { below, one } = chance;
  switch (below(8)) {
    case 0:
    case 1:
      return mutated(chance, samples.apkg, Math.min(length, 20_000));
    case 2:
      return Buffer.from(
        zipSync(
          { 'collection.anki2': mutated(chance, samples.collection, Math.min(length, 20_000)) },
          { level: 1 },
        ),
      );
    case 3: {
      const bomb = new Uint8Array(one([1, 8, 33, 48]) * 1024 * 1024);
      return Buffer.from(
        zipSync(
          { [one(['collection.anki2', 'collection.anki21', 'media', 'x'])]: bomb },
          { level: 6 },
        ),
      );
    }
    case 4: {
      const names = Array.from({ length: Math.min(length, 3000) }, (_, at) => [
        `f${at}`,
        new Uint8Array(1),
      ]);
      return Buffer.from(zipSync(Object.fromEntries(names), { level: 0 }));
    }
    case 5:
      return Buffer.from(
        zipSync({
          [one(['collection.anki2', 'collection.anki21', 'collection.anki21b', '../x'])]:
            Buffer.from(text(chance, length)),
        }),
      );
    case 6:
      return Buffer.from(zipSync({ 'collection.anki21': foreignDatabase(chance) }, { level: 1 }));
    default:
      return Buffer.concat([
        samples.apkg.subarray(0, below(samples.apkg.byteLength)),
        Buffer.from(text(chance, length)),
      ]);
  }
}

const FOREIGN = [
  'create view notes as with recursive c(x) as (select 1 union all select x + 1 from c) select x as flds from c',
  "create table notes (id integer, flds text generated always as (printf('%.*c', 100000000, 'x')) virtual); insert into notes (id) values (1)",
  'create virtual table notes using fts5(flds)',
  "create table notes (flds text); insert into notes values (zeroblob(1000000)), (null), (1e308), (x'ff00')",
  'create table notes (flds integer primary key); insert into notes values (9223372036854775807)',
  'create table notes (id, flds); create table notes2 (flds); insert into notes values (1, char(31))',
  "create table notes (flds text check (flds <> like('%a%b%c%', flds))); insert into notes values ('aaa')",
  'create table notes (flds text); with recursive c(x) as (select 1 union all select x + 1 from c where x < 6000) insert into notes select x from c',
  "create table notes (flds text); with recursive c(x) as (select 1 union all select x + 1 from c where x < 4000) insert into notes select printf('%.*c', 4000, 'x') from c",
  'create table other (x)',
];

function foreignDatabase({ one }) {
  const sqlite = new Sqlite(':memory:');
  try {
    sqlite.exec(one(FOREIGN));
    return sqlite.serialize();
  } finally {
    sqlite.close();
  }
}
