import { failed, messageIn, parseRetryAfter, type Failure } from '../../reading';
import type { Lease } from '../lease';
import { parseBody } from './body';

/** What came before the body. Redirects are not followed by n8n: they would carry the key along. */
export interface AnswerHead {
	status: number;
	headers: { [name: string]: unknown };
}

const untrustedCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO/;

export function isSuccess({ status }: AnswerHead): boolean {
	return status >= 200 && status < 300;
}

/** What an answer other than a success means. `text` is its body, as far as it was read. */
export function judgeAnswer({ status, headers }: AnswerHead, text: string, now: number): { ok: false; failure: Failure } {
	if (status >= 300 && status < 400) return failed({ kind: 'redirect', status });
	return failed({
		kind: 'status',
		status,
		said: messageIn(parseBody(text)),
		retryAfterMs: parseRetryAfter(headers['retry-after'], now),
	});
}

/** What kind of fault it is that no answer came. n8n wraps the fault, so its code may stand at the cause of the cause. */
export function judgeFault(fault: unknown, lease?: Pick<Lease, 'endedBy'>): Failure {
	const code = codeOf(fault);
	if (lease?.endedBy === 'limit') return { kind: 'timeout', detail: 'ETIMEDOUT' };
	if (lease?.endedBy === 'stop') return { kind: 'stopped' };
	if (code === 'ENOTFOUND') return { kind: 'unknownHost', detail: code };
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return { kind: 'timeout', detail: code };
	if (code === 'ERR_CANCELED') return { kind: 'stopped' };
	if (untrustedCodes.test(code)) return { kind: 'untrusted', detail: code };
	return code === '' ? { kind: 'network', said: messageOf(fault) } : { kind: 'network', detail: code };
}

/** The code of a fault or of what caused it, such as 'ECONNRESET'; empty where there is none. */
export function codeOf(fault: unknown): string {
	for (let at = fault, depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth += 1) {
		if ('code' in at && typeof at.code === 'string') return at.code;
		at = 'cause' in at ? at.cause : undefined;
	}
	return '';
}

function messageOf(fault: unknown): string {
	return fault instanceof Error ? fault.message : 'no answer';
}
