import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '@portcullis/auth';
import { UpdateProfileDto } from './dto/update-profile.dto.js';
import { UserEnvelope } from './dto/user.response.js';
import { UsersService } from './users.service.js';

/** A user's own profile. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('users/me')
export class UsersController {
  constructor(@Inject(UsersService) private readonly users: UsersService) {}

  @ApiOperation({ summary: 'The user’s own profile' })
  @Get()
  @ApiOkResponse({ type: UserEnvelope })
  async me(@CurrentUser() principal: Principal): Promise<UserEnvelope> {
    return new UserEnvelope(await this.users.get(principal.subject));
  }

  @ApiOperation({ summary: 'Changes the display name' })
  @Patch()
  @ApiOkResponse({ type: UserEnvelope })
  async update(
    @CurrentUser() principal: Principal,
    @Body() body: UpdateProfileDto,
  ): Promise<UserEnvelope> {
    const { displayName } = body;
    if (displayName === undefined) return new UserEnvelope(await this.users.get(principal.subject));
    return new UserEnvelope(await this.users.rename(principal.subject, displayName));
  }
}
