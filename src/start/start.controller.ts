import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@portcullis/auth';
import { startPage } from './start.page.js';

@ApiExcludeController()
@Public()
@Controller()
export class StartController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return startPage;
  }
}
