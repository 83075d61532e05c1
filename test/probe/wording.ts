import type { Answer } from './wire/answer.ts';

/** Why an answer that ought to be a page is of no use. */
export function reasonOf({ failure, status, body }: Answer): string {
	if (failure !== undefined) return `there was ${failure}`;
	if (status >= 200 && status < 300) return body === 'json' ? 'HTTP 200 reported an error' : `HTTP ${status} came without JSON`;
	return `the request was answered with HTTP ${status}`;
}

/** A count in one significant digit: 'about 300'. */
export function about(count: number): string {
	if (count < 2) return count === 1 ? 'one' : 'no';
	if (count < 10) return 'a few';
	const unit = 10 ** Math.floor(Math.log10(count));
	return `about ${grouped(Math.round(count / unit) * unit)}`;
}

/** 1000 → 1,000. */
export function grouped(count: number): string {
	return count.toLocaleString('en');
}

/** Rows, one significant digit. */
export function rowsText(count: number): string {
	return `${about(count)} row${count === 1 ? '' : 's'}`;
}
