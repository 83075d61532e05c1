export { judgeFault } from './answer';
export { addressOn, apiKeyOf, clusterOf, type Cluster, type CredentialFields, type SamespaceCredential } from './cluster';
export { errorOf, errorOfParameter, errorOfReason, type ErrorContext } from './errors';
export { explain, explainGap, explainPoll, explainQuickly } from './explain';
export { explainRecording, openRecording, type RecordingStream } from './recording';
export { withoutKey } from './redact';
export { fetchPage, type Connection } from './samespace';
export { signed } from './signing';
export { testCredential } from './testCredential';
