import type { Failure } from '../reading';

const shortestPrefix = 4;

/** The same failure without the key, should the cluster have sent it back: plain, escaped as in JSON, or cut off. */
export function withoutKey(failure: Failure, apiKey: string): Failure {
	if (!failure.detail || !apiKey) return failure;
	let { detail } = failure;
	for (const form of [apiKey, JSON.stringify(apiKey).slice(1, -1)]) {
		detail = detail.replaceAll(form, '***');
		for (let length = form.length - 1; length >= shortestPrefix; length -= 1) {
			if (detail.endsWith(form.slice(0, length))) detail = `${detail.slice(0, -length)}***`;
		}
	}
	return detail === failure.detail ? failure : { ...failure, detail };
}
