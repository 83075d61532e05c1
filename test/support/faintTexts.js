// Runs in the page: the texts that stand out less from their ground than WCAG asks, with both colours.
const faintTexts = (least) => {
	const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
	const luminance = (colour) => {
		const [red, green, blue] = channels(colour).map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const groundOf = (element) => {
		for (let at = element; at !== null; at = at.parentElement) {
			const { backgroundColor: ground } = getComputedStyle(at);
			if (channels(ground)[3] !== 0) return ground;
		}
		return 'rgb(255, 255, 255)';
	};
	const faint = [];
	for (const element of document.body.querySelectorAll('*')) {
		const text = [...element.childNodes].filter((node) => node.nodeType === 3).map(({ textContent }) => textContent.trim()).join('');
		if (text === '' || getComputedStyle(element).fontSize === '0px') continue;
		const [one, other] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))].sort((a, b) => b - a);
		if ((one + 0.05) / (other + 0.05) < least) faint.push(`${text}: ${getComputedStyle(element).color} on ${groundOf(element)}`);
	}
	return faint;
};
