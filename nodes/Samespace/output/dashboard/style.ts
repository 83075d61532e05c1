/** Colors of the light page. They are in the elements themselves, for email clients that ignore style sheets. */
export const colors = {
	page: '#f3f4f7',
	card: '#ffffff',
	text: '#1b1f27',
	muted: '#5a6270',
	line: '#e3e6ec',
	bar: '#2f6bdc',
	track: '#e9ecf2',
	good: '#17713f',
	bad: '#b3261e',
} as const;

/** From none to the most, with the text color on each. */
export const heat: ReadonlyArray<readonly [ground: string, text: string]> = [
	['#f3f4f7', '#5a6270'],
	['#dfe9fb', '#1b1f27'],
	['#bcd2f7', '#1b1f27'],
	['#8db2f0', '#1b1f27'],
	['#4f86e4', '#0b1220'],
	['#2456b8', '#ffffff'],
];

export const font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** For clients that support style sheets: dark mode, narrow screens and print. */
export const styleSheet = `
.grid{display:flex;flex-wrap:wrap;gap:16px}
.card{flex:1 1 420px;margin-bottom:0 !important;min-width:0;box-sizing:border-box}
.wide{flex-basis:100%}
.scroll{overflow-x:auto}
@media screen{.heat{min-width:660px}}
td,th{font-variant-numeric:tabular-nums}
.scroll td,.scroll th{padding:3px 8px}
.scroll .track td{padding:0}
.scroll .heat td,.scroll .heat th{padding:5px 2px}
.scroll td[aria-hidden]{padding-left:12px}
@media (max-width:600px){
.page{padding:12px !important}
.card{flex-basis:100%;padding:12px !important}
.key{width:46% !important;margin-right:2% !important}
.scroll .spare{display:none}
.scroll td,.scroll th{padding:3px}
}
@media (prefers-color-scheme:dark){
.ground{background:#14161a !important}
.card{background:#1d2026 !important;border-color:#2c313a !important}
.text{color:#e9ebef !important}
.muted{color:#a5adba !important}
.line{border-color:#2c313a !important}
.bar{background:#6b9cf5 !important}
.track{background:#2c313a !important}
.good{color:#5fce8d !important}
.bad{color:#ff8a80 !important}
.h0{background:#1d2026 !important;color:#a5adba !important}
.h1{background:#1f2f4d !important;color:#e9ebef !important}
.h2{background:#254374 !important;color:#e9ebef !important}
.h3{background:#2f5da8 !important;color:#ffffff !important}
.h4{background:#5b8fee !important;color:#0b1220 !important}
.h5{background:#a9c7ff !important;color:#0b1220 !important}
}
@media print{
.ground{background:#ffffff !important}
.card{break-inside:avoid}
.page{max-width:none !important}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}`;
