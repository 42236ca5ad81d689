/** Forged comments that look like the summary of a plan. */

/** The summaries that a forger has: of a dangerous plan, whole and in its shortest form, and of a harmless plan. */
export interface Material {
  readonly dangerous: string;
  readonly shortened: string;
  readonly harmless: string;
}

export interface Forgery {
  readonly name: string;
  readonly forge: (material: Material) => string;
}

const RECORD = /^<!-- plan-review .*$/m;
const recordOf = (summary: string) => RECORD.exec(summary)?.[0] ?? '';
const textOf = (summary: string) => summary.replace(RECORD, '').trimEnd();
const lineWith = (summary: string, part: string) => summary.split('\n').find((line) => line.includes(part)) ?? '';

/** Changes the dangerous summary. */
const edit = (name: string, forge: (summary: string) => string): Forgery => ({
  name,
  forge: ({ dangerous }) => forge(dangerous),
});

export const forgeries: readonly Forgery[] = [
  {
    name: 'harmless text over the record of the dangerous plan',
    forge: ({ dangerous, harmless }) => `${textOf(harmless)}\n\n${recordOf(dangerous)}\n`,
  },
  {
    name: 'the text of the dangerous plan over another record',
    forge: ({ dangerous, harmless }) => `${textOf(dangerous)}\n\n${recordOf(harmless)}\n`,
  },
  { name: 'the summary of another plan', forge: ({ harmless }) => harmless },
  { name: 'a second record', forge: ({ dangerous, harmless }) => `${dangerous}\n${recordOf(harmless)}\n` },
  {
    name: 'the harmless summary before the dangerous summary',
    forge: ({ dangerous, harmless }) => `${harmless}\n${dangerous}`,
  },
  {
    name: 'the harmless text before the dangerous summary',
    forge: ({ dangerous, harmless }) => `${textOf(harmless)}\n\n${dangerous}`,
  },
  {
    name: 'the dangerous summary in a comment of HTML',
    forge: ({ dangerous, harmless }) => `${textOf(harmless)}\n\n<!--\n${dangerous}`,
  },
  {
    name: 'the dangerous summary in a folded part',
    forge: ({ dangerous, harmless }) =>
      `${textOf(harmless)}\n\n<details><summary>Log</summary>\n\n${dangerous}\n</details>\n`,
  },
  { name: 'the shortest form of the dangerous summary', forge: ({ shortened }) => shortened },
  edit('the record alone', recordOf),
  edit('no record', textOf),
  edit('the same record twice', (summary) => `${summary}${recordOf(summary)}\n`),
  edit('the record at the top', (summary) => `${recordOf(summary)}\n\n${textOf(summary)}\n`),
  edit('the record in a code block', (summary) => summary.replace(RECORD, (record) => `\`\`\`\n${record}\n\`\`\``)),
  edit('text before the summary', (summary) => `Nothing to see here.\n\n${summary}`),
  edit('text after the summary', (summary) => `${summary}\nApproved by everybody.\n`),
  edit('a heading before the summary', (summary) => `## Terraform plan: No changes\n\n${summary}`),
  edit(
    'a fold around the summary',
    (summary) => `<details><summary>Terraform plan: No changes</summary>\n\n${summary}\n</details>\n`,
  ),
  edit('the start of a comment before the summary', (summary) => `<!-- \n${summary}`),
  edit('a comment that ends and goes on', (summary) => `<!-- sticky --> **No changes** <!-- -->\n${summary}`),
  edit('a comment of two lines', (summary) => `<!-- sticky\n-->\n${summary}`),
  edit('a comment with a heading behind it', (summary) => `<!-- sticky -->\n## No changes\n\n${summary}`),
  edit('a comment within the summary', (summary) => summary.replace('\n> - ', '\n<!-- sticky -->\n> - ')),
  edit('another number in the title', (summary) => summary.replace(/\d+ to delete/, '0 to delete')),
  edit('another digest', (summary) => summary.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`)),
  edit('a warning less', (summary) => summary.replace(`${lineWith(summary, '> - ')}\n`, '')),
  edit('a warning with other words', (summary) => summary.replace('no longer', 'still')),
  edit('a resource less', (summary) => summary.replace(`${lineWith(summary, '| **delete**')}\n`, '')),
  edit('another value', (summary) => summary.replace('timetable*', 'timetable')),
  edit('a letter of another alphabet', (summary) => summary.replace(/delete/g, 'd\u0435lete')),
  edit('a zero-width space', (summary) => summary.replace('delete', 'del\u200bete')),
  edit('a space at the end of a line', (summary) => summary.replace('\n', ' \n')),
  edit('two spaces for one', (summary) => summary.replace(' to delete', '  to delete')),
  edit('an empty line more', (summary) => summary.replace('\n\n', '\n\n\n')),
  edit('line ends of an old system', (summary) => summary.replaceAll('\n', '\r')),
  edit('a control character', (summary) => summary.replace('delete', 'delete\u0000')),
  edit('a byte order mark within the text', (summary) => summary.replace('delete', '\ufeffdelete')),
  edit('lines in another order', (summary) => {
    const [first = '', second = ''] = summary.split('\n').filter((line) => line.startsWith('> - '));
    return summary
      .replace(first, '%')
      .replace(second, () => first)
      .replace('%', () => second);
  }),
  edit('a line in capital letters', (summary) => summary.replace(/## Terraform plan/, '## TERRAFORM PLAN')),
  edit('a note that parts are left out', (summary) =>
    summary.replace('\n\n', '\n\n> [!NOTE]\n> Shortened to fit a comment.\n\n'),
  ),
  edit('a quotation before the plans', (summary) => summary.replace('\n\n', '\n\n> [!TIP]\n> Approved.\n\n')),
  edit('entities for letters', (summary) => summary.replace('delete', '&#100;elete')),
  edit('a cut record', (summary) => summary.replace(RECORD, (record) => record.replace(/.{8} -->$/, ' -->'))),
  edit('a record of version 1', (summary) => summary.replace(/plan-review \d+/, 'plan-review 1')),
  edit('a record of a version of the future', (summary) => summary.replace(/plan-review \d+/, 'plan-review 99')),
  edit('text behind the record', (summary) => summary.replace(RECORD, (record) => `${record} approved`)),
  edit('text in front of the record', (summary) => summary.replace(RECORD, (record) => `approved ${record}`)),
  edit('an empty comment', () => ''),
];
