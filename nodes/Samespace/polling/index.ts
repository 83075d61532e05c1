export { advance, type PollStep } from './advance';
export { pollEventNamed, pollEvents } from './events';
export { shortIdOf } from './emitted';
export { newestFew } from './newest';
export type { News, PollEvent, PollNotice, PollOptions, PollReader, Stretch } from './poll';
export { pollReaderFor, type PollQuery } from './readRange';
export { isSameState, marksOf, noticesIn, type PollState } from './state';
