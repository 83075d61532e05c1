import type { OutputPlan, Row } from '../plan';
import type { Bar, Block, Dashboard, KeyFigure } from './dashboard';
import { html, Html } from './html';
import { colors, font, heat, styleSheet } from './style';
import { changeWords, momentName, wordsOf } from './words';

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
 * of an email; a style sheet adds the dark page, narrow screens and paper, where it is known.
 */
export function renderPage({ dashboard, plan, key, before, blocks }: Page): string {
	const { report, range, timezone } = plan;
	const shown = dashboard.keys.filter(({ metric, isOptional }) => !isOptional || [key, before].some((figures) => (figures?.[metric] ?? null) !== null));
	const title = `${report.title}: ${momentName(range.start, timezone)} to ${momentName(range.end, timezone)}`;
	const body = html`<body class="ground text" style="margin:0;background:${colors.page};color:${colors.text};font-family:${font};font-size:14px;line-height:1.45">
<div class="page" style="max-width:1080px;margin:0 auto;padding:24px">
<h1 style="font-size:24px;line-height:1.2;margin:0 0 4px">${report.title}</h1>
<p class="muted" style="color:${colors.muted};margin:0 0 20px">${momentName(range.start, timezone)} to ${momentName(range.end, timezone)} (${timezone})${comparedWith(plan)}${plan.filterTexts.map((text) => html`<br>${text.slice(0, longestFilter)}`)}</p>
<div class="grid">
${card('Key figures', html`${shown.map((figure) => keyFigure(figure, key[figure.metric], before === null ? undefined : before[figure.metric]))}`, { isWide: true })}
${blocks.map((block) => card(block.title, contentOf(block), block))}
</div>
<p class="muted" style="color:${colors.muted};font-size:12px;margin:20px 0 0">${footnote(shown, plan)}</p>
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

const longestFilter = 200;

function comparedWith({ before, timezone }: OutputPlan): string {
	return before === null ? '' : `, compared with ${momentName(before.start, timezone)} to ${momentName(before.end, timezone)}`;
}

/** What the page's figures are, and how to read them. */
function footnote(shown: readonly KeyFigure[], plan: OutputPlan): string {
	const terms = shown.flatMap(({ label, about }) => (about === undefined ? [] : `${label}: ${about(plan)}.`));
	return [...terms, 'Bars show the figures in bold.', ...(plan.before === null ? [] : ['Changes are compared with the previous period.'])].join(' ');
}

function card(title: string, content: Html, { isWide = false, note }: { isWide?: boolean; note?: string }): Html {
	return html`<section class="card line${isWide ? ' wide' : ''}" style="background:${colors.card};border:1px solid ${colors.line};border-radius:10px;padding:16px;margin-bottom:16px">
<h2 style="font-size:15px;margin:0 0 ${note === undefined ? 12 : 2}px">${title}</h2>
${note === undefined ? null : html`<p class="muted" style="color:${colors.muted};font-size:12px;margin:0 0 12px">${note}</p>`}${content}
</section>
`;
}

function keyFigure({ label, as, better }: KeyFigure, value: unknown, before: unknown): Html {
	return html`<div class="key" style="display:inline-block;vertical-align:top;width:164px;margin:0 8px 12px 0">
<div class="muted" style="color:${colors.muted};font-size:12px">${label}</div>
<div style="font-size:22px;font-weight:600;line-height:1.25">${wordsOf(value, as)}</div>
${changeOf(value, before, as, better)}
</div>
`;
}

/** Shown with an arrow and text, not color alone. */
function changeOf(value: unknown, before: unknown, as: KeyFigure['as'], better: KeyFigure['better']): Html {
	const small = 'font-size:12px;min-height:18px';
	if (typeof value !== 'number' || typeof before !== 'number' || wordsOf(value, as) === wordsOf(before, as)) {
		return html`<div class="muted" style="color:${colors.muted};${small}">${sameText(value, before, as)}</div>`;
	}
	const isMore = value > before;
	const tone = better === undefined ? 'muted' : isMore === (better === 'more') ? 'good' : 'bad';
	return html`<div class="${tone}" style="color:${colors[tone]};${small}"><span aria-hidden="true">${isMore ? '▲' : '▼'}</span> ${changeWords(value, before, as)} <span class="muted" style="color:${colors.muted}">from ${wordsOf(before, as)}</span></div>`;
}

/** What is said where there is no change to tell: one of the two is missing, or both are written alike. */
function sameText(value: unknown, before: unknown, as: KeyFigure['as']): string {
	if (typeof before === 'number') return typeof value === 'number' ? 'unchanged' : `was ${wordsOf(before, as)}`;
	return before === null && typeof value === 'number' ? 'no earlier value' : '';
}

function isEmpty(block: Block): boolean {
	if (block.kind === 'quotes') return block.quotes.length === 0;
	if (block.kind === 'heat') return block.values.every((row) => row.every((value) => value === 0));
	return block.rows.length === 0;
}

function contentOf(block: Block): Html {
	if (isEmpty(block)) return html`<p class="muted" style="color:${colors.muted};margin:0">No data for this period.</p>`;
	switch (block.kind) {
		case 'bars':
			return bars(block);
		case 'heat':
			return heatTable(block);
		case 'table':
			return plainTable(block);
		case 'quotes':
			return html`${block.quotes.map(({ text, by }) => html`<blockquote class="line" style="margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid ${colors.line}"><div dir="auto" style="overflow-wrap:anywhere">${text}</div><div class="muted" dir="auto" style="color:${colors.muted};font-size:12px">${by}</div></blockquote>
`)}`;
	}
}

/** Legacy attributes: every email client supports them, and they are short, since a page of ten years has thousands of cells. */
const tableOf = (title: string, head: Html, body: readonly Html[]): Html => html`<div class="scroll"><table aria-label="${title}" width="100%" cellspacing="0" cellpadding="3" style="font-size:13px">
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>`;

function bars({ title, head, rows }: Extract<Block, { kind: 'bars' }>): Html {
	return tableOf(title, html`${head.map(headCell)}<td class="${barClass(head.length)}"></td>`, rows.map(barRow));
}

/** The bar comes last, so that figures stand in columns on a narrow screen, too. The first figure is the one that it shows. */
function barRow({ label, share, texts }: Bar): Html {
	const figures = texts.map((text, at) => html`<td align="right" nowrap>${at === 0 ? html`<b>${text}</b>` : text}</td>`);
	return html`<tr>${nameCell(label)}${figures}<td class="${barClass(texts.length + 1)}" aria-hidden="true" width="30%">${barOf(share === null ? 0 : Math.round(share * 100))}</td></tr>
`;
}

/** On a narrow screen there is no room beside many figures. */
const barClass = (columns: number): string => (columns > 3 ? 'spare' : '');

/** A table within the cell: email clients draw neither gradients nor SVG. */
function barOf(width: number): Html {
	const bar = width > 0 ? html`<td class="bar" width="${width}%" height="10" bgcolor="${colors.bar}"></td>` : null;
	return html`<table class="track" role="presentation" width="100%" cellspacing="0" cellpadding="0" bgcolor="${colors.track}" style="font-size:0"><tr>${bar}${width < 100 ? html`<td height="10"></td>` : null}</tr></table>`;
}

/** In characters: as long as a day, or an hour. */
const shortName = 10;

/** A long name breaks between words, and within one only where it would be wider than this. */
function nameCell(name: string): Html {
	const breaks = name.length > shortName ? 'min-width:104px;word-break:break-word' : 'white-space:nowrap';
	return html`<th scope="row" dir="auto" align="left" style="font-weight:400;${breaks}">${name}</th>`;
}

function headCell(name: string, at: number): Html {
	return html`<th scope="col" class="muted" align="${at === 0 ? 'left' : 'right'}" valign="bottom" style="color:${colors.muted};font-weight:400;font-size:12px">${name}</th>`;
}

function plainTable({ title, head, rows }: Extract<Block, { kind: 'table' }>): Html {
	return tableOf(
		title,
		html`${head.map(headCell)}`,
		rows.map(([first, ...others]) => html`<tr>${nameCell(first)}${others.map((text) => html`<td align="right" nowrap>${text}</td>`)}</tr>
`),
	);
}

function heatTable({ title, rowNames, columnNames, values, textOf }: Extract<Block, { kind: 'heat' }>): Html {
	const most = Math.max(...values.flat());
	const cellOf = (value: number): Html => {
		const level = value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * (heat.length - 1)));
		const [ground, text] = heat[level];
		return html`<td class="h${level}" align="center" bgcolor="${ground}" style="color:${text}">${value === 0 ? '' : textOf(value)}</td>`;
	};
	return html`<div class="scroll"><table class="heat" aria-label="${title}" width="100%" cellspacing="2" cellpadding="4" style="font-size:11px">
<thead><tr><td></td>${columnNames.map((name) => html`<th scope="col" class="muted" style="color:${colors.muted};font-weight:400">${name}</th>`)}</tr></thead>
<tbody>${rowNames.map((name, at) => html`<tr><th scope="row" align="left" style="font-weight:400">${name}</th>${values[at].map(cellOf)}</tr>
`)}</tbody></table></div>`;
}
