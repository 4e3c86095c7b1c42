import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from '@portcullis/auth';
import { Environment } from './environment.js';

/** The checked environment and the clock, for everybody. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(environment: Environment, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Environment, useValue: environment },
        { provide: Clock, useValue: clock },
      ],
      exports: [Environment, Clock],
    };
  }
}
