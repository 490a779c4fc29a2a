/** Answers are read up to this many characters. */
export const LONGEST_ANSWER = 4000;

const SUPERSCRIPTS = new Map(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ⁻⁺'].map((sign, i) => [sign, '0123456789nT-+'.charAt(i)]),
);
const SUBSCRIPTS = new Map(
  [...'₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₜ'].map((sign, i) => [sign, '0123456789ijknt'.charAt(i)]),
);

const GREEK = new Map(
  Object.entries({
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    Δ: 'delta',
    ε: 'epsilon',
    η: 'eta',
    θ: 'theta',
    λ: 'lambda',
    μ: 'mu',
    π: 'pi',
    σ: 'sigma',
    τ: 'tau',
    φ: 'phi',
    Φ: 'phi',
    ψ: 'psi',
    Ψ: 'psi',
    ω: 'omega',
    Σ: 'sum',
    '∑': 'sum',
    '∏': 'product',
    '∇': 'gradient',
    '∂': 'gradient',
    '∞': 'infinity',
    '∝': 'proportional to',
    '√': 'sqrt',
    '≈': 'about',
    '≤': '<',
    '≥': '>',
    '≠': 'is not',
    '∈': 'in',
    '½': '1/2',
    '⅓': '1/3',
    '⅔': '2/3',
    '¼': '1/4',
    '¾': '3/4',
  }),
);

const LATEX: readonly (readonly [RegExp, string])[] = [
  [/(?<=[\w)])_\{([^{}]{1,20})\}/g, '_$1'],
  [/\^\{([^{}]{1,20})\}/g, '^$1'],
  [/\\sqrt\s*\{([^{}]{0,40})\}/g, ' sqrt($1) '],
  [/\\(?:left|right|mathrm|mathbf|text|operatorname|displaystyle)\b/g, ' '],
  [/\\frac\s*\{([^{}]{0,80})\}\s*\{([^{}]{0,80})\}/g, ' ($1)/($2) '],
  [/\\(?:cdot|times|ast)\b/g, ' * '],
  [/\\(?:leq?|lt)\b/g, ' < '],
  [/\\(?:geq?|gt)\b/g, ' > '],
  [/\\(?:to|rightarrow|Rightarrow)\b/g, ' -> '],
  [/\\(?:approx|sim)\b/g, ' about '],
  [/\\propto\b/g, ' proportional to '],
  [/\\([a-zA-Z]{2,12})/g, ' $1 '],
];

const NOTATION: readonly (readonly [RegExp, string])[] = [
  [/[‘’ʼ`´]/g, "'"],
  [/[“”«»„]/g, '"'],
  [/(?:--+|[–—―])(?=\s)|(?<=\s)(?:--+|[–—―])/g, ' , '],
  [/[–—―−]/g, '-'],
  [/(?:->|=>|→|⇒|⟶)/g, ' -> '],
  [/\bO\(\s*1\s*\)/g, ' constant '],
  [/\bO\(\s*([A-Za-z])\s*\^\s*2[^()]{0,8}\)/g, ' quadratic '],
  [/\bO\(\s*([A-Za-z])2\s*\)/g, ' quadratic '],
  [/\bO\(\s*([A-Za-z])\s*\*\s*\1\s*\)/g, ' quadratic '],
  [/\bO\(\s*[A-Za-z]\s*\)/g, ' linear '],
  [/\bo\(\s*([a-z])\s*\^\s*2\s*\)/g, ' quadratic '],
  [/\bo\(\s*[a-z]\s*\)/g, ' linear '],
  [/\b([A-Za-z])\s?[x×*·]\s?\1\b/g, ' nxn '],
  [/(\d)\s*[x×](?=[\s,.;:)]|$)(?!\s*\d)/g, '$1 times '],
  [/\b(\d+)\s*x\s*(?=\d)/g, '$1 * '],
  [/[×·⋅∙∗]/g, ' * '],
  [/(?<=\S)\*(?=\S)/g, ' * '],
  [/\bdk\b/g, 'd_k'],
];

/**
 * One plain form for all the ways a text can be typed: Unicode variants, LaTeX, superscripts, Greek letters, arrows,
 * `O(n²)`, `N×N`. Drops invisible characters and what lies beyond {@link LONGEST_ANSWER}. Keeps case and line breaks.
 */
export function normalise(text: string): string {
  let plain = text.slice(0, LONGEST_ANSWER).replace(/\r\n?/g, '\n');
  if (plain.includes('\\')) plain = replaceAll(plain, LATEX).replace(/[{}]/g, ' ');
  plain = plain
    .replace(/\$/g, ' ')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ⁻⁺]+/g, (run) => `^${translate(run, SUPERSCRIPTS)}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₜ]+/g, (run) => `_${translate(run, SUBSCRIPTS)}`)
    .replace(/[\u0370-\u03ff∑∏∇∂∞∝√≈≤≥≠∈½⅓⅔¼¾]/gu, (sign) => {
      const word = GREEK.get(sign);
      return word === undefined ? sign : ` ${word} `;
    })
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/[^\S\n]|[^\P{Cc}\n]/gu, ' ')
    .replace(/^\s*(?:[-*•▪◦]|\(?\d{1,2}[.)])\s+/gm, '');
  return replaceAll(plain, NOTATION);
}

function replaceAll(text: string, rules: readonly (readonly [RegExp, string])[]): string {
  return rules.reduce((done, [pattern, by]) => done.replace(pattern, by), text);
}

function translate(run: string, table: ReadonlyMap<string, string>): string {
  return [...run].map((sign) => table.get(sign) ?? '').join('');
}
