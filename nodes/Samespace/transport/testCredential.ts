import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { failed, nothingIn, parsePage, sentWindow, success, type Failure, type Outcome } from '../reading';
import { calls } from '../reports';
import { judgeFault, type AnswerHead } from './answers/answer';
import { parseBody } from './answers/body';
import { isStream } from './answers/stream';
import { apiKeyOf, clusterOf, type Cluster } from './cluster';
import { presentableFailure } from './errors';
import { explainWithoutOptions } from './explain';
import { Lease } from './lease';
import { readBody } from './samespace';

const timeoutMs = 15_000;
const minuteMs = 60_000;

/** Asks for one call of the last minute, and says plainly what is wrong with the credential, if anything is. */
export async function testCredential(
	{ helpers }: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	now: number,
): Promise<INodeCredentialTestResult> {
	const cluster = clusterOf(data);
	const apiKey = apiKeyOf(data);
	if (!cluster.ok) return refusal(cluster.failure, apiKey);
	const body = await askForOneCall(helpers.request, { cluster: cluster.value, apiKey, now });
	const page = nothingIn(body.ok ? parsePage(body.value, calls) : body);
	if (!page.ok) return refusal(page.failure, apiKey);
	return { status: 'OK', message: 'Connection tested successfully' };
}

/** n8n lets a credential's test use its older helper alone, which takes no signal: a late answer is closed when it comes. */
async function askForOneCall(
	request: ICredentialTestFunctions['helpers']['request'],
	{ cluster, apiKey, now }: { cluster: Cluster; apiKey: string; now: number },
): Promise<Outcome<unknown>> {
	const window = sentWindow({ start: now - minuteMs, end: now }, { report: calls, clusterZone: cluster.zone });
	const lease = new Lease(timeoutMs, undefined);
	const sent = (
		request({
			method: 'POST',
			uri: cluster.origin + calls.path,
			headers: { 'x-api-key': apiKey },
			body: { filters: { start_time: window.start_time, end_time: window.end_time }, limit: 1, skip: 0 },
			json: true,
			useStream: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			followAllRedirects: false,
			timeout: timeoutMs,
		}) as Promise<{ statusCode: number; headers: AnswerHead['headers']; body: unknown }>
	).then(
		({ statusCode: status, headers, body }) => {
			closeWith(lease, body);
			return success({ status, headers, body });
		},
		(fault: unknown) => failed(judgeFault(fault, lease)),
	);
	const answer = await Promise.race([sent, late(lease)]);
	const text = answer.ok ? await readBody(answer.value, lease) : answer;
	lease.end();
	return text.ok ? success(parseBody(text.value)) : text;
}

function closeWith({ signal }: Lease, body: unknown): void {
	if (!isStream(body)) return;
	body.on('error', () => undefined);
	if (signal.aborted) body.destroy();
	else signal.addEventListener('abort', () => body.destroy());
}

async function late(lease: Lease): Promise<{ ok: false; failure: Failure }> {
	return await new Promise((resolve) => {
		lease.signal.addEventListener('abort', () => resolve(failed(judgeFault(undefined, lease))));
	});
}

function refusal(failure: Failure, apiKey: string): INodeCredentialTestResult {
	const { title, advice } = explainWithoutOptions(presentableFailure(failure, apiKey));
	return { status: 'Error', message: `${title}. ${advice}` };
}
