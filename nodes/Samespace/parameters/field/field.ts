import type { INodeProperties } from 'n8n-workflow';

import { optionalNumber, wholeNumber } from './numbers';
import { choice, isOn, listOf, namesOrNone, textOf, textsIn } from './values';

/** Under which other values a field is shown. */
export type Conditions = NonNullable<INodeProperties['displayOptions']>;

/** Reads one parameter of a filled-in form; `fallback` where it is not shown. */
export type Form = (parameter: string, fallback: unknown) => unknown;

/**
 * One field, whole: what the editor shows, and how what was entered is read and checked. The label is that of its errors, and the default
 * that of the form, so neither can differ from the other.
 */
export interface Field<Value> {
	/** Name of the parameter in saved workflows: never changes. */
	readonly name: string;
	readonly label: string;
	/** What counts where nothing was entered. */
	readonly fallback: unknown;
	/** The field as n8n's form takes it. */
	property(displayOptions?: Conditions): INodeProperties;
	/** A value as the form shows it. */
	shownAs(value: unknown): string;
	/** @throws ParameterProblem for what can't be used */
	read(entered: unknown): Value;
}

/** How a field looks. */
type Looks = Omit<INodeProperties, 'name' | 'displayName' | 'default' | 'type' | 'options'>;

interface Named extends Looks {
	name: string;
	label: string;
}

/** One value to choose, in the order of the form. */
export interface Choice<Value extends string = string> {
	value: Value;
	name: string;
	description?: string;
	/** As a line of the node panel. */
	action?: string;
}

/** A field of whatever type n8n has. */
export function fieldOf<Value>({ name, label, ...looks }: Named & Pick<INodeProperties, 'type' | 'options'>, fallback: INodeProperties['default'], read: (entered: unknown) => Value): Field<Value> {
	return {
		name,
		label,
		fallback,
		read,
		shownAs: (value) => looks.options?.flatMap((option) => ('value' in option && option.value === value ? option.name : [])).at(0) ?? String(value),
		property: (displayOptions) => ({ displayName: label, name, ...looks, ...(displayOptions && { displayOptions }), default: fallback }),
	};
}

/** A whole number from `min` to `max`. */
export function wholeNumberField({ min, max = Number.MAX_SAFE_INTEGER, fallback, ...named }: Named & { min: number; max?: number; fallback: number }): Field<number> {
	const typeOptions = { minValue: min, ...(max === Number.MAX_SAFE_INTEGER ? {} : { maxValue: max }) };
	return fieldOf({ ...named, type: 'number', typeOptions }, fallback, (entered) => wholeNumber(named.label, entered, min, max));
}

/** Any number, or null where none was entered. `suggested` stands in the form once the field is added. */
export function numberField({ suggested, ...named }: Named & { suggested: number }): Field<number | null> {
	return fieldOf({ ...named, type: 'number' }, suggested, (entered) => optionalNumber(named.label, entered));
}

/** One of a few values. */
export function choiceField<Value extends string>({ choices, fallback, ...named }: Named & { choices: ReadonlyArray<Choice<Value>>; fallback: Value }): Field<Value> {
	const values = choices.map(({ value }) => value);
	return fieldOf({ ...named, type: 'options', options: choices.map((offered) => ({ ...offered })) }, fallback, (entered) => choice(named.label, entered, values));
}

/** On or off. */
export function switchField({ fallback, ...named }: Named & { fallback: boolean }): Field<boolean> {
	return fieldOf({ ...named, type: 'boolean' }, fallback, (entered) => isOn(named.label, entered));
}

/** One line of text, trimmed. */
export function textField({ fallback = '', ...named }: Named & { fallback?: string }): Field<string> {
	return fieldOf({ ...named, type: 'string' }, fallback, (entered) => textOf(named.label, entered));
}

/** Some out of a list that is fixed, or that n8n asks the node for; an expression may give others. */
export function listField({ choices, list, ...named }: Named & { choices?: readonly Choice[]; list?: string }): Field<string[]> {
	const offered = choices ? { options: choices.map((one) => ({ ...one })) } : { typeOptions: { loadOptionsMethod: list } };
	// Names that people gave may have commas in them; values of a fixed list have none.
	return fieldOf({ ...named, type: 'multiOptions', allowArbitraryValues: true, ...offered }, [], (entered) => (choices ? namesOrNone(named.label, entered) : listOf(named.label, entered).map(String)));
}

/** Several texts in one line, with commas between them; an expression may also give a list, whose texts may have commas in them. */
export function lineField(named: Named): Field<string[]> {
	return fieldOf({ ...named, type: 'string' }, '', (entered) => textsIn(named.label, entered));
}

/** What a form says of a field of its own. */
export function valueIn<Value>(form: Form, field: Field<Value>): Value {
	return field.read(form(field.name, field.fallback));
}

/** What a collection says of a field that may be in it; its default where it isn't. */
export function optionIn<Value>(entered: { [name: string]: unknown }, field: Field<Value>): Value {
	const value = Object.hasOwn(entered, field.name) ? entered[field.name] : undefined;
	return field.read(value ?? field.fallback);
}
