import ts from 'typescript';

import { openSources, partsOf } from './support/sources.ts';

/**
 * Every place where the product looks a name up in an object and the name is not known to the compiler. What a user, an expression or
 * the cluster gave must not be among these names: it goes through a Map or Object.hasOwn, since `constructor` is found in every object.
 */
const reviewed: { [reason: string]: string[] } = {
	'the name comes from a report definition': [
		'output/answers.ts: conversation[listField]',
		'operations/lists.ts: row[column]',
		'output/csv.ts: row[column]',
		'output/merge.ts: agent.row[field]',
		'parameters/effects.ts: record[column]',
		'parameters/filters.ts: record[id]',
		'reading/query.ts: record[timeField]',
		"reading/pages/tally.ts: record[this.report.timeField ?? '']",
		'reading/times.ts: row[name]',
		'reading/times.ts: row[times.answersIn]',
		'output/summary/group.ts: row[columnName]',
		'output/summary/group.ts: row[timeField]',
		'output/summary/measures/stays.ts: row[from]',
		'output/summary/measures/stays.ts: row[to]',
		'output/summary/measures/stays.ts: row[seconds]',
	],
	'the name is that of a figure, a group or an average, which are ours': [
			'output/merge.ts: merged[name]',
		'output/dashboard/csat.ts: question[`rating_${rating}`]',
		'output/dashboard/page.ts: before[figure.metric]',
		'output/dashboard/page.ts: figures?.[metric]',
		'output/dashboard/page.ts: key[figure.metric]',
		'output/dashboard/parts.ts: row[column.metric]',
		'output/dashboard/parts.ts: row[group]',
		'output/dashboard/parts.ts: row[metric]',
		'output/summary/measures/amounts.ts: row[column]',
		'output/summary/measures/amounts.ts: row[each]',
		'output/summary/calls.ts: row[name]',
		'output/summary/csat.ts: row[name]',
		'output/summary/table.ts: row[each]',
		'output/summary/measures/measure.ts: row[name]',
		'output/summary/table.ts: row[name]',
	],
	'it is looked up right after Object.hasOwn, is written as an own key, or is one of the own keys of that object': [
		'output/shape.ts: row[name]',
		'parameters/field/field.ts: entered[field.name]',
		'parameters/filters.ts: form[field.name]',
		'reports/values.ts: record[id]',
		'reports/values.ts: fields[path]',
		'reports/values.ts: fields[step]',
		'transport/answers/body.ts: fields[key]',
		'output/merge.ts: record[field]',
		'transport/redact.ts: fields[key]',
	],
};

const { files, checker } = openSources();

it('only reviewed places look up a name that the compiler does not know in a plain object', () => {
	const found = files.flatMap((file) => [...partsOf(file)].filter(isOpenLookup).map((lookup) => `${nameOf(file)}: ${lookup.getText()}`));
	expect([...new Set(found)].sort()).toEqual(Object.values(reviewed).flat().sort());
});

it("nothing but names of ours is asked for with 'in'", () => {
	const found = files.flatMap((file) => [...partsOf(file)].filter(isOpenIn).map((part) => `${nameOf(file)}: ${part.getText()}`));
	expect(found).toEqual([]);
});

it('the look finds what it is for', () => {
	const source = ts.createSourceFile('x.ts', 'const a = table[given as string]; if (given in table) b();', ts.ScriptTarget.ES2022, true);
	expect([...partsOf(source)].filter(isOpenIn)).toHaveLength(1);
	expect([...partsOf(source)].filter(ts.isElementAccessExpression)).toHaveLength(1);
});

/** `object[name]` where the compiler knows neither the name nor that it is a number. */
function isOpenLookup(part: ts.Node): part is ts.ElementAccessExpression {
	if (!ts.isElementAccessExpression(part)) return false;
	const name = checker.getTypeAtLocation(part.argumentExpression);
	if (name.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.ESSymbolLike)) return false;
	// A cast hides what the name really is.
	if ([...partsOf(part.argumentExpression)].some(ts.isAsExpression)) return true;
	return !(name.isStringLiteral() || (name.isUnion() && name.types.every((type) => type.isStringLiteral())));
}

function isOpenIn(part: ts.Node): part is ts.BinaryExpression {
	return ts.isBinaryExpression(part) && part.operatorToken.kind === ts.SyntaxKind.InKeyword && !ts.isStringLiteral(part.left);
}

function nameOf({ fileName }: ts.SourceFile): string {
	return fileName.replace(/^.*nodes\/Samespace\//, '');
}
