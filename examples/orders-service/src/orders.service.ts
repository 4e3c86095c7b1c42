import { Injectable } from '@nestjs/common';

export interface Order {
  readonly id: number;
  readonly item: string;
}

/** Orders by the user who made them; in memory, for this is about who may see them. */
@Injectable()
export class OrdersService {
  private readonly ordersByUser = new Map<string, Order[]>();
  private lastId = 0;

  list(userId: string): readonly Order[] {
    return this.ordersByUser.get(userId) ?? [];
  }

  /** Looked up through the user: somebody else's order is simply not there. */
  find(userId: string, id: number): Order | undefined {
    return this.list(userId).find((order) => order.id === id);
  }

  add(userId: string, item: string): Order {
    const order = { id: ++this.lastId, item };
    this.ordersByUser.set(userId, [...this.list(userId), order]);
    return order;
  }
}
