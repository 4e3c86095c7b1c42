import { describe, expect, it } from '@jest/globals';
import { ProblemException } from '@portcullis/auth';
import { Type } from 'class-transformer';
import { IsInt, IsString, Length, MinLength, ValidateNested } from 'class-validator';
import { createValidationPipe, toFaults } from './validation.pipe.js';

class Item {
  @IsString()
  name!: string;
}

class Body {
  @IsString()
  @Length(2, 4)
  @MinLength(3)
  code!: string;

  @ValidateNested({ each: true })
  @Type(() => Item)
  items!: Item[];
}

class Numbers {
  @IsInt()
  count!: number;
}

class Bare {
  anything?: string;
}

const validate = async (metatype: new () => object, value: unknown): Promise<unknown> =>
  createValidationPipe().transform(value, { type: 'body', metatype });

const faultsOf = async (metatype: new () => object, value: unknown): Promise<unknown> => {
  const error: unknown = await validate(metatype, value).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemException)) throw new Error('it was taken');
  expect(error.problem).toMatchObject({ status: 400, code: 'validation_failed' });
  return error.problem.errors;
};

describe('validation', () => {
  it('makes an instance of the class', async () => {
    const body = await validate(Body, { code: 'abc', items: [{ name: 'x' }] });
    expect(body).toBeInstanceOf(Body);
    expect((body as Body).items[0]).toBeInstanceOf(Item);
  });

  it('names every fault of every field, by path', async () => {
    const faults = await faultsOf(Body, {
      code: 'a',
      items: [{ name: 'x' }, { name: 1, role: 'r' }],
    });
    expect(faults).toEqual([
      { field: 'code', message: 'must be longer than or equal to 3 characters' },
      { field: 'code', message: 'must be longer than or equal to 2 characters' },
      { field: 'items.1.role', message: 'is not a known field' },
      { field: 'items.1.name', message: 'must be a string' },
    ]);
  });

  it('never repeats a value', async () => {
    const value = { code: 'hunter2', items: ['hunter2'], 'a b': 'hunter2' };
    expect(JSON.stringify(await faultsOf(Body, value))).not.toContain('hunter2');
  });

  it('converts nothing by itself', async () => {
    expect(await faultsOf(Numbers, { count: '1' })).toHaveLength(1);
  });

  it('takes no body as an empty one', async () => {
    expect(await faultsOf(Numbers, undefined)).toHaveLength(1);
  });

  it('refuses a class that has no rule: it would let everything through', async () => {
    expect(await faultsOf(Bare, { anything: 'x' })).not.toHaveLength(0);
  });

  it('says no more than a client can use', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x${i}`, 1]));
    expect(await faultsOf(Numbers, { count: 1, ...many })).toHaveLength(50);
    expect(
      toFaults([{ property: 'x'.repeat(500), constraints: { a: 'm' } }])[0]?.field,
    ).toHaveLength(100);
  });
});
