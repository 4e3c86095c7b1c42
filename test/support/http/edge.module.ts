import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  Req,
  Res,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsEmail, IsInt, IsString, Length, Max, ValidateNested } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { concat, delay, NEVER, of, type Observable } from 'rxjs';
import { OptionalField } from '../../../src/http/optional-field.js';
import { AcceptedType, Produces } from '../../../src/http/negotiation.js';
import { InvalidCursorError } from '../../../src/storage/page.js';
import { DuplicateError, StorageUnavailableError } from '../../../src/storage/storage.errors.js';

/** A server with a few routes of every kind, for what happens around a controller. */

class AddressDto {
  @IsString()
  city!: string;
}

class ThingDto {
  @IsEmail()
  email!: string;

  @IsString()
  @Length(12, 128)
  password!: string;

  @OptionalField()
  @ValidateNested()
  @Type(() => AddressDto)
  address?: AddressDto;
}

class ListDto {
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Max(200)
  limit?: number;
}

const failures: Record<string, () => Error> = {
  unexpected: () => new Error('password=hunter2 at mongodb://user:hunter2@db'),
  storage: () => new StorageUnavailableError('mongodb://user:hunter2@db is away'),
  cursor: () => new InvalidCursorError(),
  duplicate: () => new DuplicateError('id'),
};

@Controller()
class EdgeController {
  @Get('things')
  list(@Query() query: ListDto): object {
    return { limit: query.limit ?? null };
  }

  @Post('things')
  create(@Body() body: ThingDto): object {
    return { email: body.email };
  }

  @Get('things/:id')
  read(@Param('id') id: string): object {
    return { id };
  }

  @Delete('things/:id')
  @HttpCode(204)
  remove(): void {
    // Takes no body and has none.
  }

  @Post('oauth/form')
  form(@Body() body: object | undefined): object {
    return { form: body ?? null };
  }

  @Get('export')
  @Produces('text/csv')
  export(@AcceptedType() type: string, @Res({ passthrough: true }) reply: FastifyReply): unknown {
    void reply.type(type);
    return type === 'text/csv' ? 'id\r\n' : { rows: [] };
  }

  @Get('exports')
  exports(): object {
    return {};
  }

  @Sse('events')
  @Produces('text/event-stream')
  events(): Observable<MessageEvent> {
    return of({ data: 'one' });
  }

  @Sse('stream')
  @Produces('text/event-stream')
  stream(): Observable<MessageEvent> {
    return concat(of({ data: 'one' }), NEVER);
  }

  @Get('slow')
  slow(): Observable<object> {
    return of({}).pipe(delay(150));
  }

  @Get('cacheable')
  @Header('cache-control', 'public, max-age=60')
  cacheable(): object {
    return {};
  }

  @Get('fail/:how')
  fail(@Param('how') how: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    const begun = { authorization: 'Bearer fresh', etag: '"1"', 'cache-control': 'public' };
    reply.headers(begun).type('text/csv');
    throw failures[how]?.() ?? new Error('unknown');
  }

  @Get('half')
  half(@Res() reply: FastifyReply): void {
    reply.raw.writeHead(200, { 'content-type': 'text/csv' }).write('id\r\n');
    throw new Error('the database went away');
  }

  @Get('whoami')
  whoami(@Req() request: { ip: string; user?: object }): object {
    request.user = { subject: 'user-1' };
    return { ip: request.ip };
  }
}

@Module({ controllers: [EdgeController] })
export class EdgeModule {}
