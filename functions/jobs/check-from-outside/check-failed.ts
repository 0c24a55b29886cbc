import { FaultToTell } from '../../notifications/fault-notifications.ts';

/** A step of the check, by the route that is asked. */
export type Step = 'set-up' | 'orders/show' | 'orders/update' | 'orders/show after that';

/** The check has not got at a step what it has to. The cause says which step and what came back instead, never a token or a body. */
export class CheckFailed extends FaultToTell {
  override readonly name = 'CheckFailed';

  /**
   * @param came what came back, such as `503 route-not-found`
   * @param request_id of the API's answer, if there was one
   */
  constructor(
    step: Step,
    came: string,
    { request_id, advice = '' }: { request_id?: string | undefined; advice?: string } = {},
  ) {
    const cause = `${step}: ${came}`;
    super(`${cause}${request_id === undefined ? '' : ` (request ${request_id})`}${advice}`, {
      kind: 'check-failed',
      cause,
      ...(request_id !== undefined && { request_id }),
    });
  }
}
