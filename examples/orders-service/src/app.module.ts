import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule, type SharedAuthOptions } from '@portcullis/auth';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

@Module({})
export class AppModule {
  static forRoot(auth: SharedAuthOptions): DynamicModule {
    return {
      module: AppModule,
      // All there is to it: every route below is guarded from here on.
      imports: [AuthModule.forRoot(auth)],
      controllers: [OrdersController],
      providers: [OrdersService],
    };
  }
}
