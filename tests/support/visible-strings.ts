import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Node } from 'oxc-parser';
import { parseAndWalk } from 'oxc-walker';

/** A string of the source that a person may read, and where it is. */
export type VisibleString = { where: string; text: string; isLabel: boolean };

const SOURCE = resolve(import.meta.dirname, '../../src');

/** Folders whose words reach people. Some files hold what people type. */
const SPEAKING =
  /^(features|session|spine|jobs|adapters)\/(?!web\/stage|interview\/(labels|typing)|grammar\/sentence-|\w+\/queries\/)/;

/**
 * Strings that people may read: literals and templates with more than one word, labels of buttons and
 * fields, and the texts of the page. What is filled in while running stands as "…".
 */
export function visibleStrings(): VisibleString[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => SPEAKING.test(file) && /\.(ts|html)$/.test(file));
  return files.flatMap((file) => {
    const content = readFileSync(join(SOURCE, file), 'utf8');
    if (file.endsWith('.html')) return stringsInHtml(file, content);
    return stringsInSource(file, content);
  });
}

function stringsInSource(file: string, content: string): VisibleString[] {
  const found: VisibleString[] = [];
  const labels = new Set<Node>();
  const options = new Set<Node>();
  parseAndWalk(content, file, {
    enter(node, parent) {
      if (node.type === 'ObjectExpression') noteLabel(node, labels);
      if (node.type === 'CallExpression' && nameOf(node.callee) === 'meta')
        for (const each of node.arguments) options.add(each);
      if (isUnseen(node, parent, options)) return this.skip();
      const text = textOf(node);
      if (text === undefined) return;
      const isLabel = labels.has(node);
      const line = content.slice(0, node.start).split('\n').length;
      if (isLabel || /\p{L}\S*\s+\S*\p{L}/u.test(text))
        found.push({ where: `${file}:${line}`, text, isLabel });
    },
  });
  return found;
}

/** The words of a string or a template, with "…" for what is filled in. */
export function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral') return undefined;
  return node.quasis.map(({ value }) => value.cooked).join('…');
}

/** Properties that hold command lines, ids, and what people may type instead of an option. */
const UNSEEN_PROPERTIES = new Set([
  'run',
  'command',
  'example',
  'words',
  'also',
  'like',
  'rewrites',
  'when',
  'key',
  'class',
]);

/** Errors of the program itself, which nobody reads but its authors. */
const INTERNAL_ERRORS = new Set(['Error', 'RangeError', 'TypeError']);

function isUnseen(node: Node, parent: Node | null, options: ReadonlySet<Node>): boolean {
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return true;
  if (node.type === 'ExportNamedDeclaration') return node.source !== null;
  if (/^TS(?!(As|Satisfies|NonNull)Expression)/.test(node.type)) return true;
  if (node.type === 'NewExpression') return INTERNAL_ERRORS.has(nameOf(node.callee) ?? '');
  // A list of words that are looked for.
  if (node.type === 'MemberExpression') return nameOf(node) === 'split';
  if (node.type !== 'Property' || node.method || parent?.type !== 'ObjectExpression') return false;
  const name = nameOf(node.key) ?? '';
  // The words of a problem are read; those of an option are its other names.
  return UNSEEN_PROPERTIES.has(name) && (name !== 'words' || options.has(parent));
}

/** The name of an identifier, and of the property that a chain ends with. */
function nameOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return nameOf(node.property);
  return node.type === 'Identifier' ? node.name : undefined;
}

/** A label of a button stands beside what the button runs. */
function noteLabel({ properties }: Extract<Node, { type: 'ObjectExpression' }>, labels: Set<Node>) {
  const named = new Map(
    properties.flatMap((each) =>
      each.type === 'Property' ? [[nameOf(each.key), each.value]] : [],
    ),
  );
  const label = named.get('label');
  // A menu has room for a question.
  if (label && (named.has('run') || named.has('like')) && !named.has('option')) labels.add(label);
}

function stringsInHtml(file: string, content: string): VisibleString[] {
  const freeText = content.replace(/<(script|style)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '');
  const attributes = [...freeText.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g)];
  const texts = [...attributes.map((match) => match[1] ?? ''), ...freeText.split(/<[^>]*>/)];
  return texts
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}\S* \S*\p{L}/u.test(text))
    .map((text) => ({ where: file, text, isLabel: false }));
}
