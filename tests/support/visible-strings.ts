import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

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
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.ES2023, true);
  const found: VisibleString[] = [];
  const visit = (node: ts.Node): void => {
    if (isUnseen(node)) return;
    const text = textOf(node);
    if (text !== undefined) {
      const isLabel = isLabelOf(node);
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (isLabel || /\p{L}\S*\s+\S*\p{L}/u.test(text))
        found.push({ where: `${file}:${line}`, text, isLabel });
    }
    if (!ts.isTemplateExpression(node)) return void ts.forEachChild(node, visit);
    for (const { expression } of node.templateSpans) visit(expression);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
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

function isUnseen(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node))
    return true;
  if (ts.isNewExpression(node)) return INTERNAL_ERRORS.has(node.expression.getText());
  // A list of words that are looked for.
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'split') return true;
  if (!ts.isPropertyAssignment(node)) return false;
  const name = node.name.getText();
  // The words of a problem are read; those of an option are its other names.
  return UNSEEN_PROPERTIES.has(name) && (name !== 'words' || isOption(node));
}

function isOption({ parent: { parent } }: ts.PropertyAssignment): boolean {
  return ts.isCallExpression(parent) && parent.expression.getText().endsWith('.meta');
}

/** A label of a button stands beside what the button runs. */
function isLabelOf({ parent }: ts.Node): boolean {
  if (!ts.isPropertyAssignment(parent) || parent.name.getText() !== 'label') return false;
  if (!ts.isObjectLiteralExpression(parent.parent)) return false;
  const names = parent.parent.properties.map((each) => each.name?.getText());
  // A menu has room for a question.
  const isButton = names.includes('run') || names.includes('like');
  return isButton && !names.includes('option');
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
