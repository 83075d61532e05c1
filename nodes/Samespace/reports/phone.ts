import type { DerivedColumn } from './report';

const longestNumber = 64;
const tellingDigits = 9;
const [zero, nine] = [48, 57];

/**
 * What tells one phone number from another, however it is written: the last nine of its digits, so that +91 85306 10172, 0091-8530610172 and
 * 08530610172 are one; all of them where there are fewer (an extension). A caller without digits (a name, 'anonymous') is told by the text.
 * A SIP address counts by the part before the `@`. Null for what is no text or number, or empty.
 */
export function phoneKeyOf(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const text = String(value).slice(0, longestNumber);
	const at = text.indexOf('@');
	const end = at < 0 ? text.length : at;
	let digits = '';
	for (let index = end - 1; index >= 0 && digits.length < tellingDigits; index -= 1) {
		const code = text.charCodeAt(index);
		if (code >= zero && code <= nine) digits = text[index] + digits;
	}
	return digits === '' ? text.slice(0, end).trim().toLowerCase() || null : digits;
}

const scheme = /^(?:sips?|tel):/i;
const plainNumber = /^\+?\d{1,20}$/;
const writtenNumber = /^[+\d\s()./-]+$/;

/** Whether a value is a phone number as people write it, rather than a name with digits in it. */
export function isPhoneNumber(value: unknown): boolean {
	if (typeof value === 'string' && plainNumber.test(value)) return true;
	return (typeof value === 'string' || typeof value === 'number') && writtenNumber.test(String(value).slice(0, longestNumber).replace(scheme, '').split('@')[0]);
}

/**
 * The customer's number: who called in, or who was called. n8n's expressions refuse the names `caller` and `callee` (n8n-workflow lists them as unsafe
 * properties of objects), so this is how a workflow gets at a number.
 */
export const customerNumber: DerivedColumn = {
	name: 'phone_number',
	type: 'text',
	of: ({ direction, caller, callee }) => (direction === 'out' ? callee : caller),
};
