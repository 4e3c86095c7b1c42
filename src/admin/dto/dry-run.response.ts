import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';

/** What would end. */
export class DryRunResponse {
  @ApiProperty({ type: Boolean, enum: [true] }) readonly dryRun = true as const;
  @ApiProperty({ type: 'integer', description: 'Live sessions that would end.' })
  readonly sessions: number;

  constructor(sessions: number) {
    this.sessions = sessions;
  }
}

/** Either what was done or, with `dryRun`, what would be: told apart by `dryRun`. */
export const ApiDoneOrDryRun = (done: Type, dryRun: Type = DryRunResponse): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(done, dryRun),
    ApiOkResponse({
      schema: { oneOf: [{ $ref: getSchemaPath(done) }, { $ref: getSchemaPath(dryRun) }] },
    }),
  );
