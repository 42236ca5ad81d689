/** Reads the budgets in the report of the benchmark `function`. */

/** @param report Markdown with rows of request, figure, budget and measured figure @returns a text for each exceeded budget */
export function exceededBudgets(report: string): string[] {
  const [, table = ''] = report.split('### Budgets\n');
  const rows = table.matchAll(/^\| (.+?) +\| +(.+?) +\| +([\d.]+) +\| +([\d.]+) +\|$/gm);
  return [...rows].flatMap(([, request, figure, budget, measured]) =>
    Number(measured) > Number(budget) ? [`${request}, ${figure}: ${measured}, budget ${budget}`] : [],
  );
}
