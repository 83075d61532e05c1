import { failed, parseRetryAfter, quote, success, type Failure, type Outcome } from '../reading';
import { parseBody } from './body';
import { discard, isStream } from './stream';

/** An HTTP answer, whatever helper it came from. */
export interface HttpAnswer {
	status: number;
	headers: { [name: string]: unknown };
	body: unknown;
}

const untrustedCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO/;

/** A success as it is, or what went wrong. Redirects are not followed: they would carry the key along. */
export function judgeAnswer(answer: HttpAnswer, now: number): Outcome<HttpAnswer> {
	const { status, headers, body } = answer;
	if (status >= 200 && status < 300) return success(answer);
	discard(body);
	if (status >= 300 && status < 400) return failed({ kind: 'redirect', status });
	return failed({
		kind: 'status',
		status,
		detail: isStream(body) ? undefined : wordsOf(body),
		retryAfterMs: parseRetryAfter(headers['retry-after'], now),
	});
}

/** The same for what sending gave: an answer, or a fault that is one already. */
export function judged(sent: Outcome<HttpAnswer>): Outcome<HttpAnswer> {
	return sent.ok ? judgeAnswer(sent.value, Date.now()) : sent;
}

/** What kind of fault it is that no answer came. n8n wraps the fault, so its code may stand at the cause of the cause. */
export function judgeFault(fault: unknown): Failure {
	const code = codeOf(fault);
	if (code === 'ENOTFOUND') return { kind: 'unknownHost', detail: code };
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return { kind: 'timeout', detail: code };
	if (code === 'ERR_CANCELED') return { kind: 'stopped' };
	if (untrustedCodes.test(code)) return { kind: 'untrusted', detail: code };
	return { kind: 'network', detail: code || messageOf(fault) };
}

function codeOf(fault: unknown): string {
	for (let at = fault, depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth += 1) {
		if ('code' in at && typeof at.code === 'string') return at.code;
		at = 'cause' in at ? at.cause : undefined;
	}
	return '';
}

function messageOf(fault: unknown): string {
	return fault instanceof Error ? fault.message : 'no answer';
}

/** `message` or `error` of a JSON body; of anything else its beginning, unless it is a page for a browser. */
function wordsOf(answer: unknown): string | undefined {
	const body = typeof answer === 'string' ? parseBody(answer) : answer;
	if (typeof body === 'object' && body !== null) {
		const { message, error } = body as { message?: unknown; error?: unknown };
		for (const words of [message, error]) if (typeof words === 'string' && words) return quote(words);
		if (typeof error === 'object' && error !== null) return wordsOf(error);
	}
	const text = quote(body);
	return text === '' || text.startsWith('<') || text === '{}' ? undefined : text;
}
