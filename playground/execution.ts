import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import type { Instance } from './instance.ts';

/** What came of a workflow that n8n ran without its editor. */
export interface Execution {
	/** All items that a node gave out, of all its runs. */
	items(node: string): INodeExecutionData[];
	/** The same, only the data. */
	records(node: string): IDataObject[];
	/** Why it failed, or undefined. */
	failure?: string;
}

/** `n8n execute`: runs one workflow from its Manual Trigger to its end. */
export async function execute(instance: Instance, workflowId: string): Promise<Execution> {
	const { exitCode, output, lastWords } = await instance.command(['execute', `--id=${workflowId}`, '--rawOutput']);
	const run = findRun(output);
	if (run === undefined) throw new Error(`n8n exited with code ${exitCode} and returned no result:\n${lastWords}`);
	const items = (node: string): INodeExecutionData[] =>
		(run.data.resultData.runData[node] ?? []).flatMap((task) => task.data?.main?.[0] ?? []);
	return {
		items,
		records: (node) => items(node).map(({ json }) => json),
		failure: exitCode === 0 ? undefined : describe(run, exitCode),
	};
}

// n8n writes notices before the result, and the error's text after it.
function findRun(output: string): IRun | undefined {
	const lines = output.split('\n').flatMap((line) => messageOf(line).split('\n'));
	const from = lines.indexOf('{');
	const to = lines.indexOf('}', from);
	if (from < 0 || to < 0) return undefined;
	return JSON.parse(lines.slice(from, to + 1).join('\n')) as IRun;
}

/** The message of a line of a JSON log; any other line as it is. */
function messageOf(line: string): string {
	return line.startsWith('{"') ? (JSON.parse(line) as { message: string }).message : line;
}

function describe(run: IRun, exitCode: number): string {
	const { error, lastNodeExecuted } = run.data.resultData;
	if (error === undefined) return `n8n exited with code ${exitCode}`;
	return [`${lastNodeExecuted ?? 'The workflow'}: ${error.message}`, error.description].filter(Boolean).join('\n');
}
