import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../../applications/applications.module.js';
import { TokensModule } from '../tokens.module.js';
import { MetadataController } from './metadata.controller.js';
import { OAuthController } from './oauth.controller.js';
import { NodesController } from './nodes/nodes.controller.js';
import { RevocationBroadcast } from './nodes/revocation-broadcast.js';
import { ServiceNodes } from './nodes/service-nodes.service.js';
import { OAuthService } from './oauth.service.js';

/** Keys and standards. Apart from TokensModule, because it asks what SharedAuthModule provides. */
@Module({
  imports: [TokensModule, ApplicationsModule],
  controllers: [OAuthController, NodesController, MetadataController],
  providers: [OAuthService, ServiceNodes, RevocationBroadcast],
})
export class OAuthModule {}
