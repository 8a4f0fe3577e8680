/**
 * An error as an AWS service answers it: a name, a status and the members of the modelled shape.
 */
export class AwsError extends Error {
  /** @param members - further members of the error's shape, such as `Reason` or `ResourceType` */
  constructor(
    readonly code: string,
    message: string,
    readonly status: number = 400,
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = code;
  }

  /** The caller broke a constraint of the service's model. */
  static validation(message: string): AwsError {
    return new AwsError('ValidationException', message);
  }

  /** Something the request names does not exist. */
  static notFound(
    message: string,
    members?: Record<string, unknown>,
  ): AwsError {
    return new AwsError('ResourceNotFoundException', message, 400, members);
  }

  /** The request meets another one, or a name that is taken. */
  static conflict(
    message: string,
    members?: Record<string, unknown>,
  ): AwsError {
    return new AwsError('ConflictException', message, 400, members);
  }

  /** AWS's own wording of a denial, which names the caller, the action and the resource. */
  static denied(
    principalArn: string,
    action: string,
    resource: string,
    why?: string,
  ): AwsError {
    return new AwsError(
      'AccessDeniedException',
      `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource}${
        why ? ` because ${why}` : ''
      }`,
    );
  }

  /** A quota of the service is used up. */
  static quota(message: string): AwsError {
    return new AwsError('ServiceQuotaExceededException', message);
  }
}
