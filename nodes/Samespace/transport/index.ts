export { clusterOf, type Cluster, type SamespaceCredential } from './cluster';
export { explain } from './explain';
export { errorOf, errorOfParameter, type ErrorContext } from './errors';
export { judgeFault } from './answer';
export { explainRecording, openRecording, type RecordingStream } from './recording';
export { withoutKey } from './redact';
export { fetchPage, type Connection } from './samespace';
export { testCredential } from './testCredential';
