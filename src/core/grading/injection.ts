/** Text that talks to the grader instead of the interviewer. Such sentences are cut, the rest is graded. */
const TO_THE_GRADER: readonly RegExp[] = [
  /\b(?:score|grade|rating|mark)["']?\s*[:=]\s*["']?(?:\d|full|max|perfect|excellent|[a-f]\b)/i,
  /\bpoints\s*[:=]\s*(?:\d+ ?(?:\/|of|out of) ?\d|full|max|all\b)/i,
  /\b(?:rated|scored|graded|marked)\b[^.\n]{0,30}\b(?:\d+\s*(?:\/|out of)\s*\d+|full marks|maximum)[^.\n]{0,30}\b(?:by|from)\b/i,
  /\b(?:give|award|assign|grant)\b[^.\n]{0,40}\b(?:\d+\s*(?:\/|out of)\s*\d+|full (?:score|marks?|credit|points)|(?:maximum|highest|top|perfect) (?:score|grade|marks?|rating))/i,
  /\bmark\b[^.\n]{0,40}\b(?:as|all|every)\b[^.\n]{0,30}\b(?:correct|covered|complete|passed|full)\b/i,
  /\ball (?:the )?(?:key )?points? (?:are|were|have been|is) (?:covered|met|satisfied|correct)/i,
  /^\s*[<[(]*\/?(?:system|assistant|developer|grader|instructions?)\s*[>\])]*\s*[:>]/i,
  /\b(?:grader|evaluator|examiner|rubric)\b[^.\n]{0,50}\b(?:must|should|shall|has to|needs? to|please)\b/i,
  /\b(?:this|the|my) (?:answer|response|candidate)\b[^.\n]{0,40}\b(?:is|was|deserves?|answered|should (?:get|receive|be))\b[^.\n]{0,30}\b(?:perfect(?:ly)?|full|complete(?:ly)?|10 ?\/ ?10|100 ?%|maximum|excellent|correct(?:ly)?)\b/i,
];

/** The same, unless the question itself is about a judge. */
const TO_THE_JUDGE = /\bjudge\b[^.\n]{0,50}\b(?:must|should|shall|has to|needs? to|please)\b/i;

/** Also suspicious, but a right answer about prompt injection may quote it. */
const QUOTABLE: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|all|your|the)\b[^.\n]{0,20}\b(?:instructions?|rules?|rubric|prompts?|guidelines?|directions?)\b/i,
  /\byou are now\b/i,
  /\b(?:new|updated) (?:system )?(?:instructions?|prompt)\s*:/i,
  /\bact as\b[^.\n]{0,30}\b(?:grader|evaluator|examiner|lenient)\b/i,
];

/** Words of grading: two of them in a sentence talk about the grade, unless the question is about such words. */
const GRADING =
  /\b(?:rubrics?(?:_\w+)?|graders?|grading(?:_\w+)?|(?:re-?)?graded|re-?grad(?:e|ing)|examiners?|evaluators?|assessors?|reviewer(?:'s)? note|evaluation above|second (?:reading|pass|rater)|committee|submissions?|this response|candidate_answer|answer text|key ?points?|full (?:marks?|credit)|marked as|word runs?|keywords?|candidate(?:'s|s)?|complete answer)\b/gi;

/** The most that there is to get: beside two words of assessing it asks for it. */
const MOST =
  /\b(?:full (?:marks?|points|score|credit)|(?:the )?maximum|(?:top|known|correct|final) (?:score|marks?|grade)|(?:all|every|each) (?:rubric |key )?(?:points?|criteri(?:a|on)|items?|elements?|aspects?)|fully correct|met in full|covered in full)\b|\b100 ?%|\b10 ?\/ ?10\b/i;
const ASSESSING =
  /\b(?:candidate|submission|response|item|reference|rubric|grad(?:e|ing|ed|er)|marking|evaluation|assess(?:ed|ment)?|review(?:er|ed)?|rater|examiner|panel|verified|validated|record|calibration|verdict|confirmed|withdrawn|maintainers?|note to|note for|note from|dear)\b/gi;

/** Parts an answer into what is graded and what was addressed to the grader. */
export function cutInjection(
  sentences: readonly string[],
  { aboutInjection, words }: { aboutInjection: boolean; words: string },
): { kept: string[]; cut: string[] } {
  const patterns = aboutInjection ? TO_THE_GRADER : [...TO_THE_GRADER, ...QUOTABLE];
  const kept: string[] = [];
  const cut: string[] = [];
  for (const sentence of sentences) {
    const isCut =
      patterns.some((pattern) => pattern.test(sentence)) ||
      (!words.includes('judge') && TO_THE_JUDGE.test(sentence)) ||
      isOnGrading(sentence, words);
    (isCut ? cut : kept).push(sentence);
  }
  return { kept, cut };
}

function isOnGrading(sentence: string, words: string): boolean {
  const others = (pattern: RegExp) =>
    [...new Set(sentence.toLowerCase().match(pattern))].filter((word) => !words.includes(word));
  return others(GRADING).length >= 2 || (MOST.test(sentence) && others(ASSESSING).length >= 2);
}
