import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
} from '@nestjs/common';
import { CurrentUser, type Principal } from '@portcullis/auth';
import { OrdersService, type Order } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Get()
  list(@CurrentUser() user: Principal): { orders: readonly Order[] } {
    return { orders: this.orders.list(user.subject) };
  }

  @Get(':id')
  one(@CurrentUser() user: Principal, @Param('id', ParseIntPipe) id: number): { order: Order } {
    const order = this.orders.find(user.subject, id);
    if (!order) throw new NotFoundException('There is no such order.');
    return { order };
  }

  @Post()
  add(
    @CurrentUser() user: Principal,
    @Body() body: { item?: unknown } | undefined,
  ): { order: Order } {
    const item = body?.item;
    if (typeof item !== 'string' || item === '' || item.length > 200) {
      throw new BadRequestException('item must be a text of 1 to 200 characters');
    }
    return { order: this.orders.add(user.subject, item) };
  }
}
