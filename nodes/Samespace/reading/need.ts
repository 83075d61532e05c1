/** Whether something is still wanted. Once it is not, it never is again. */
export class Need {
	private over = false;

	private tell: () => void = () => undefined;

	/** Settles when it is no longer wanted. */
	readonly ended = new Promise<void>((resolve) => {
		this.tell = resolve;
	});

	get isOver(): boolean {
		return this.over;
	}

	end(): void {
		this.over = true;
		this.tell();
	}
}
