/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a script of its own: takes its order from the environment, sets its clock, prints one line of JSON */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { heldMemory } from './heldMemory';
import { PolledTrigger } from './runNode';

/** What the script is given in the environment variable GIVEN. */
interface Given {
	credential: ICredentialDataDecryptedObject;
	/** ISO 8601: by the script's clock it is this time when the first poll begins. */
	start: string;
	hours: number;
	pollEveryMinutes: number;
}

/** What it prints. */
export interface BusyTrigger {
	emitted: string[];
	/** Heap and buffers in use, without garbage, after each hour of polls, in bytes. */
	heldBytes: number[];
	/** Length of the state that n8n keeps, after each hour. */
	stateLengths: number[];
}

const minuteMs = 60_000;

async function main({ credential, start, hours, pollEveryMinutes }: Given): Promise<BusyTrigger> {
	let now = Date.parse(start);
	Date.now = () => now;
	const trigger = new PolledTrigger({ event: 'callCompleted', output: 'raw', options: { settleSeconds: 0 } }, credential);
	const emitted: string[] = [];
	const heldBytes: number[] = [];
	const stateLengths: number[] = [];
	const pollsAnHour = 60 / pollEveryMinutes;
	for (let poll = 0; poll <= hours * pollsAnHour; poll += 1) {
		for (const { _id: id } of await trigger.poll()) emitted.push(String(id));
		now += pollEveryMinutes * minuteMs;
		if (poll === 0 || poll % pollsAnHour > 0) continue;
		// The connection of the last answer is let go in a turn of its own.
		await new Promise((resolve) => setTimeout(resolve, 20));
		heldBytes.push(heldMemory());
		stateLengths.push(trigger.state.length);
	}
	return { emitted, heldBytes, stateLengths };
}

main(JSON.parse(process.env.GIVEN ?? '{}') as Given).then(
	(result) => void process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
