import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { AcceptedType, Produces } from '../../http/negotiation.js';
import { adminRole } from '../../users/user.js';
import { CsvExport, csvType } from '../csv/csv-export.js';
import { CurrentOperator } from '../current-operator.js';
import { filterOf } from '../dto/page.query.js';
import { MayHaveReason, OptionalReasonDto } from '../dto/reason.dto.js';
import { RevocationEnvelope } from '../dto/revocation.response.js';
import type { Operator } from '../operator.js';
import { AdminUsersService } from './admin-users.service.js';
import {
  AdminUserEnvelope,
  ChangedUserResponse,
  ListedUserEnvelope,
  UserListResponse,
} from './dto/admin-user.response.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { UpdateUserDto } from './dto/update-user.dto.js';
import { UserListQuery } from './dto/user-list.query.js';
import { userTable } from './user-table.js';

/** Accounts, for operators. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/users')
export class AdminUsersController {
  constructor(
    @Inject(AdminUsersService) private readonly users: AdminUsersService,
    @Inject(CsvExport) private readonly csv: CsvExport,
  ) {}

  @ApiOperation({
    summary: 'Users by address, name, user id or session id; as CSV the whole filter',
  })
  @Get()
  @Produces(csvType)
  @ApiProduces('application/json', csvType)
  @ApiOkResponse({ type: UserListResponse })
  async list(
    @Query() query: UserListQuery,
    @AcceptedType() type: string,
    @CurrentOperator() operator: Operator,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserListResponse | StreamableFile> {
    if (type !== csvType) return new UserListResponse(await this.users.list(query));
    // In an order in which no row moves while the file is written.
    const filter = { ...filterOf(query), sort: '-createdAt' } as const;
    return this.csv.send(operator, reply, userTable, (page) =>
      this.users.list({ ...filter, ...page }),
    );
  }

  @ApiOperation({ summary: 'Makes an account, with roles' })
  @Post()
  @ApiCreatedResponse({ type: AdminUserEnvelope })
  async create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateUserDto,
  ): Promise<AdminUserEnvelope> {
    return new AdminUserEnvelope(await this.users.create(operator, body));
  }

  @ApiOperation({ summary: 'One user' })
  @Get(':id')
  @ApiOkResponse({ type: ListedUserEnvelope })
  async get(@Param('id') id: string): Promise<ListedUserEnvelope> {
    return new ListedUserEnvelope(await this.users.get(id));
  }

  @ApiOperation({ summary: 'Changes the name or the roles; a change of roles revokes' })
  @Patch(':id')
  @ApiOkResponse({ type: ChangedUserResponse })
  async update(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason, ...patch }: UpdateUserDto,
  ): Promise<ChangedUserResponse> {
    return new ChangedUserResponse(await this.users.update(operator, id, patch, reason));
  }

  @ApiOperation({ summary: 'Deletes an account; every session of it ends' })
  @Delete(':id')
  @MayHaveReason()
  @ApiOkResponse({ type: RevocationEnvelope })
  async remove(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() body: OptionalReasonDto,
  ): Promise<RevocationEnvelope> {
    return new RevocationEnvelope(await this.users.remove(operator, id, body.reason));
  }
}
