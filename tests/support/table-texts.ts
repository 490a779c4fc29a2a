import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAndWalk } from 'oxc-walker';
import { textOf } from './visible-strings.ts';

const TESTS = resolve(import.meta.dirname, '..');

/** Nobody types more in one line. */
const MAX_CHARACTERS = 200;

/**
 * Every line of words in a table of the tests: sentences, and what is expected of them. A table that is added later is
 * in it by itself.
 */
export function tableTexts(): string[] {
  const found = new Set<string>();
  const add = (text: string) => {
    if (text.length <= MAX_CHARACTERS && /^\s*\S+[^\S\n]+\S/.test(text) && !text.includes('\n'))
      found.add(text);
  };
  for (const file of readdirSync(TESTS, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:ts|json)$/.test(file)) continue;
    const content = readFileSync(join(TESTS, file), 'utf8');
    let tables = 0;
    // A JSON file is an expression of the language too.
    parseAndWalk(file.endsWith('.json') ? `(${content})` : content, `${file}.ts`, {
      enter(node) {
        if (node.type === 'ArrayExpression') tables += 1;
        const text = tables > 0 ? textOf(node) : undefined;
        if (text !== undefined) add(text);
      },
      leave(node) {
        if (node.type === 'ArrayExpression') tables -= 1;
      },
    });
  }
  return [...found];
}
