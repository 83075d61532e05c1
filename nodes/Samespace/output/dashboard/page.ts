import type { OutputPlan, Row } from '../plan';
import type { Bar, Block, Dashboard, KeyFigure } from './dashboard';
import { html, Html } from './html';
import { colours, font, heat, styleSheet } from './style';
import { momentName, wordsOf } from './words';

/** What is on a page. */
export interface Page {
	dashboard: Dashboard;
	plan: OutputPlan;
	/** The key figures of the range, and of the period before. */
	key: Row;
	before: Row | null;
	blocks: readonly Block[];
}

/**
 * A page that needs nothing but itself: no script, nothing to load. Styles stand in the elements and bars are cells of tables, so that it can be the body
 * of a mail; a style sheet adds the dark page, narrow screens and paper, where it is known.
 */
export function renderPage({ dashboard, plan, key, before, blocks }: Page): string {
	const { report, range, timezone } = plan;
	const title = `${report.title}: ${momentName(range.start, timezone)} to ${momentName(range.end, timezone)}`;
	const body = html`<body class="ground text" style="margin:0;background:${colours.page};color:${colours.text};font-family:${font};font-size:14px;line-height:1.45">
<div class="page" style="max-width:1080px;margin:0 auto;padding:24px">
<h1 style="font-size:24px;line-height:1.2;margin:0 0 4px">${report.title}</h1>
<p class="muted" style="color:${colours.muted};margin:0 0 20px">${momentName(range.start, timezone)} to ${momentName(range.end, timezone)} (${timezone})${comparedWith(plan)}</p>
<div class="grid">
${card('Key figures', html`${dashboard.keys.map((figure) => keyFigure(figure, key[figure.metric], before === null ? undefined : before[figure.metric]))}`, { isWide: true })}
${blocks.map((block) => card(block.title, contentOf(block), block))}
</div>
<p class="muted" style="color:${colours.muted};font-size:12px;margin:20px 0 0">${footnote(plan)}</p>
</div>
</body>`;
	const policy = "default-src 'none'; style-src 'unsafe-inline'";
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${new Html(styleSheet)}</style>
</head>
${body}
</html>
`.text;
}

function comparedWith({ before, timezone }: OutputPlan): string {
	return before === null ? '' : `, compared with ${momentName(before.start, timezone)} to ${momentName(before.end, timezone)}`;
}

const serviceLevels: { readonly [Formula in OutputPlan['thresholds']['serviceLevelFormula']]: string } = {
	withoutAbandons: 'callers who gave up within that time are left out',
	abandonsAgainst: 'every caller who gave up counts against it',
	abandonsFor: 'callers who gave up within that time count for it',
};

function footnote({ report, thresholds }: OutputPlan): string {
	if (report.operation !== 'getCalls') return 'Changes compare with the period before.';
	const { serviceLevelSeconds, serviceLevelFormula, shortAbandonSeconds } = thresholds;
	return (
		`Service level: inbound calls answered within ${serviceLevelSeconds} s; ${serviceLevels[serviceLevelFormula]}. Abandoned: not answered after ${shortAbandonSeconds} s or more. ` +
		'Changes compare with the period before.'
	);
}

function card(title: string, content: Html, { isWide = false, note }: { isWide?: boolean; note?: string }): Html {
	return html`<section class="card line${isWide ? ' wide' : ''}" style="background:${colours.card};border:1px solid ${colours.line};border-radius:10px;padding:16px;margin-bottom:16px">
<h2 style="font-size:15px;margin:0 0 ${note === undefined ? 12 : 2}px">${title}</h2>
${note === undefined ? null : html`<p class="muted" style="color:${colours.muted};font-size:12px;margin:0 0 12px">${note}</p>`}${content}
</section>
`;
}

function keyFigure({ label, as, better }: KeyFigure, value: unknown, before: unknown): Html {
	return html`<div class="key" style="display:inline-block;vertical-align:top;width:164px;margin:0 8px 12px 0">
<div class="muted" style="color:${colours.muted};font-size:12px">${label}</div>
<div style="font-size:22px;font-weight:600;line-height:1.25">${wordsOf(value, as)}</div>
${changeOf(value, before, as, better)}
</div>
`;
}

/** Told by a sign and in words, not by a colour alone. */
function changeOf(value: unknown, before: unknown, as: KeyFigure['as'], better: KeyFigure['better']): Html {
	const small = 'font-size:12px;min-height:18px';
	if (typeof value !== 'number' || typeof before !== 'number') return html`<div class="muted" style="color:${colours.muted};${small}">${before === undefined ? '' : 'nothing before'}</div>`;
	const by = value - before;
	if (wordsOf(value, as) === wordsOf(before, as)) return html`<div class="muted" style="color:${colours.muted};${small}">unchanged</div>`;
	const tone = better === undefined ? 'muted' : (by > 0) === (better === 'more') ? 'good' : 'bad';
	return html`<div class="${tone}" style="color:${colours[tone]};${small}"><span aria-hidden="true">${by > 0 ? '▲' : '▼'}</span> ${differenceText(by, before, as)} <span class="muted" style="color:${colours.muted}">from ${wordsOf(before, as)}</span></div>`;
}

function differenceText(by: number, before: number, as: KeyFigure['as']): string {
	const sign = by > 0 ? '+' : '−';
	const size = Math.abs(by);
	// As both are written: 64.4 % is 0.1 points below 64.5 %.
	if (as === 'percent') return `${sign}${Math.abs(Number((before + by).toFixed(1)) - Number(before.toFixed(1))).toFixed(1)} points`;
	if (as === 'count' && before !== 0) return `${sign}${((size / before) * 100).toFixed(1)} %`;
	return `${sign}${wordsOf(size, as)}`;
}

function contentOf(block: Block): Html {
	const isEmpty = block.kind === 'quotes' ? block.quotes.length === 0 : block.kind === 'heat' ? block.values.every((row) => row.every((value) => value === 0)) : block.rows.length === 0;
	if (isEmpty) return html`<p class="muted" style="color:${colours.muted};margin:0">Nothing in this period.</p>`;
	switch (block.kind) {
		case 'bars':
			return bars(block);
		case 'heat':
			return heatTable(block);
		case 'table':
			return plainTable(block);
		case 'quotes':
			return html`${block.quotes.map(({ text, by }) => html`<blockquote class="line" style="margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid ${colours.line}"><div dir="auto" style="overflow-wrap:anywhere">${text}</div><div class="muted" dir="auto" style="color:${colours.muted};font-size:12px">${by}</div></blockquote>
`)}`;
	}
}

const tableStyle = 'border-collapse:collapse;width:100%;font-size:13px';
/** A name breaks between words, and within one only where it would be wider than this. */
const nameStyle = 'padding:3px 0;text-align:left;font-weight:400;min-width:104px;overflow-wrap:break-word;word-break:break-word';
const numberStyle = 'padding:3px 0 3px 10px;text-align:right;white-space:nowrap';

function bars({ title, head, rows }: Extract<Block, { kind: 'bars' }>): Html {
	return html`<div class="scroll"><table aria-label="${title}" style="${tableStyle}">
<thead><tr>${head.map(headCell)}<td class="${barClass(head.length)}"></td></tr></thead>
<tbody>${rows.map(barRow)}</tbody></table></div>`;
}

/** The bar comes last, so that figures stand in columns on a narrow screen, too. */
function barRow({ label, share, texts }: Bar): Html {
	const width = share === null ? 0 : Math.round(share * 100);
	return html`<tr><th scope="row" dir="auto" style="${nameStyle}">${label}</th>${texts.map((text, at) => html`<td style="${numberStyle}${at === 0 ? ';font-weight:600' : ''}">${text}</td>`)}<td class="${barClass(texts.length + 1)}" aria-hidden="true" style="width:30%;padding:3px 0 3px 12px">${barOf(width)}</td></tr>
`;
}

/** On a narrow screen there is no room beside many figures. */
const barClass = (columns: number): string => (columns > 3 ? 'spare' : '');

/** A table within the cell: mail programs draw neither gradients nor SVG. */
function barOf(width: number): Html {
	const cell = 'height:10px;padding:0;font-size:0;line-height:0';
	return html`<table class="track" role="presentation" style="border-collapse:collapse;width:100%;min-width:64px;background:${colours.track}"><tr>${width > 0 ? html`<td class="bar" style="${cell};width:${width}%;background:${colours.bar}">&nbsp;</td>` : null}${width < 100 ? html`<td style="${cell};width:${100 - width}%">&nbsp;</td>` : null}</tr></table>`;
}

function headCell(name: string, at: number): Html {
	const align = at === 0 ? 'text-align:left;padding:0 0 4px' : 'text-align:right;padding:0 0 4px 10px';
	return name === '' ? html`<td></td>` : html`<th scope="col" class="muted" style="color:${colours.muted};font-weight:400;font-size:12px;vertical-align:bottom;${align}">${name}</th>`;
}

function plainTable({ title, head, rows }: Extract<Block, { kind: 'table' }>): Html {
	return html`<div class="scroll"><table aria-label="${title}" style="${tableStyle}">
<thead><tr>${head.map(headCell)}</tr></thead>
<tbody>${rows.map(([first, ...others]) => html`<tr><th scope="row" dir="auto" style="${nameStyle}">${first}</th>${others.map((text) => html`<td style="${numberStyle}">${text}</td>`)}</tr>
`)}</tbody></table></div>`;
}

function heatTable({ title, rowNames, columnNames, values, textOf }: Extract<Block, { kind: 'heat' }>): Html {
	const most = Math.max(...values.flat());
	const cellOf = (value: number): Html => {
		const level = value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * (heat.length - 1)));
		const [ground, text] = heat[level];
		return html`<td class="h${level}" style="padding:5px 2px;text-align:center;background:${ground};color:${text}">${value === 0 ? '' : textOf(value)}</td>`;
	};
	return html`<div class="scroll"><table class="heat" aria-label="${title}" style="border-collapse:separate;border-spacing:2px;width:100%;font-size:11px">
<thead><tr><td></td>${columnNames.map((name) => html`<th scope="col" class="muted" style="color:${colours.muted};font-weight:400">${name}</th>`)}</tr></thead>
<tbody>${rowNames.map((name, at) => html`<tr><th scope="row" style="text-align:left;font-weight:400;padding-right:6px">${name}</th>${values[at].map(cellOf)}</tr>
`)}</tbody></table></div>`;
}
