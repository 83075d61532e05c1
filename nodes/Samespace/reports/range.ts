/** From `start` to `end`, both inclusive, in ms since 1970. */
export interface Range {
	start: number;
	end: number;
}
