/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits, as a person does, to see that nothing more happens */
import type { AxiosInstance } from 'axios';

import type { Simulator } from '../simulator/index.ts';
import { until } from './rest.ts';
import type { StartedRun } from './restRuns.ts';

/** Presses Stop over n8n's API while a slow reading is under way. @returns requests that came more than a second later, and how the run ended */
export async function stopInTheMiddle(simulator: Simulator, rest: AxiosInstance, start: () => Promise<StartedRun>): Promise<{ lateRequests: number; status: string }> {
	simulator.latencyMs = 300;
	simulator.clearLog();
	const { id, ended } = await start();
	await until(() => simulator.log.length > 8, 'the reading is under way');
	await rest.post(`/executions/${id}/stop`);
	await new Promise((resolve) => setTimeout(resolve, 1000));
	const sent = simulator.log.length;
	await new Promise((resolve) => setTimeout(resolve, 3000));
	simulator.latencyMs = 0;
	return { lateRequests: simulator.log.length - sent, status: (await ended()).status };
}
