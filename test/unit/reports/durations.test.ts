import { numberReader } from '../../../nodes/Samespace/reports';

describe('a duration', () => {
	const read = numberReader('hold_duration');

	it.each<[unknown, number]>([
		[89, 89],
		['89', 89],
		['89.5', 89.5],
		['00:01:29', 89],
		[' 1:01:29 ', 3689],
		['100:00:01', 360_001],
		['00:00:01.25', 1.25],
	])('%j is %d seconds', (value, seconds) => {
		expect(read(value)).toBe(seconds);
	});

	it.each([null, undefined, '', '01:29', '00:60:00', '00:00:60', '00:1:29', '-00:01:29', '1d 00:01:29', '00:01:29 h', `${'0'.repeat(70)}:01:29`, '9999999999:00:00', ['00:01:29'], NaN])('%j is none', (value) => {
		expect(read(value)).toBeNull();
	});
});

it('what is no duration is never read as on a clock', () => {
	expect(numberReader('mos')('00:00:04')).toBeNull();
	expect(numberReader('rating')('00:00:04')).toBeNull();
	expect(numberReader('constructor')('00:00:04')).toBeNull();
});
