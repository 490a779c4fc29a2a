import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { evaluate } from '../../../support/arithmetic.ts';

type Row = {
  name: string;
  config: Record<string, unknown>;
  parameters: number | string;
  kv: number | string;
};

// The file beside this one is ours, and the tests over it fail where a field is missing.
const rows = parse(readFileSync(new URL('configs.yaml', import.meta.url), 'utf8')) as Row[];

/** Config files with what is known of their models; its sums are written out in the file. */
export const CONFIGS = rows.map(({ name, config, parameters, kv }) => ({
  name,
  config,
  parameters: evaluate(String(parameters)),
  kv: evaluate(String(kv)),
}));

/** The config file whose name begins so. */
export function configOf(start: string): Record<string, unknown> {
  const found = CONFIGS.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`no config ${start}`);
  return found.config;
}
