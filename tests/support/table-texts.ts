import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

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
    // A JSON file is an expression of the language too.
    const source = ts.createSourceFile(
      file,
      readFileSync(join(TESTS, file), 'utf8'),
      ts.ScriptTarget.ES2023,
      false,
      file.endsWith('.json') ? ts.ScriptKind.JSON : ts.ScriptKind.TS,
    );
    const visit = (node: ts.Node, isTable = false): void => {
      if (isTable && ts.isStringLiteralLike(node)) add(node.text);
      const isRow = isTable || ts.isArrayLiteralExpression(node);
      ts.forEachChild(node, (child) => visit(child, isRow));
    };
    visit(source);
  }
  return [...found];
}
