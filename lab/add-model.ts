import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfigJson } from '../src/core/calculators/models/config-json.ts';
import { readModels } from '../src/core/calculators/models/model-schema.ts';

/**
 * Adds a row to data/models.json from a config.json:
 *
 *     npm run lab add-model -- config.json --hub Qwen/Qwen3-VL-8B-Instruct --family "Qwen 3" --source "where it was read"
 *
 * Options: --id, --name, --alias (several), --released 2025-10.
 */
const FILE = new URL('../data/models.json', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hub: { type: 'string' },
    source: { type: 'string' },
    family: { type: 'string' },
    id: { type: 'string' },
    name: { type: 'string' },
    alias: { type: 'string', multiple: true },
    released: { type: 'string' },
  },
});

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** JSON on one line, with spaces as the file has them. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}: ${inline(each)}`).join(', ')}}`;
}

const [file] = positionals;
const { hub, source, family } = values;
if (!file || !hub || !source || !family)
  refuse('usage: npm run lab add-model -- CONFIG --hub OWNER/NAME --family NAME --source WHERE');
const read = readConfigJson(readFileSync(file, 'utf8'));
if (!read.ok) refuse(read.message);
const last = hub.split('/').at(-1) ?? hub;
const base = last.replace(/-(?:instruct|chat|it|hf|bf16)$/i, '');
const row = {
  id: values.id ?? base.toLowerCase(),
  name: values.name ?? base.replaceAll('-', ' '),
  family,
  hub,
  aliases: values.alias ?? [],
  released: values.released ?? new Date().toISOString().slice(0, 7),
  native: read.model.native,
  shape: read.model.shape,
  sources: [source],
  checked: new Date().toISOString().slice(0, 10),
  unconfirmed: read.model.notes.some((note) => note.startsWith('Only'))
    ? ['the vision tower (not counted)']
    : [],
};
const before = readFileSync(FILE, 'utf8');
const lines = Object.entries(row)
  .filter(([, value]) => value !== undefined)
  .map(([name, value]) => `    ${JSON.stringify(name)}: ${inline(value)}`);
const after = before.replace(/\n \]\n\}\n$/, `,\n  {\n${lines.join(',\n')}\n  }\n ]\n}\n`);
const models = readModels(JSON.parse(after));
if (models.filter(({ id }) => id === row.id).length > 1) refuse(`${row.id} is there already.`);
writeFileSync(FILE, after);
process.stdout.write(`${row.id} added. ${read.model.notes.join(' ')}\n`);
