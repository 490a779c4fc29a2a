/** A wording, and what to do instead. */
export type Wording = readonly [pattern: RegExp, instead: string];

/** Wordings that neither questions nor messages use: plain American English does without them. */
export const BANNED_WORDINGS: readonly Wording[] = [
  [
    /\b(?:delve|leverag(?:e|es|ing)|seamless(?:ly)?|cutting-edge|game.?changer|unlock(?:s|ing)? the)\b/i,
    'use a plain word',
  ],
  [
    /\b(?:silver bullet|low-hanging fruit|rule of thumb|under the hood|out of the box|free lunch|piece of cake|ballpark|at the end of the day|the devil is in|apples (?:to|and) (?:apples|oranges)|bread and butter|red herring|back of the envelope|rabbit hole|best of both worlds|double-edged|elephant in the room)\b/i,
    'say it without the idiom',
  ],
  [
    /\b(?:it is (?:important|worth) (?:to note|noting)|needless to say|as we all know|in today['’]s|as an ai)\b/i,
    'leave it out',
  ],
  [/\b(?:obviously|simply put|of course|trivially)\b/i, 'leave the word out'],
  [/\b(?:lol|btw|gotcha|kinda|gonna|wanna)\b/i, 'use a plain word'],
  [/\b(?:TODO|FIXME|TBD|XXX|lorem ipsum)\b/, 'finish the text'],
  [/\banew\b/i, 'say again, from the start, or a new one'],
  [/\b(?:whoever|whosoever)\b/i, 'name the person: the person who'],
  [/\bof (?:its|their|your|his|her|one's|our) own\b/i, 'say its own, your own before the noun'],
  [/\bat the most\b/i, 'say at most'],
  [/\bin sum\b/i, 'say in total'],
  // cspell:disable
  [
    /\b(?:learnt|spelt|maths|centre|metre|fibre|catalogue|programme|defence|offence|licence|artefact|judgement|analys(?:e|ing)|grey|whilst|amongst|towards|per cent)[sd]?\b/i,
    'use American spelling',
  ],
  [
    /\b\w*(?:(?:behavi|col|fav|lab|neighb|hon|flav)our|(?:label|model|cancel|signal|travel|channel|total)l(?:ed|ing))/i,
    'use American spelling: or, and one l',
  ],
  [
    /\b\w*(?:recogni|practi|utili|normali|optimi|initiali|tokeni|summari|organi|minimi|maximi|quanti|generali|speciali|seriali|paralleli|penali|regulari|synchroni|visuali|memori|prioriti|personali|categori|standardi|amorti|emphasi|factori|materiali|stabili|neutrali|authori|discreti|characteri|parametri)s(?:e|es|ed|ers?|ing|ations?)\b/i,
    'use American spelling: z, and practice for the verb too',
  ],
  // cspell:enable
  [/\d %/, 'write 92% without a space'],
  [/\bthose who\b/i, 'say people who, or name them'],
  [/\b(?:some|no|every|any)body\b/i, 'say someone, no one, everyone, anyone'],
  [/\bby (?:your|one's) own word\b/i, 'say marked by you'],
  [/\bleave this be\b/i, 'say what to do'],
  [/\bmend(?:s|ed|ing)?\b/i, 'say fix'],
  [
    /\b(?:do|does|did|is|are|was|were|has|have|had|would|should|could) not\b/i,
    "contract it: don't",
  ],
  [/\bcannot\b/i, "say can't"],
  [
    /\b(?<!\b(?:as|how|than|what|where|sure|much|of|before|after|in) )(?:I am|I will|it is|there is|you are|we are|they are)\s+(?=\p{L})(?! [A-Z(])/u,
    "contract it: it's, you're",
  ],
  [
    /(?:^|[.!?] )(?:Type|Press|Click)\b|\b(?:type|press|click) (?:a|an|the|your|on|it|help|setup)\b/,
    'say run, select, enter, send, or attach',
  ],
  [/\bGiB[^.]*\bcards?\b|\bcards?\b[^.]*\bGiB\b/i, 'say GPU'],
  [/—/, 'use two sentences instead of a dash'],
  [/!.*!/, 'one exclamation point'],
];
