import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { SharedAuthOptions } from './shared-auth.options.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<SharedAuthOptions>({ moduleName: 'PortcullisAuth' })
    .setClassMethodName('forRoot')
    .build();
