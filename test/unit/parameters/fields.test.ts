import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { properties } from '../../../nodes/Samespace/parameters';
import { filters } from '../../../nodes/Samespace/parameters/filters';
import { Samespace } from '../../../nodes/Samespace/Samespace.node';
import { SamespaceTrigger } from '../../../nodes/Samespace/SamespaceTrigger.node';
import { reports } from '../../../nodes/Samespace/reports';

const forms = [new Samespace().description.properties, new SamespaceTrigger().description.properties];

/** Every field of a form, those inside collections too. */
function fieldsIn(all: readonly INodeProperties[]): INodeProperties[] {
	return all.flatMap((field) => [field, ...(field.type === 'collection' ? fieldsIn((field.options ?? []) as INodeProperties[]) : [])]);
}

describe.each(forms.map((form) => [fieldsIn(form)]))('the form', (fields) => {
	it('says of each field what it is for, unless its name says it all', () => {
		const plain = new Set(['Filters', 'Options', 'Resource', 'Operation']);
		const silent = fields.filter(({ type, displayName, description, hint }) => type !== 'notice' && !description && !hint && !plain.has(displayName));
		expect(silent.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('has switches that say what is on, and no description that ends like half a sentence', () => {
		for (const { type, description = '' } of fields) {
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (description.includes('. ')) expect(description).toMatch(/\.$/);
		}
	});

	it('calls each parameter by one name everywhere', () => {
		const labels = new Map<string, Set<string>>();
		for (const { name, displayName } of fields) labels.set(name, (labels.get(name) ?? new Set()).add(displayName));
		expect([...labels].filter(([, names]) => names.size > 1)).toEqual([]);
	});

	it('has a default that is one of the choices', () => {
		for (const { type, options = [], default: fallback, typeOptions } of fields) {
			const values = options.map((option) => ('value' in option ? option.value : undefined));
			if (type === 'options') expect(values).toContain(fallback);
			if (type === 'multiOptions' && typeOptions?.loadOptionsMethod === undefined) expect(values).toEqual(expect.arrayContaining(fallback as string[]));
		}
	});
});

describe('what can be chosen', () => {
	const offeredBy = (parameter: string): INodePropertyOptions[] => properties.filter(({ name }) => name === parameter).flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);

	it('says of each figure what it tells: of a share, of what; of a time, its unit', () => {
		const figures = offeredBy('metrics');
		expect(figures.length).toBeGreaterThan(60);
		for (const { value, description = '' } of figures) {
			expect(description).toMatch(/^[A-Z]/);
			if (/_percent$/.test(String(value))) expect(description).toContain('÷');
			if (/(time|wait|acw|asa|answer|abandon)_(total|average|median|p90|max)$/.test(String(value))) expect(description).toMatch(/, in seconds$/);
		}
	});

	it('says of each field that is a length of time that it is in seconds', () => {
		const lengths = offeredBy('fields').filter(({ value }) => /duration|away_time|^(acd|acw|asa)$|avg_hold_time/.test(String(value)));
		expect(lengths.length).toBeGreaterThan(10);
		for (const { value, description } of lengths) expect({ value, description }).toEqual({ value, description: 'In seconds' });
	});
});

it('a trigger event has no filter for what the event itself decides', () => {
	const collections = new SamespaceTrigger().description.properties.filter(({ name }) => name === 'filters');
	const namesFor = (event: string): string[] => {
		const own = collections.find(({ displayOptions }) => displayOptions?.show?.event?.includes(event));
		return ((own?.options ?? []) as INodeProperties[]).map(({ name }) => name);
	};
	expect(namesFor('callCompleted')).toEqual(expect.arrayContaining(['direction', 'outcome', 'phoneNumber']));
	expect(namesFor('callMissed')).toEqual(namesFor('callCompleted').filter((name) => !['direction', 'outcome'].includes(name)));
});

it('each report has every filter whose columns it has, in one order', () => {
	const order = filters.flatMap(({ fields }) => fields.map(({ name }) => name));
	for (const report of reports) {
		const collection = properties.find(({ name, displayOptions }) => name === 'filters' && displayOptions?.show?.operation?.includes(report.operation));
		const names = ((collection?.options ?? []) as INodeProperties[]).map(({ name }) => name);
		expect(names).toEqual(order.filter((name) => names.includes(name)));
		expect(names).toEqual(expect.arrayContaining([...report.filters.map(({ parameter }) => parameter), 'custom']));
	}
});
