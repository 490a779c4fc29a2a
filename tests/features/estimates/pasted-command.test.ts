import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  engineIn,
  readPasted,
  sortFlags,
} from '../../../src/core/calculators/serving/pasted-command.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

const COMMANDS = (
  JSON.parse(readFileSync(new URL('known-deployments.json', import.meta.url), 'utf8')) as {
    text: string;
  }[]
)
  .map(({ text }) => text.replaceAll(/\\\n\s*/g, ' ').replaceAll(/ {2,}/g, ' '))
  .filter((text) => !text.includes('\n') && !text.includes('EngineArgs'));

type Change = (text: string) => string;

const words = (text: string) => text.match(/'[^']*'|\S+/g) ?? [];
const bare = (word: string) => word.replaceAll(/^'|'$/g, '');

/** How people write the same flags. */
const SPELLED: Record<string, Change> = {
  same: (text) => text,
  underscores: (text) =>
    text.replaceAll(/--([a-z-]+)/g, (_, name: string) => `--${name.replaceAll('-', '_')}`),
  equals: (text) => text.replaceAll(/(--[\w-]+) (?=[\w./]+(?:\s|$))/g, '$1='),
  dashes: (text) => text.replaceAll(/(?<=\s)--(?=[a-z])/g, '—'),
  quotes: (text) => text.replaceAll(/(--[\w-]+) (?!-)([\w./-]+)(?=\s|$)/g, '$1 "$2"'),
};

/** Where the same command stands. */
const PLACED: Record<string, Change> = {
  shell: (text) => `$ ${text}`,
  lines: (text) => text.replaceAll(/ (?=--)/g, ' \\\n    '),
  windows: (text) => text.replaceAll(/ (?=--)/g, ' ^\n    '),
  fence: (text) => `\`\`\`bash\n${text}\n\`\`\``,
  json: (text) =>
    `args: [${words(text)
      .map((word) => JSON.stringify(bare(word)))
      .join(', ')}]`,
  list: (text) =>
    `args:\n${words(text)
      .map((word) => `  - ${word}`)
      .join('\n')}`,
  folded: (text) => `command: >\n  ${text.replaceAll(/ (?=--)/g, '\n  ')}`,
  spaces: (text) => text.replaceAll(' ', '\u00a0'),
  variables: (text) => `HF_HOME=/data CUDA_VISIBLE_DEVICES=0,1 nohup ${text} > log.txt 2>&1 &`,
  commented: (text) => `${text}  # starts the server`,
};

function tableOf(text: string) {
  const table = catalog.engines.find(({ engine }) => engine === engineIn(text));
  if (!table) throw new Error(`no engine in ${text}`);
  return table;
}

const pastedIn = (text: string) => readPasted(text, tableOf(text));

const read = (text: string) => {
  const { settings, model, table } = pastedIn(text);
  return { engine: table.engine, model, ...Object.fromEntries([...settings].sort()) };
};

const CASES = COMMANDS.flatMap((text) =>
  Object.entries(SPELLED).flatMap(([spelled, spell]) =>
    Object.entries(PLACED).map(([placed, place]) => ({
      text,
      spelled,
      placed,
      pasted: place(spell(text)),
    })),
  ),
);

test('1,500 ways to write known commands are read alike', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(1500);
  const wrong = CASES.filter(({ text, pasted }) => {
    const { model, ...settings } = read(text);
    const { model: other, ...others } = read(pasted);
    return model !== other || JSON.stringify(settings) !== JSON.stringify(others);
  });

  expect(wrong.slice(0, 3)).toEqual([]);
  expect(wrong.length).toBe(0);
});

test('a flag of no engine is named as unknown, and one of Docker is not', () => {
  const { unknown } = sortFlags(
    pastedIn(
      'docker run --gpus all --ipc=host vllm/vllm-openai --model x --no-such-flag 3 --port 8000',
    ),
  );

  expect(unknown.map(({ name }) => name)).toEqual(['--no-such-flag']);
});

test('`--no-enable-prefix-caching` and abbreviations are the flags that they mean', () => {
  const { settings } = pastedIn(
    'vllm serve x --tensor-parallel 2 --no-enable-chunked-prefill --enforce-eager --no-enforce-eager',
  );

  expect([...settings]).toEqual([['tensor', '2']]);
});
