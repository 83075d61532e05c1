/** Names of the examples that hand something on to another service. */
export const deliveries: readonly string[] = ['Follow-ups to a CRM', 'Dashboard as a web page', 'Weekly dashboard email', 'Missed calls to a chat'];
