/** Routes of every kind that a guarded service may have. */
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Redirect,
  Res,
  Sse,
  StreamableFile,
  type MessageEvent,
} from '@nestjs/common';
import {
  CurrentToken,
  CurrentUser,
  ProblemException,
  Public,
  Roles,
  SkipRefresh,
  type CheckedToken,
  type Principal,
} from '@portcullis/auth';
import { of, throwError, type Observable } from 'rxjs';
import { Gates } from '../gate.js';

interface Response {
  status(code: number): this;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

/** Neither `@Public()` nor anything else: closed. */
@Controller('orders')
export class OrdersController {
  constructor(@Inject(Gates) private readonly gates: Gates) {}

  @Get()
  list(@CurrentUser() user: Principal): object {
    return { subject: user.subject };
  }

  @Post()
  create(): object {
    return { id: 'order-1' };
  }

  @Delete()
  @HttpCode(204)
  remove(): void {
    // Answers nothing, as a DELETE does.
  }

  @Get('gated')
  async gated(): Promise<object> {
    await this.gates.next.pass();
    return {};
  }

  @Get('principal')
  principal(@CurrentUser() user: Principal, @CurrentToken() token: CheckedToken): object {
    const parts = [user, user.roles, token, token.claims, token.claims.roles, token.claims.aud];
    return { user, areFrozen: parts.map((part) => Object.isFrozen(part)) };
  }

  @Get('admin')
  @Roles('admin', 'auditor')
  admin(): object {
    return {};
  }

  @Post('logout')
  @HttpCode(204)
  @SkipRefresh()
  logout(): void {
    // Ends the session in a real service.
  }
}

@Controller('answers')
export class AnswersController {
  @Get('conflict')
  conflict(): never {
    throw new ProblemException('conflict', 'Somebody else was first.');
  }

  @Get('late-conflict')
  lateConflict(@Res({ passthrough: true }) response: Response): never {
    response.header('authorization', 'Bearer set-before-the-fault');
    throw new ProblemException('conflict', 'Somebody else was first.');
  }

  @Get('crash')
  crash(): never {
    throw new Error('hunter2');
  }

  @Get('observed-crash')
  observedCrash(): Observable<never> {
    return throwError(() => new Error('hunter2'));
  }

  @Get('not-modified')
  notModified(@Res({ passthrough: true }) response: Response): void {
    response.status(304);
  }

  @Get('redirect')
  @Redirect('/orders')
  redirect(): void {
    // Where to is said by the decorator.
  }

  @Get('web-response')
  webResponse(): globalThis.Response {
    return new globalThis.Response('{}', { status: 409 });
  }

  @Get('manual')
  manual(@Res() response: Response): void {
    response.status(200).send('by hand');
  }

  @Get('values')
  values(): Observable<object> {
    return of({ value: 1 }, { value: 2 });
  }

  @Get('file')
  file(): StreamableFile {
    return new StreamableFile(Buffer.from('of bytes'));
  }

  @Sse('events')
  events(): Observable<MessageEvent> {
    return of({ data: 'one' }, { data: 'two' });
  }
}

@Public()
@Controller('public')
export class PublicController {
  @Get()
  open(): object {
    return {};
  }

  @Get('user')
  user(@CurrentUser() user: Principal): object {
    return user;
  }

  @Get('role')
  @Roles('admin')
  role(): object {
    return {};
  }
}
