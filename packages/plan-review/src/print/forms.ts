/** The forms of a summary. A summary that exceeds the limit omits parts, always in the same order, and says so. */

/** The parts that a summary includes. */
export interface SummaryParts {
  /** The attributes of created resources. */
  readonly createdAttributes: boolean;
  /** The attributes of changed resources, and outputs. */
  readonly changedAttributes: boolean;
  /** The attributes of replaced and moved resources, the configuration and drift. */
  readonly otherAttributes: boolean;
  /** The table rows of created resources. */
  readonly createdRows: boolean;
  /** The table rows of all other resources. */
  readonly otherRows: boolean;
  /** The texts of warnings. Without them, the number of warnings of each kind remains. */
  readonly warnings: boolean;
}

export interface Form {
  /** The omitted parts, for the note in the summary; empty if the summary is complete. */
  readonly omitted: string;
  readonly parts: SummaryParts;
  /** Whether the review record contains addresses. Without addresses, `plan-review` cannot locate a difference. */
  readonly recordsAddresses: boolean;
}

const ALL: SummaryParts = {
  createdAttributes: true,
  changedAttributes: true,
  otherAttributes: true,
  createdRows: true,
  otherRows: true,
  warnings: true,
};
const NO_ATTRIBUTES: SummaryParts = {
  ...ALL,
  createdAttributes: false,
  changedAttributes: false,
  otherAttributes: false,
};
const NO_ROWS: SummaryParts = { ...NO_ATTRIBUTES, createdRows: false, otherRows: false };

export const COMPLETE: Form = { omitted: '', parts: ALL, recordsAddresses: true };
export const SHORTEST: Form = {
  omitted: 'everything except counts',
  parts: { ...NO_ROWS, warnings: false },
  recordsAddresses: false,
};

/** From long to short. The first form within the limit is used; the review record contains its position. */
export const FORMS: readonly Form[] = [
  COMPLETE,
  {
    omitted: 'the attributes of created resources',
    parts: { ...ALL, createdAttributes: false },
    recordsAddresses: true,
  },
  {
    omitted: 'the attributes of created and changed resources',
    parts: { ...ALL, createdAttributes: false, changedAttributes: false },
    recordsAddresses: true,
  },
  { omitted: 'all attributes', parts: NO_ATTRIBUTES, recordsAddresses: true },
  {
    omitted: 'all attributes and created resources',
    parts: { ...NO_ATTRIBUTES, createdRows: false },
    recordsAddresses: true,
  },
  { omitted: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: true },
  { omitted: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: false },
  SHORTEST,
];
