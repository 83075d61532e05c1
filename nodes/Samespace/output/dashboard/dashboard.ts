import type { OutputPlan, Row } from '../plan';
import type { Unit } from './words';

/** One figure at the head of the page, with its change against the period before. */
export interface KeyFigure {
	metric: string;
	label: string;
	as: Unit;
	/** What a manager wants; without it a change is neither good nor bad. */
	better?: 'more' | 'less';
	/** What it is, for the foot of the page; goes on after 'Service level: '. */
	about?(plan: OutputPlan): string;
	/** Left out where neither period has a value. */
	isOptional?: boolean;
}

/** What a report's page shows. */
export interface Dashboard {
	keys: readonly KeyFigure[];
	/** Tables that are filled while records come. */
	tables(plan: OutputPlan): { readonly [name: string]: TablePlan };
	/** The parts of the page, out of the filled tables. */
	blocks(rowsOf: (table: string) => Row[], plan: OutputPlan): Block[];
	/** What is gathered otherwise. It sees records that the filters leave out, too. */
	others?(plan: OutputPlan): Gathered[];
}

export interface TablePlan {
	groupBy: readonly string[];
	metrics: readonly string[];
}

export interface Gathered {
	take(row: Row): void;
	blocks(): Block[];
}

/** One part of the page. All of it is text as people read it, not yet escaped. */
export type Block = { title: string; note?: string; isWide?: boolean } & (
	| { kind: 'bars'; head: readonly string[]; rows: readonly Bar[] }
	| { kind: 'heat'; rowNames: readonly string[]; columnNames: readonly string[]; values: ReadonlyArray<readonly number[]>; textOf(value: number): string }
	| { kind: 'table'; head: readonly string[]; rows: ReadonlyArray<readonly string[]> }
	| { kind: 'quotes'; quotes: ReadonlyArray<{ text: string; by: string }> }
);

/** A row with a bar, and what stands beside it: the first text belongs to the bar. */
export interface Bar {
	label: string;
	/** 0 to 1; null where there is no value. */
	share: number | null;
	texts: readonly string[];
}
