import { promisesInARelease } from '../support/releasePromises.ts';
import releases from './releases.json';

describe(`n8n ${releases[1].n8n}`, () => promisesInARelease(releases[1]));
