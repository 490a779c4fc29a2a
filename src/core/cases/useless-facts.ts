/** What may be asked about any brief and changes nothing: some of these stand among the facts of each playing. */
export const USELESS_FACTS: readonly { ask: string; say: string }[] = [
  { ask: 'Which license does the model have?', say: 'Legal has approved it.' },
  { ask: 'Which CPU do the servers have?', say: 'A current one, and it is mostly idle.' },
  { ask: 'Which language is the control plane written in?', say: 'Go. It did not change.' },
  { ask: 'Who released the base model?', say: 'A well-known lab.' },
  { ask: "What is the model's score on MMLU?", say: 'Good enough for us.' },
  { ask: 'Which operating system do the servers run?', say: 'Ubuntu, the same on all.' },
  { ask: 'In which region are the servers?', say: 'All in the same one.' },
  { ask: 'Which tokenizer does the model use?', say: 'Its own, unchanged.' },
  { ask: 'How many engineers are on the team?', say: 'Six.' },
  { ask: 'Which dashboards do you use?', say: 'Grafana.' },
  { ask: 'Which Python version do you run?', say: '3.12 everywhere, for months.' },
  { ask: 'When was the model released?', say: 'Before this project began.' },
];
