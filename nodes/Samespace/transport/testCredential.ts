import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { parsePage, sentWindow, type Failure, type Outcome } from '../reading';
import { calls } from '../reports';
import { judgeAnswer, judgeFault, type HttpAnswer } from './answer';
import { clusterOf, type Cluster, type SamespaceCredential } from './cluster';
import { explain } from './explain';
import { withoutKey } from './redact';

const timeoutMs = 15_000;
const minuteMs = 60_000;

/** Asks for one call of the last minute, and says plainly what is wrong with the credential, if anything is. */
export async function testCredential(
	{ helpers }: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	now: number,
): Promise<INodeCredentialTestResult> {
	const credential = data as Partial<SamespaceCredential>;
	const cluster = clusterOf(credential);
	const apiKey = (credential.apiKey ?? '').trim();
	if (!cluster.ok) return refusal(cluster.failure, apiKey);
	const outcome = await askForOneCall(helpers.request, { cluster: cluster.value, apiKey, now });
	if (!outcome.ok) return refusal(outcome.failure, apiKey);
	const page = parsePage(outcome.value.body, calls);
	if (!page.ok) return refusal(page.failure, apiKey);
	return { status: 'OK', message: 'Connection tested successfully' };
}

async function askForOneCall(
	request: ICredentialTestFunctions['helpers']['request'],
	{ cluster, apiKey, now }: { cluster: Cluster; apiKey: string; now: number },
): Promise<Outcome<HttpAnswer>> {
	const window = sentWindow({ start: now - minuteMs, end: now }, { report: calls, clusterZone: cluster.zone });
	try {
		const answer = (await request({
			method: 'POST',
			uri: cluster.origin + calls.path,
			headers: { 'x-api-key': apiKey },
			body: { filters: { start_time: window.start_time, end_time: window.end_time }, limit: 1, skip: 0 },
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			followAllRedirects: false,
			timeout: timeoutMs,
		})) as { statusCode: number; headers: HttpAnswer['headers']; body: unknown };
		return judgeAnswer({ status: answer.statusCode, headers: answer.headers, body: answer.body }, now);
	} catch (fault) {
		return { ok: false, failure: judgeFault(fault) };
	}
}

function refusal(failure: Failure, apiKey: string): INodeCredentialTestResult {
	const { title, advice } = explain(withoutKey(failure, apiKey));
	return { status: 'Error', message: `${title}. ${advice}` };
}
