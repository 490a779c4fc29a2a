import porter2 from 'wink-porter2-stemmer';

/**
 * A function from a word to its stem that remembers what it has seen, bounded. British and American spellings meet:
 * quantise and quantize, colour and color.
 */
export function stemmer(irregular: ReadonlyMap<string, string>): (word: string) => string {
  const seen = new Map<string, string>();
  return (word) => {
    const lower = word.toLowerCase();
    const before = seen.get(lower);
    if (before !== undefined) return before;
    const stem = stemOf(lower, irregular);
    if (seen.size >= 20_000) seen.clear();
    seen.set(lower, stem);
    return stem;
  };
}

function stemOf(word: string, irregular: ReadonlyMap<string, string>): string {
  const base = irregular.get(word);
  if (base?.endsWith('_')) return base.slice(0, -1).concat('~');
  const spelled = american(base ?? word);
  // Porter 2 keeps verify and verification apart, and reduce and reduction.
  const stem = /^[a-z]{3,}$/.test(spelled) ? porter2(spelled) : spelled;
  return stem.replace(/(?<=\w(?:if|pl))i$/, '').replace(/duct$/, 'duc');
}

function american(word: string): string {
  return word
    .replace(/(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/, 'iz')
    .replace(/(?<=\w{2})lys(?=(?:e|ed|es|ing)$)/, 'lyz')
    .replace(/(?<=\w{3})our(?=s?$|ed$|ing$|al$)/, 'or')
    .replace(/(?<=\w{3})ll(?=(?:ed|ing)$)/, 'l');
}
