/** What goes wrong with an event on its way: it comes twice, or after the one that follows it. */
export type DeliveryFault = 'twice' | 'late';

/** Decides what happens to each event that a session delivers. */
export class DeliveryFaults {
  readonly #planned: {
    fault: DeliveryFault;
    event: string | undefined;
    botId: string | undefined;
    times: number;
  }[] = [];

  plan(fault: DeliveryFault, event: string | undefined, botId: string | undefined, times: number): void {
    this.#planned.push({ fault, event, botId, times });
  }

  take(event: string, botId: string): DeliveryFault | undefined {
    if (this.#planned.length === 0) return undefined;
    const index = this.#planned.findIndex(
      (plan) => (plan.event ?? event) === event && (plan.botId ?? botId) === botId,
    );
    const plan = this.#planned[index];
    if (plan === undefined) return undefined;
    plan.times -= 1;
    if (plan.times <= 0) this.#planned.splice(index, 1);
    return plan.fault;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}
